"""The register measured alone: durable appends, beside a bare driver on the same disk."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

import asyncpg

from benchmarks.practitioners import ANSWERS
from bot.keys import Keyring, new_key
from bot.register.canonical import Json
from bot.register.entries import Draft
from bot.register.signing import Signer
from bot.register.store import Register
from tests import postgresql

T = TypeVar("T")

WRITERS = 16
DAY = date(2026, 9, 30)
TABLE = "CREATE TABLE entries (seq INTEGER PRIMARY KEY, name TEXT, body TEXT)"
POSTGRESQL_TABLE = TABLE.replace("INTEGER", "BIGSERIAL")


@dataclass(frozen=True, slots=True)
class Appends:
    """Entries a second through the register, and rows a second of the bare driver.

    `crowd` is as many bare connections as there are writers, where a server takes them at once.
    """

    register: float
    bare: float
    crowd: float | None = None


def on_sqlite(folder: Path, entries: int, repetitions: int) -> list[Appends]:
    """The register with 16 writers beside a loop of insert and commit, in turn, on one disk."""
    found = []
    for repetition in range(repetitions):
        place = folder / f"appends-{repetition}"
        place.mkdir()
        url = f"sqlite:///{place}"
        register = _on_the_fastest_loop(
            _through_register(f"{url}/register.db", f"{url}/keys.db", entries)
        )
        found.append(Appends(register, _bare_sqlite(place / "bare.db", entries // 4)))
    return found


def on_postgresql(folder: Path, entries: int, repetitions: int) -> list[Appends]:
    """The same on a PostgreSQL of our own, which waits for the disk as it comes."""

    async def measured(server: postgresql.PostgreSQL) -> list[Appends]:
        return [await _postgresql_once(server, entries) for _ in range(repetitions)]

    # The server may run as somebody else, who has to find the way to its data.
    folder.chmod(0o711)
    with postgresql.running(folder) as server:
        return _on_the_fastest_loop(measured(server))


def draft(number: int) -> Draft:
    """A made-up entry of the usual size."""
    path: list[Json] = [{"question": asked, "answer": said} for asked, said in ANSWERS.items()]
    body: dict[str, Json] = {
        "pack": "england-2024",
        "version": "2026-02-05",
        "digest": "0" * 64,
        "path": path,
        "verdict": "share",
        "outcome": "share",
        "reference": f"SC-{number:08}",
    }
    return Draft("advice", f"check-{number:08}", 1, DAY, body)


async def _through_register(address: str, keys: str, entries: int) -> float:
    keyring, signer = Keyring((new_key(),)), Signer((new_key(),))
    register = await Register.open(address, keys, keyring, signer)
    numbers = iter(range(entries))

    async def write() -> None:
        for number in numbers:
            await register.append(draft(number))

    try:
        # The first one connects.
        await register.append(draft(entries))
        started = time.perf_counter()
        await asyncio.gather(*(write() for _ in range(WRITERS)))
        return entries / (time.perf_counter() - started)
    finally:
        await register.close()


def _bare_sqlite(place: Path, rows: int) -> float:
    """One writer, one row a commit, and as durable as the register."""
    with closing(sqlite3.connect(place)) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("PRAGMA synchronous=FULL")
        database.execute(TABLE)
        database.commit()
        started = time.perf_counter()
        for number in range(rows):
            database.execute("INSERT INTO entries (name, body) VALUES (?, ?)", _row(number))
            database.commit()
        return rows / (time.perf_counter() - started)


async def _postgresql_once(server: postgresql.PostgreSQL, entries: int) -> Appends:
    async with server.database() as address, server.database() as keys, server.database() as bare:
        register = await _through_register(address, keys, entries)
        await server.run(POSTGRESQL_TABLE, bare.rsplit("/", 1)[1])
        alone = await _bare_postgresql(bare, 1, entries // 4)
        return Appends(register, alone, await _bare_postgresql(bare, WRITERS, entries))


async def _bare_postgresql(address: str, writers: int, rows: int) -> float:
    """One row a commit, each writer on a connection of its own."""
    numbers = iter(range(rows))
    async with _connected(address, writers) as connections:
        started = time.perf_counter()
        await asyncio.gather(*(_insert(each, numbers) for each in connections))
        return rows / (time.perf_counter() - started)


@asynccontextmanager
async def _connected(address: str, count: int) -> AsyncIterator[list[asyncpg.Connection]]:
    connections = [await asyncpg.connect(address) for _ in range(count)]
    yield connections
    for connection in connections:
        await connection.close()


async def _insert(connection: asyncpg.Connection, numbers: Iterator[int]) -> None:
    for number in numbers:
        await connection.execute("INSERT INTO entries (name, body) VALUES ($1, $2)", *_row(number))


def _row(number: int) -> tuple[str, str]:
    made = draft(number)
    return made.check, made.spelling.decode()


def _on_the_fastest_loop(work: Coroutine[None, None, T]) -> T:
    """As the bot runs: on uvloop where there is one."""
    try:
        from uvloop import new_event_loop  # noqa: PLC0415
    except ImportError:
        return asyncio.run(work)
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        return runner.run(work)
