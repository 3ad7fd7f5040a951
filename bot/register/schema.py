"""Brings the register's database to the schema this version needs, at start-up."""

import asyncio
from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.register.database import Database, RegisterUnavailable

HEAD = "0007"
MIGRATIONS = Path(__file__).parent / "migrations"
MIGRATION_LOCK = 0x5368_6172_6553_6368
# Alembic keeps the migration under way in one place for the whole process.
ONE_AT_A_TIME = asyncio.Lock()


async def bring_up_to_date(database: Database, deadline: float) -> None:
    """Apply what is missing, in one transaction; a database at head costs one query."""
    # The first look may have to wait until SQLite has taken up what a killed process left.
    if await database.read(_is_at_head, deadline=deadline):
        return
    async with ONE_AT_A_TIME:
        if not await database.read(_is_at_head, deadline=deadline):
            await database.write(_upgrade, lock=MIGRATION_LOCK, deadline=deadline)


async def _is_at_head(connection: AsyncConnection) -> bool:
    return await connection.run_sync(_version) == HEAD


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    version: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return version


async def _upgrade(connection: AsyncConnection) -> None:
    await connection.run_sync(_run_alembic)


def _run_alembic(connection: Connection) -> None:
    # Half a second to import, which every start after the first is spared.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util.exc import CommandError  # noqa: PLC0415

    config = Config()
    # The configuration gives percent signs a meaning, and a folder may have one in its name.
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError:
        raise RegisterUnavailable("The database is of a newer release of the bot.") from None
