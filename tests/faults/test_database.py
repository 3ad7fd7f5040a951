"""What becomes of decisions when the database is locked, full, read-only, restarted or cut off."""

from __future__ import annotations

import asyncio
import random
import sqlite3
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.register.database import RegisterUnavailable
from bot.register.store import Register
from dialogs.events import Confirmed
from dialogs.views import AdviceView, TryAgainView
from tests import postgresql
from tests.bot.register.drafts import KEYRING, SIGNER, a_draft
from tests.bot.world import World, practitioner, world
from tests.faults.proxy import wire_to
from tests.faults.writers import Writers

LOST_COMMITS = 25
RESTARTS = 3


@pytest.fixture
async def register(tmp_path: Path) -> AsyncIterator[Register]:
    folder = f"sqlite:///{tmp_path}"
    register = await Register.open(f"{folder}/register.db", f"{folder}/keys.db", KEYRING, SIGNER)
    yield register
    await register.close()


@pytest.fixture(scope="module")
def database() -> Iterator[postgresql.PostgreSQL]:
    """A PostgreSQL of our own, that keeps what it says it has kept."""
    with postgresql.running() as server:
        yield server


async def _set(register: Register, pragma: str) -> list[tuple[int, ...]]:
    """Set something on the connection that the register writes through, or ask for it."""
    [_, one_way] = register.database.engines

    def steps() -> list[tuple[int, ...]]:
        connection = one_way.raw_connection()
        return connection.cursor().execute(f"PRAGMA {pragma}").fetchall()  # type: ignore[no-any-return]

    return await register.database._lane.run(steps)


async def test_a_locked_register_asks_to_try_again_and_loses_nothing(
    redis_url: str, tmp_path: Path
) -> None:
    async with world(redis_url, tmp_path) as real:
        await _locked_for_a_turn(real, tmp_path / "register.db")


async def _locked_for_a_turn(real: World, file: Path) -> None:
    who = practitioner()
    shown = await real.answer(who, await real.conversation.begin(who), "no", "yes", "yes")
    lock = sqlite3.connect(file, isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")
    started = time.monotonic()

    refused = await real.conversation.take(who, str(shown.check), Confirmed(shown.turn))

    spent = time.monotonic() - started
    lock.rollback()
    lock.close()
    again = await real.conversation.take(who, str(shown.check), Confirmed(shown.turn))
    assert isinstance(refused.view, TryAgainView)
    assert spent < 2.9
    assert isinstance(again.view, AdviceView)
    assert [entry.kind for entry in await real.entries()] == ["advice"]


async def test_a_full_disk_is_told_and_what_stands_stays(register: Register) -> None:
    writers = Writers(register)
    await writers.write(20)
    [(pages,)] = await _set(register, "page_count")
    await _set(register, f"max_page_count = {pages}")

    with pytest.raises(RegisterUnavailable):
        await register.append(a_draft("too much", text="x" * 20_000))
    before = await writers.wrong_of_acknowledged()
    await _set(register, "max_page_count = 1000000")
    await writers.write(20, first=20)

    assert before == []
    assert await writers.wrong_of_acknowledged() == []


async def test_a_register_that_may_only_be_read_refuses_and_recovers(register: Register) -> None:
    writers = Writers(register)
    await writers.write(5)
    await _set(register, "query_only = ON")

    with pytest.raises(RegisterUnavailable):
        await register.append(a_draft("while read-only"))

    await _set(register, "query_only = OFF")
    await writers.write(5, first=5)
    assert await writers.wrong() == []


async def test_a_postgresql_that_may_only_be_read_refuses_and_recovers(
    database: postgresql.PostgreSQL,
) -> None:
    async with database.database() as address, database.database() as keys:
        register = await Register.open(address, keys, KEYRING, SIGNER)
        writers = Writers(register)
        await writers.write(5)
        name = address.rpartition("/")[2]
        await database.run(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
        await register.database.engine.dispose()

        with pytest.raises(RegisterUnavailable):
            await register.append(a_draft("while read-only"))

        await database.run(f"ALTER DATABASE {name} SET default_transaction_read_only = off")
        await register.database.engine.dispose()
        await writers.write(5, first=5)
        assert await writers.wrong() == []
        await register.close()


async def test_a_lost_reply_to_commit_leaves_every_entry_once(
    database: postgresql.PostgreSQL,
) -> None:
    async with (
        database.database() as address,
        database.database() as keys,
        wire_to(database.port) as wire,
    ):
        register = await Register.open(wire.address(address), keys, KEYRING, SIGNER)
        writers = Writers(register)

        for number in range(LOST_COMMITS):
            wire.losing = 1
            await writers.write(4, writers=2, first=4 * number)

        assert wire.lost >= LOST_COMMITS
        assert writers.refused >= LOST_COMMITS
        assert len(writers.acknowledged) == 4 * LOST_COMMITS
        assert await writers.wrong() == []
        await register.close()


@pytest.mark.slow
async def test_a_database_that_crashes_under_load_keeps_what_was_acknowledged(
    database: postgresql.PostgreSQL,
) -> None:
    dice = random.Random(7)
    async with database.database() as address, database.database() as keys:
        register = await Register.open(address, keys, KEYRING, SIGNER)
        writers = Writers(register)

        for cycle in range(RESTARTS):
            writing = asyncio.create_task(writers.write(200, first=200 * cycle))
            await asyncio.sleep(dice.uniform(0.0, 0.3))
            await asyncio.to_thread(database.crash)
            await asyncio.sleep(dice.uniform(0.0, 0.2))
            await asyncio.to_thread(database.start_again)
            await writing

        assert len(writers.acknowledged) == 200 * RESTARTS
        assert await writers.wrong() == []
        await register.close()
