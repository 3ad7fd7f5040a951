"""The development Redis keeps its word through crashes, clashes and deep folders."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from redis import Redis

from bot.embedded import (
    DidNotStart,
    Embedded,
    Engine,
    FolderInUse,
    _says,
    _taken,
    find_engine,
)

ROOT = Path(__file__).parents[2]

PARENT = """
import asyncio, sys
from pathlib import Path
from redis import Redis
from bot.embedded import Embedded

async def run():
    server = await Embedded.start(Path(sys.argv[1]))
    redis = Redis.from_url(server.url)
    number = 0
    while True:
        number += 1
        redis.set("last", number)
        print(number, flush=True)

asyncio.run(run())
"""


async def test_a_started_server_answers_on_its_socket(tmp_path: Path) -> None:
    async with await Embedded.start(tmp_path) as server:
        with Redis.from_url(server.url) as redis:
            assert redis.ping()
            assert redis.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
            assert redis.config_get("port") == {"port": "0"}


async def test_its_folder_names_the_engine_and_is_private(tmp_path: Path) -> None:
    async with await Embedded.start(tmp_path):
        home = tmp_path / find_engine().folder

        assert home.stat().st_mode & 0o077 == 0
        assert (home / "redis.sock").stat().st_mode & 0o077 == 0


async def test_a_stopped_server_keeps_its_data(tmp_path: Path) -> None:
    async with await Embedded.start(tmp_path) as server:
        with Redis.from_url(server.url) as redis:
            redis.set("kept", "yes")

    async with await Embedded.start(tmp_path) as server:
        with Redis.from_url(server.url) as redis:
            assert redis.get("kept") == b"yes"


async def test_a_folder_serves_one_bot_at_a_time(tmp_path: Path) -> None:
    async with await Embedded.start(tmp_path):
        with pytest.raises(FolderInUse, match="stop that bot or set VAR_DIR"):
            await Embedded.start(tmp_path)


async def test_the_next_bot_waits_for_the_last_to_end(tmp_path: Path) -> None:
    first = await Embedded.start(tmp_path)
    starting = asyncio.create_task(Embedded.start(tmp_path))
    await asyncio.sleep(0.3)

    await first.stop()

    async with await starting as second:
        with Redis.from_url(second.url) as redis:
            assert redis.ping()


async def test_a_killed_parent_leaves_no_server_and_no_loss(tmp_path: Path) -> None:
    acknowledged = await asyncio.to_thread(_write_until_killed, tmp_path)

    assert _ended(tmp_path, within=5)
    async with await Embedded.start(tmp_path) as again:
        with Redis.from_url(again.url) as redis:
            assert int(redis.get("last") or 0) >= acknowledged


async def test_an_orphan_server_is_told_to_finish(tmp_path: Path) -> None:
    first = await Embedded.start(tmp_path)
    for lock in first._locks:
        os.close(lock)  # What a killed parent's end would do, where no kernel ends the child.

    async with await Embedded.start(tmp_path) as second:
        assert second.process.pid != first.process.pid
        assert first.process.wait(5) == 0


async def test_a_deep_folder_gets_a_short_socket(tmp_path: Path) -> None:
    deep = tmp_path / ("deep" * 20) / "and a space"

    async with await Embedded.start(deep) as server:
        socket = server._path

        assert len(os.fsencode(socket)) <= 100
        assert socket.parent.stat().st_mode & 0o077 == 0
        assert Embedded.beside(deep) == server.url
        with Redis.from_url(server.url) as redis:
            assert redis.ping()
    assert not socket.parent.exists()


async def test_a_running_server_is_found_from_beside(tmp_path: Path) -> None:
    before = Embedded.beside(tmp_path)
    async with await Embedded.start(tmp_path) as server:
        during = Embedded.beside(tmp_path)
        url = server.url
    after = Embedded.beside(tmp_path)

    assert (before, during, after) == (None, url, None)


async def test_a_program_that_ends_at_once_is_reported(tmp_path: Path) -> None:
    broken = Engine(Path("/bin/false"), "broken-1")

    with pytest.raises(DidNotStart, match=r"server\.log"):
        await Embedded.start(tmp_path, broken)


async def test_a_failed_start_frees_the_folder(tmp_path: Path) -> None:
    engine = find_engine()
    with pytest.raises(DidNotStart):
        await Embedded.start(tmp_path, Engine(Path("/bin/false"), engine.folder))

    async with await Embedded.start(tmp_path) as server:
        assert server.url


async def test_a_frozen_server_is_stopped_all_the_same(tmp_path: Path) -> None:
    server = await Embedded.start(tmp_path)
    server.process.send_signal(signal.SIGSTOP)

    await server.stop()

    assert server.process.returncode == -signal.SIGKILL


def test_nobody_answers_on_a_missing_socket(tmp_path: Path) -> None:
    assert _says(tmp_path / "nothing", "PING") is None


def _write_until_killed(folder: Path) -> int:
    command = [sys.executable, "-c", PARENT, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as parent:
        assert parent.stdout
        while int(parent.stdout.readline()) < 200:
            pass
        parent.send_signal(signal.SIGKILL)
        # A line cut short by the kill was never said.
        return int(f"200\n{parent.stdout.read()}".rpartition("\n")[0].split()[-1])


def _ended(folder: Path, within: float) -> bool:
    # The server holds this lock for as long as it lives; nobody tells it to finish here.
    until = time.monotonic() + within
    with (folder / find_engine().folder / "server.lock").open("rb") as lock:
        while time.monotonic() < until:
            if _taken(lock.fileno()):
                return True
            time.sleep(0.02)
    return False
