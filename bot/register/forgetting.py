"""Has a database let go of what was just deleted from it, as far as its files are concerned.

SQLite overwrites what is deleted, and is told to empty its write-ahead log. PostgreSQL leaves a
deleted row in its page, and even VACUUM may: so a small table is written anew, in the order of
its random keys, and the old file removed. Its log and its backups are for its operator.
"""

import asyncio
from functools import partial

import structlog
from sqlalchemy import Table, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.register.database import Database, Refused, RegisterUnavailable

log = structlog.get_logger(__name__)

TRUNCATE = text("PRAGMA wal_checkpoint(TRUNCATE)")
TRIES, PAUSE = 5, 0.02
SECONDS, WAIT_MS = 3.0, 200
"""How long a table may be written anew, and how long others are waited for."""


async def forget_history(database: Database, *tables: Table) -> None:
    """Whoever reads just then holds it back; what is left goes with the next one."""
    if database.engine.dialect.name == "sqlite":
        await _empty_log(database)
        return
    for table in tables:
        try:
            await database.write(partial(_anew, table=table), deadline=SECONDS)
        except (RegisterUnavailable, Refused):
            # What was destroyed is destroyed; only its bytes are still there.
            log.warning("history.kept")


async def _empty_log(database: Database) -> None:
    async def work(connection: AsyncConnection) -> bool:
        emptied = await connection.execute(TRUNCATE)
        return bool(emptied.one()[0] == 0)

    for _ in range(TRIES):
        if await database.read(work):
            return
        await asyncio.sleep(PAUSE)


async def _anew(connection: AsyncConnection, table: Table) -> None:
    # Others queue up behind whoever waits for a table of its own.
    await connection.execute(text(f"SET LOCAL lock_timeout = {WAIT_MS}"))
    name = connection.dialect.identifier_preparer.format_table(table)
    await connection.execute(text(f"CLUSTER {name} USING {table.name}_pkey"))
