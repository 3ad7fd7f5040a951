"""What only a server can do to us: slow statements, locks that others hold, few connections."""

import asyncio
import time
from collections.abc import AsyncIterator

import asyncpg
import pytest
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.register.appender import APPEND_LOCK
from bot.register.database import Database, RegisterUnavailable
from bot.register.engines import POOL_SIZE
from bot.register.store import Register
from bot.register.tables import entry_keys
from tests.bot.register.drafts import KEYRING, SIGNER, TODAY, a_draft
from tests.bot.register.tampering import entry_row
from tests.postgresql import PostgreSQL

SLEEPING = """
    SELECT count(*) FROM pg_stat_activity
    WHERE query LIKE '%pg_sleep(%' AND pid <> pg_backend_pid() AND state = 'active'
"""


@pytest.fixture
async def address(postgresql_server: PostgreSQL) -> AsyncIterator[str]:
    async with postgresql_server.database() as empty:
        yield empty


@pytest.fixture
async def database(address: str) -> AsyncIterator[Database]:
    opened = Database.open(address, name="register", deadline=0.5)
    yield opened
    await opened.close()


async def sleep(connection: AsyncConnection, seconds: float) -> None:
    await connection.execute(text(f"SELECT pg_sleep({seconds})"))


async def test_the_server_gives_up_a_slow_statement_itself(
    database: Database, address: str
) -> None:
    began = time.monotonic()

    with pytest.raises(RegisterUnavailable, match="57014"):
        await database.read(lambda connection: sleep(connection, 9))

    assert time.monotonic() - began < 0.6
    beside = await asyncpg.connect(address)
    assert await beside.fetchval(SLEEPING) == 0
    await beside.close()


async def test_a_statement_may_be_given_longer(database: Database) -> None:
    await database.read(lambda connection: sleep(connection, 0.7), deadline=5.0)
    await database.write(lambda connection: sleep(connection, 0.7), deadline=5.0)

    # And no longer than that transaction.
    with pytest.raises(RegisterUnavailable):
        await database.read(lambda connection: sleep(connection, 9))


async def test_more_callers_than_connections_take_turns(database: Database) -> None:
    await asyncio.gather(
        *(database.read(lambda connection: sleep(connection, 0.05)) for _ in range(3 * POOL_SIZE))
    )

    held = await database.read(
        lambda connection: connection.scalar(
            text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
        )
    )
    assert held == POOL_SIZE


async def test_somebody_who_holds_the_lock_delays_and_breaks_nothing(address: str) -> None:
    register = await Register.open(address, address, KEYRING, SIGNER, deadline=0.5)
    other = await asyncpg.connect(address)
    await other.execute(f"SELECT pg_advisory_lock({APPEND_LOCK})")
    began = time.monotonic()

    with pytest.raises(RegisterUnavailable):
        await register.append(a_draft())

    assert time.monotonic() - began < 0.7
    await other.close()
    assert (await register.append(a_draft())).entry.seq == 1
    await register.close()


async def test_connections_that_were_cut_are_replaced(address: str) -> None:
    register = await Register.open(address, address, KEYRING, SIGNER)
    await register.append(a_draft("before"))
    other = await asyncpg.connect(address)
    await other.execute(
        "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    # They have ended; what they said last is at our door, and has to be let in.
    for _ in range(10):
        await asyncio.sleep(0.01)

    assert (await register.append(a_draft("after"))).entry.seq == 2

    await other.close()
    await register.close()


async def test_a_destroyed_key_leaves_no_bytes_in_the_table(
    postgresql_server: PostgreSQL, address: str
) -> None:
    async with postgresql_server.database() as keys:
        register = await Register.open(address, keys, KEYRING, SIGNER)
        for number in range(5):
            await register.append(a_draft(f"check-{number}", text="a reason"))
        texts = await register.erasing.of("check-4")
        wrapped = await _wrapped(register, texts[0].key)
        assert wrapped in await _pages(register)

        await register.erasing.erase(texts, "a request", TODAY)

        assert wrapped not in await _pages(register)
        assert len(await register.erasing.of("check-3")) == 1
        await register.close()


async def _wrapped(register: Register, key: str) -> bytes:
    query = select(entry_keys.c.wrapped).where(entry_keys.c.id == key)
    return await register.keystore.database.read(
        lambda held: held.run_sync(lambda s: bytes(s.scalars(query).one()))
    )


async def _pages(register: Register) -> bytes:
    """The table as it lies on the disk."""
    query = text("SELECT pg_read_binary_file(pg_relation_filepath('entry_keys'))")

    async def look(connection: AsyncConnection) -> bytes:
        await connection.execute(text("CHECKPOINT"))
        return bytes((await connection.execute(query)).scalar_one())

    return await register.keystore.database.read(look)


async def test_whoever_looks_first_waits_for_an_insert_under_way(address: str) -> None:
    """Another replica believes itself alone: its row is there, and not yet committed."""
    async with asyncio.timeout(20):
        register = await Register.open(address, address, KEYRING, SIGNER, deadline=10.0)
        await register.append(a_draft("1"))
        row = {**entry_row(2), "check": "theirs"}
        columns = ", ".join(f'"{name}"' for name in row)
        places = ", ".join(f"${number}" for number, _ in enumerate(row, 1))
        other = await asyncpg.connect(address)
        theirs = other.transaction()
        await theirs.start()
        await other.execute(f"INSERT INTO entries ({columns}) VALUES ({places})", *row.values())  # noqa: S608

        ours = asyncio.create_task(register.append(a_draft("ours")))
        await _waits_for_its_turn(other)
        await theirs.commit()

        assert (await ours).entry.seq == 3
        await other.close()
        await register.close()


async def _waits_for_its_turn(connection: asyncpg.Connection) -> None:
    query = "SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'advisory'"
    while await connection.fetchval(query) == 0:  # noqa: ASYNC110
        await asyncio.sleep(0.01)


async def test_a_transaction_with_time_may_pause_between_statements(address: str) -> None:
    database = Database.open(address, name="register", deadline=0.3)

    async def work(connection: AsyncConnection) -> int:
        await connection.execute(text("SELECT 1"))
        limit = await connection.scalar(text("SHOW idle_in_transaction_session_timeout"))
        return int(str(limit).removesuffix("s"))

    assert await database.write(work, deadline=30.0) == 30
    await database.close()
