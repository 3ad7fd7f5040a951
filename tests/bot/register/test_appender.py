"""The appender: groups, neighbours, cancelled callers, other processes and sudden death."""

import asyncio
import sqlite3
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import event

from bot.register.appender import GROUP_LIMIT, DraftRefused
from bot.register.database import RegisterUnavailable
from bot.register.entries import Appended, Draft
from bot.register.store import Register
from tests.bot.register.conftest import Addresses
from tests.bot.register.drafts import KEYRING, SIGNER, a_draft, a_post

ROOT = Path(__file__).parents[3]
SCRIPT = Path(__file__).with_name("write_entries.py")


async def test_whoever_waits_is_written_together(register: Register) -> None:
    commits: list[object] = []
    for engine in register.database.engines:
        event.listen(engine, "commit", commits.append)
    checks = [f"check-{number}" for number in range(2 * GROUP_LIMIT + 1)]

    results = await asyncio.gather(*(register.append(a_draft(check)) for check in checks))

    assert [result.entry.check for result in results] == checks
    assert [result.entry.seq for result in results] == list(range(1, len(checks) + 1))
    assert len(commits) == 3


async def test_a_refused_draft_costs_neighbours_nothing(register: Register) -> None:
    drafts = [a_draft(f"check-{number}", text="x") for number in range(6)]
    drafts[2] = a_draft("check-2", posts=(a_post("edit", edits="no such row"),))

    results = await asyncio.gather(
        *(register.append(draft) for draft in drafts), return_exceptions=True
    )

    assert isinstance(results.pop(2), DraftRefused)
    assert all(not isinstance(result, BaseException) and result.new for result in results)
    assert [entry.seq for entry in await register.latest(9)] == [5, 4, 3, 2, 1]


async def test_one_draft_twice_splits_no_group(register: Register) -> None:
    commits: list[object] = []
    for engine in register.database.engines:
        event.listen(engine, "commit", commits.append)
    checks = ["twice", "twice", *map(str, range(8))]

    await asyncio.gather(*(register.append(a_draft(check, text="x")) for check in checks))

    assert len(await register.latest(20)) == 9
    assert len(commits) == 2


@pytest.mark.parametrize(
    "odd", [a_draft("nul \x00"), a_draft("far", revision=2**40), a_draft("long" * 9_999)]
)
async def test_an_odd_draft_costs_neighbours_nothing(register: Register, odd: Draft) -> None:
    # One engine refuses what the other takes; neither may let it hurt anybody else.
    results = await asyncio.gather(
        register.append(odd), register.append(a_draft("plain")), return_exceptions=True
    )

    assert isinstance(results[0], DraftRefused | Appended)
    assert isinstance(results[1], Appended)


async def test_cancelled_callers_tear_no_group(register: Register) -> None:
    tasks = [asyncio.create_task(register.append(a_draft(str(n), text="x"))) for n in range(200)]
    for number, task in enumerate(tasks):
        if number % 2:
            await asyncio.sleep(0.0005)
            task.cancel()

    results = await asyncio.gather(*tasks, return_exceptions=True)

    entries = [entry async for entry in register.export()]
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
    assert {str(number) for number in range(0, 200, 2)} <= {entry.check for entry in entries}
    assert any(isinstance(result, asyncio.CancelledError) for result in results)
    assert all([await register.text(entry) == "x" for entry in entries])


async def test_who_leaves_the_queue_is_not_written(register: Register) -> None:
    first = asyncio.create_task(register.append(a_draft("stays")))
    await asyncio.sleep(0.0001)
    second = asyncio.create_task(register.append(a_draft("leaves")))
    await asyncio.sleep(0)

    second.cancel()
    await first
    await register.append(a_draft("next"))

    assert [entry.check for entry in await register.latest(9)] == ["next", "stays"]


async def test_a_cancelled_draft_can_be_offered_again(register: Register) -> None:
    task = asyncio.create_task(register.append(a_draft()))
    await asyncio.sleep(0.001)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)

    again = await register.append(a_draft())

    assert again.entry.seq == 1
    assert await register.latest(9) == (again.entry,)


async def test_a_locked_register_answers_by_the_deadline(files: Addresses) -> None:
    register = await Register.open(files.register, files.keys, KEYRING, SIGNER, deadline=0.5)
    with _locked(files.register) as lock:
        began = time.monotonic()
        with pytest.raises(RegisterUnavailable) as caught:
            await register.append(a_draft(text="x"))
        took = time.monotonic() - began
        lock.rollback()

    again = await register.append(a_draft(text="x"))

    assert took < 1.0
    assert "entries" not in str(caught.value)
    assert "register.db" not in str(caught.value)
    assert again.entry.seq == 1
    await register.close()


async def test_callers_behind_a_stuck_group_give_up(files: Addresses) -> None:
    register = await Register.open(files.register, files.keys, KEYRING, SIGNER, deadline=0.4)
    with _locked(files.register) as lock:
        began = time.monotonic()
        # Of one identity, so that each waits for the one before it.
        results = await asyncio.gather(
            *(register.append(a_draft()) for _ in range(3)), return_exceptions=True
        )
        took = time.monotonic() - began
        lock.rollback()

    after = await register.append(a_draft("check-2"))

    assert [type(result) for result in results] == [RegisterUnavailable] * 3
    assert took < 0.6
    assert (await register.latest(1)) == (after.entry,)
    await register.close()


