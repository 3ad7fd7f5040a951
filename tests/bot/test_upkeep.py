"""Upkeep: checkpoints on a schedule, at the end, and in a file that is kept outside."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.outbox import Outbox, Post
from bot.panel import register_mark
from bot.register.canonical import Json
from bot.register.checkpoints import mark_of, read_checkpoint, read_mark
from bot.register.heads import Heads
from bot.register.signing import Signer
from bot.register.store import Register
from bot.retention import Retention
from bot.upkeep import Upkeep
from bot.workspaces import Workspace, Workspaces
from tests.bot.register.drafts import KEYRING, SIGNER, TODAY, a_draft
from tests.bot.register.tampering import fill, tamper


@pytest.fixture
async def register(tmp_path: Path) -> AsyncIterator[Register]:
    address = f"sqlite:///{tmp_path}"
    opened = await Register.open(f"{address}/register.db", f"{address}/keys.db", KEYRING, SIGNER)
    yield opened
    await opened.close()


def upkeep(register: Register, file: Path | None = None, **schedule: float) -> Upkeep:
    return Upkeep(
        Heads(register.database, SIGNER),
        Retention(
            register.erasing,
            Workspaces(register.database, KEYRING, {}, Workspace(pack="england-2024")),
            None,
            lambda: TODAY,
        ),
        file,
        look_seconds=0.01,
        every_entries=int(schedule.get("entries", 1_000)),
        every_seconds=schedule.get("seconds", 1_000.0),
    )


async def ended(keeping: Upkeep, task: asyncio.Task[None]) -> None:
    keeping.close()
    await asyncio.wait_for(task, 5)


def lines(file: Path) -> list[int]:
    if not file.exists():
        return []
    return [read_checkpoint(json.loads(line)).size for line in file.read_text().splitlines()]


async def sizes(file: Path, wanted: list[int]) -> None:
    for _ in range(500):
        if await asyncio.to_thread(lines, file) == wanted:
            return
        await asyncio.sleep(0.01)
    raise TimeoutError


async def test_enough_entries_are_followed_by_a_checkpoint(
    register: Register, tmp_path: Path
) -> None:
    file = tmp_path / "outside.jsonl"
    keeping = upkeep(register, file, entries=3)
    task = asyncio.create_task(keeping.run())

    await fill(register, 2)
    await asyncio.sleep(0.1)
    assert not file.exists()
    await fill(register, 1, first=3)
    await sizes(file, [3])

    await ended(keeping, task)
    assert lines(file) == [3]


async def test_enough_time_is_followed_by_a_checkpoint(register: Register, tmp_path: Path) -> None:
    file = tmp_path / "outside.jsonl"
    keeping = upkeep(register, file, seconds=0.05)
    task = asyncio.create_task(keeping.run())

    await fill(register, 1)
    await sizes(file, [1])
    await asyncio.sleep(0.1)
    await fill(register, 1, first=2)
    await sizes(file, [1, 2])

    await ended(keeping, task)


async def test_the_end_is_followed_by_a_checkpoint(register: Register, tmp_path: Path) -> None:
    file = tmp_path / "outside.jsonl"
    keeping = upkeep(register, file)
    task = asyncio.create_task(keeping.run())
    await fill(register, 1)

    await ended(keeping, task)

    assert lines(file) == [1]


async def test_a_checkpoint_that_a_summary_asked_for_goes_outside_too(
    register: Register, tmp_path: Path
) -> None:
    file = tmp_path / "outside.jsonl"
    keeping = upkeep(register, file)
    task = asyncio.create_task(keeping.run())
    await fill(register, 1)

    await register.heads.covering(1)
    await sizes(file, [1])

    await ended(keeping, task)


async def test_a_file_that_cannot_be_written_is_tried_again(
    register: Register, tmp_path: Path
) -> None:
    file = tmp_path / "not" / "there" / "outside.jsonl"
    keeping = upkeep(register, file, entries=1)
    with capture_logs() as logs:
        task = asyncio.create_task(keeping.run())
        await fill(register, 1)
        await asyncio.sleep(0.1)
        file.parent.mkdir(parents=True)
        await sizes(file, [1])
        await ended(keeping, task)

    assert {"checkpoint.not_outside"} <= {line["event"] for line in logs}


async def test_an_altered_register_is_told_and_not_signed(register: Register) -> None:
    await fill(register, 3)
    keeping = upkeep(register)
    before = await keeping.checkpoint()
    await tamper(register, "DELETE FROM entries WHERE seq = 3")
    with capture_logs() as logs:
        task = asyncio.create_task(keeping.run())
        await ended(keeping, task)

    [told] = [line for line in logs if line["event"] == "register.altered"]
    assert told["why"] == "Entries 3 to 3 are missing."
    assert await keeping.heads.newest() == before


async def test_a_checkpoint_is_not_told_to_the_file_twice(
    register: Register, tmp_path: Path
) -> None:
    file = tmp_path / "outside.jsonl"
    await fill(register, 1)
    for _ in range(3):
        keeping = upkeep(register, file)
        keeping.close()
        await keeping.run()

    assert lines(file) == [1]


async def test_an_alteration_is_told_once_and_not_at_each_look(register: Register) -> None:
    await fill(register, 3)
    keeping = upkeep(register, seconds=0.0)
    await keeping.checkpoint()
    await tamper(register, "UPDATE entries SET commitment = salt WHERE seq = 2")
    await fill(register, 1, first=4)
    with capture_logs() as logs:
        task = asyncio.create_task(keeping.run())
        await asyncio.sleep(0.2)
        await ended(keeping, task)

    assert [line["event"] for line in logs].count("register.altered") == 1


async def test_a_key_that_is_missing_is_warned_of(register: Register) -> None:
    assert await upkeep(register).warning() is None
    await fill(register, 1)
    await upkeep(register).checkpoint()
    other = upkeep(register)
    other.heads = Heads(register.database, Signer((b"o" * 32,)))

    warning = await other.warning()

    assert await upkeep(register).warning() is None
    assert warning is not None
    assert SIGNER.key_id in warning


async def test_a_summary_takes_the_newest_head_with_it(register: Register) -> None:
    entry = (await register.append(a_draft("mine", posts=(a_summary(),)))).entry
    [row] = await Outbox(register.database, KEYRING, {}, posted=register.posted).list()

    mark = read_mark(await register_mark(register, row))

    head = await register.heads.newest()
    assert head is not None
    assert head.size == entry.seq
    assert mark == mark_of(entry, head)


async def test_an_altered_register_sends_no_head_with_a_summary(register: Register) -> None:
    await fill(register, 3)
    await upkeep(register).checkpoint()
    await tamper(register, "DELETE FROM entries WHERE seq > 1")
    entry = (await register.append(a_draft("mine", posts=(a_summary(),)))).entry
    [row] = await Outbox(register.database, KEYRING, {}, posted=register.posted).list()
    await tamper(register, "UPDATE checkpoints SET size = 1")

    assert await register_mark(register, row) == str(mark_of(entry))


def a_summary() -> Post:
    body: dict[str, Json] = {"kind": "advice", "revision": 1}
    return Post("mine", "summary", "web", "T1", "panel", body, TODAY)
