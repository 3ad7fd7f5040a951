"""The schema: migrations lead to the tables that queries see, and cost nothing at head."""

import asyncio
import sys
from pathlib import Path

from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from bot.enquiries.tables import enquiries
from bot.register.schema import HEAD, MIGRATIONS
from bot.register.store import Register
from bot.register.tables import KEY_STORE, REGISTER
from tests.bot.register.conftest import Addresses
from tests.bot.register.drafts import KEYRING, SIGNER, a_draft

ROOT = Path(__file__).parents[3]
OPEN_AND_LIST = """
import asyncio, sys
from bot.register.store import Register
from tests.bot.register.drafts import KEYRING, SIGNER
async def main():
    register = await Register.open(sys.argv[1], sys.argv[2], KEYRING, SIGNER)
    await register.close()
asyncio.run(main())
print("alembic" in sys.modules)
"""


def test_the_head_is_the_last_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))

    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


async def test_queries_see_what_migrations_made(register: Register) -> None:
    def columns(connection: Connection) -> dict[str, dict[str, bool]]:
        inspector = inspect(connection)
        return {
            table: {column["name"]: column["nullable"] for column in inspector.get_columns(table)}
            for table in inspector.get_table_names()
            if table not in {"alembic_version", *KEY_STORE.tables}
        }

    made = await register.database.read(lambda connection: connection.run_sync(columns))

    assert enquiries.metadata is REGISTER
    assert made == {
        table.name: {column.name: bool(column.nullable) for column in table.columns}
        for table in REGISTER.sorted_tables
    }


async def test_opening_at_head_runs_no_migration(register: Register, addresses: Addresses) -> None:
    await register.append(a_draft())

    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        OPEN_AND_LIST,
        addresses.register,
        addresses.keys,
        stdout=asyncio.subprocess.PIPE,
        env={"PYTHONPATH": str(ROOT)},
    )

    assert (await process.communicate())[0] == b"False\n"


async def test_many_openings_at_once_make_one_schema(addresses: Addresses) -> None:
    registers = await asyncio.gather(
        *(Register.open(addresses.register, addresses.keys, KEYRING, SIGNER) for _ in range(4))
    )

    results = [await register.append(a_draft(str(n))) for n, register in enumerate(registers)]

    assert [result.entry.seq for result in results] == [1, 2, 3, 4]
    for register in registers:
        await register.close()
