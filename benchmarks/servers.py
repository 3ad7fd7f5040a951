"""The servers under test and the fake Slack, each a process of its own on its own core."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from redis import Redis

from benchmarks.forms import Json
from benchmarks.machine import cpu_seconds, pin
from bot.embedded import Embedded

ROOT = Path(__file__).parents[1]
TOKEN = "xoxb-benchmark"
READY = "Share Check is ready: "
AWAITING = "awaits-listener"
START_SECONDS = 60.0


class DidNotStart(Exception):
    """A server ended, or fell silent, before it could be used."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers on a port."""

    name: str
    port: int
    process_id: int

    @property
    def cpu(self) -> float | None:
        """The seconds of processor that it has used."""
        return cpu_seconds(self.process_id)


@dataclass(frozen=True, slots=True)
class Bot(Server):
    """Share Check itself, with the Redis that it started."""

    redis: Redis

    @property
    def redis_version(self) -> str:
        """The version of its Redis."""
        return str(self.redis.info("server")["redis_version"])

    @property
    def redis_cpu(self) -> float | None:
        """The seconds of processor that its Redis has used."""
        return cpu_seconds(int(self.redis.info("server")["process_id"]))


@dataclass(frozen=True, slots=True)
class FakeSlack(Server):
    """Where the servers under test believe Slack to be."""

    @property
    def address(self) -> str:
        """What SLACK_API_URL is set to."""
        return f"http://127.0.0.1:{self.port}/api/"

    def opened(self) -> list[Json]:
        """The arguments of every `views.open` since the last time of asking."""
        with urlopen(f"http://127.0.0.1:{self.port}/opened") as answer:
            found: list[Json] = json.load(answer)
        return found


@contextmanager
def fake_slack(folder: Path, core: int | None) -> Iterator[FakeSlack]:
    """Start the fake Slack."""
    port = free_port()
    with _process("fake-slack", ["benchmarks.fake_slack", str(port)], folder, core) as process:
        _until_it_listens(process, port)
        yield FakeSlack("fake Slack", port, process.pid)


@contextmanager
def bot(folder: Path, slack: FakeSlack, secret: str, core: int | None) -> Iterator[Bot]:
    """Start Share Check as `make run` does: embedded Redis, register, logs and metrics on."""
    more = {
        "SLACK_BOT_TOKEN": TOKEN,
        "SLACK_SIGNING_SECRET": secret,
        "SLACK_API_URL": slack.address,
        "SUMMARY_CHANNEL": "C0BENCH001",
    }
    with bot_with(folder / "slack", more, core) as started:
        yield started


@contextmanager
def bot_with(folder: Path, more: Mapping[str, str], core: int | None) -> Iterator[Bot]:
    """Start Share Check in a folder of its own, with the settings of one platform."""
    folder.mkdir(exist_ok=True)
    settings = {"PORT": "0", "VAR_DIR": str(folder / "var"), **more}
    with _process("bot", ["bot", "serve"], folder, core, settings) as process:
        port = _port_said(process)
        url = Embedded.beside(folder / "var")
        if url is None:
            raise DidNotStart("The bot runs without a Redis beside it.")
        with Redis.from_url(url) as redis:
            yield Bot("Share Check", port, process.pid, redis)


@contextmanager
def stock(
    folder: Path, slack: FakeSlack, secret: str, view: Json, core: int | None, mode: str = "stock"
) -> Iterator[Server]:
    """Start the stock Bolt app, which answers with this view."""
    port = free_port()
    fixed = folder / "view.json"
    fixed.write_text(json.dumps(view))
    words = [str(port), slack.address, TOKEN, secret, str(fixed), mode]
    with _process(mode, ["benchmarks.stock_app", *words], folder, core) as process:
        _until_it_listens(process, port)
        yield Server(mode, port, process.pid)


@contextmanager
def listening(
    name: str, module: list[str], folder: Path, core: int | None, port: int
) -> Iterator[Server]:
    """Start a module that listens on a port."""
    with _process(name, module, folder, core) as process:
        _until_it_listens(process, port)
        yield Server(name, port, process.pid)


@contextmanager
def lean(
    folder: Path, slack: FakeSlack, secret: str, view: Json, core: int | None
) -> Iterator[Server]:
    """Start the lean Bolt app behind our front door, which answers with this view."""
    port = free_port()
    fixed = folder / "lean-view.json"
    fixed.write_text(json.dumps(view))
    words = [str(port), slack.address, secret, str(fixed)]
    with _process("lean", ["benchmarks.lean_app", *words], folder, core) as process:
        _until_it_listens(process, port)
        yield Server("lean", port, process.pid)


def new_secret() -> str:
    """A signing secret for one run."""
    return secrets.token_hex(16)


@contextmanager
def _process(
    name: str,
    module: list[str],
    folder: Path,
    core: int | None,
    more: Mapping[str, str] | None = None,
) -> Iterator[subprocess.Popen[bytes]]:
    """A Python of our own, in an empty folder and environment, with its log in a file."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **(more or {})}
    with (folder / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", *module],
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=log,
        )
    pin(process.pid, core)
    with process:
        try:
            yield process
        finally:
            process.terminate()
            process.communicate()


def _port_said(process: subprocess.Popen[bytes]) -> int:
    assert process.stdout is not None
    line = process.stdout.readline().decode()
    if not line.startswith(READY):
        raise DidNotStart("The bot ended before it was ready; see its log.")
    return int(line.rpartition(":")[2])


def _until_it_listens(process: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise DidNotStart(f"Nothing listens on port {port}; see the log of {process.args!r}.")


def free_port() -> int:
    """A port that nothing listens on just now."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port