async def test_the_key_is_stored_before_the_text(files: Addresses) -> None:
    register = await Register.open(files.register, files.keys, KEYRING, SIGNER, deadline=0.3)
    with _locked(files.register) as lock:
        with pytest.raises(RegisterUnavailable):
            await register.append(a_draft(text="x"))
        lock.rollback()

    with sqlite3.connect(files.keys.removeprefix("sqlite:///")) as keys:
        (stored,) = keys.execute("SELECT count(*) FROM entry_keys").fetchone()

    assert stored == 1
    assert await register.latest(9) == ()
    await register.close()
    keys.close()


async def test_a_stuck_key_store_stops_texts_only(files: Addresses) -> None:
    register = await Register.open(files.register, files.keys, KEYRING, SIGNER, deadline=0.6)
    with _locked(files.keys) as lock:
        began = time.monotonic()
        with_text, without_text = await asyncio.gather(
            register.append(a_draft("with", text="x")),
            register.append(a_draft("without")),
            return_exceptions=True,
        )
        took = time.monotonic() - began
        lock.rollback()

    assert isinstance(with_text, RegisterUnavailable)
    assert isinstance(without_text, Appended)
    assert took < 0.42
    assert await register.latest(9) == (without_text.entry,)
    await register.close()


async def test_nothing_is_written_for_a_known_draft(register: Register) -> None:
    await register.append(a_draft(text="x"))
    keys = await _count_keys(register)

    await register.append(a_draft(text="x"))

    assert await _count_keys(register) == keys == 1


async def test_replicas_that_write_in_turn_never_collide_for_long(
    register: Register, addresses: Addresses
) -> None:
    other = await Register.open(addresses.register, addresses.keys, KEYRING, SIGNER)
    written: list[int] = []
    for number in range(12):
        for place in (register, register, other):
            draft = a_draft(f"{number}-{id(place)}-{len(written)}")
            written.append((await place.append(draft)).entry.seq)

    assert written == list(range(1, 37))
    await other.close()


async def test_a_lone_writer_asks_nothing_before_it_writes(register: Register) -> None:
    for number in range(3):
        await register.append(a_draft(f"first-{number}"))
    asked: list[str] = []
    for engine in register.database.engines:
        event.listen(engine, "before_cursor_execute", lambda *a: asked.append(a[2]))

    await register.append(a_draft("next"))

    assert [statement.split()[0] for statement in asked if "BEGIN" not in statement] == ["INSERT"]


async def test_two_processes_append_without_gaps(addresses: Addresses) -> None:
    # Neither finds a database: they make the tables at the same moment, too.
    one, other = [await _writer(addresses, name, 100) for name in ("one", "other")]

    said = [(await process.communicate())[0].decode() for process in (one, other)]

    assert (one.returncode, other.returncode) == (0, 0)
    acknowledged = dict(line.split(" ") for output in said for line in output.splitlines())
    assert sorted(map(int, acknowledged)) == list(range(1, 201))
    await _holds(addresses, {int(seq): check for seq, check in acknowledged.items()})


async def test_sudden_death_loses_nothing_acknowledged(addresses: Addresses) -> None:
    acknowledged: dict[int, str] = {}
    for cycle in range(4):
        process = await _writer(addresses, f"cycle-{cycle}", 100_000)
        assert process.stdout is not None
        for _ in range(40 + 13 * cycle):
            seq, check = (await process.stdout.readline()).decode().split()
            acknowledged[int(seq)] = check
        process.kill()
        rest = (await process.stdout.read()).decode().split("\n")[:-1]
        acknowledged |= {int(line.split(" ")[0]): line.split(" ")[1] for line in rest}
        await process.wait()

        await _holds(addresses, acknowledged)


async def _writer(addresses: Addresses, name: str, count: int) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        str(SCRIPT),
        addresses.register,
        addresses.keys,
        name,
        str(count),
        stdout=asyncio.subprocess.PIPE,
        env={"PYTHONPATH": str(ROOT)},
    )


async def _holds(addresses: Addresses, acknowledged: dict[int, str]) -> None:
    """The register is whole, and has every entry that anybody was told of."""
    register = await Register.open(addresses.register, addresses.keys, KEYRING, SIGNER)
    entries = [entry async for entry in register.export()]
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
    assert all(entry.verifies() for entry in entries)
    assert all([await register.text(entry) == entry.check for entry in entries])
    checks = {entry.seq: entry.check for entry in entries}
    assert acknowledged.items() <= checks.items()
    await register.close()


async def _count_keys(register: Register) -> int:
    entries = await register.latest(9)
    return len([entry for entry in entries if await register.keystore.get(entry.key or "")])


class _locked:  # noqa: N801
    """Holds the write lock of a SQLite file until it is rolled back."""

    def __init__(self, url: str) -> None:
        self._connection = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)

    def __enter__(self) -> sqlite3.Connection:
        self._connection.execute("BEGIN IMMEDIATE")
        return self._connection

    def __exit__(self, *_: object) -> None:
        self._connection.close()
