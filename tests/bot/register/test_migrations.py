"""Migrations: a run that is killed leaves the register as it was, and the next one finishes."""

import asyncio
import sys
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, insert, inspect

from bot.register.database import Database
from bot.register.schema import HEAD, MIGRATIONS, _version
from bot.register.store import Register
from bot.register.tables import entries
from tests.bot.register.conftest import Addresses
from tests.bot.register.drafts import KEYRING, SIGNER, a_draft
from tests.bot.register.tampering import entry_row
from tests.bot.register.test_verification import verify

ROOT = Path(__file__).parents[3]
SCRIPT = Path(__file__).with_name("die_migrating.py")
STOPS = 6
"""In how many places a run is killed, spread over all its statements."""
FIRST = "0001"


async def test_a_killed_first_run_leaves_nothing_or_all(
    addresses: Addresses, tmp_path: Path
) -> None:
    whole = Addresses(f"sqlite:///{tmp_path}/whole.db", f"sqlite:///{tmp_path}/whole-keys.db")
    statements = int(await _opened(whole, 10**6))

    for stop in range(1, statements, statements // STOPS):
        assert await _opened(addresses, stop) == ""
        assert await _seen(addresses) in {(None, False), (HEAD, True)}

    register = await Register.open(addresses.register, addresses.keys, KEYRING, SIGNER)
    assert (await register.append(a_draft(text="x"))).entry.seq == 1
    assert (await verify(register)).sound
    await register.close()


async def test_a_killed_upgrade_keeps_every_entry(addresses: Addresses) -> None:
    await _as_of_the_first_release(addresses, 30)

    for stop in (3, 8, 14, 20, 27, 35):
        assert await _opened(addresses, stop) == ""
        assert (await _seen(addresses))[0] in {FIRST, HEAD}

    register = await Register.open(addresses.register, addresses.keys, KEYRING, SIGNER)
    assert (await register.append(a_draft("new"))).entry.seq == 31
    assert [entry.seq async for entry in register.export() if entry.verifies()] == [*range(1, 32)]
    # Nothing vouches for what was written before there were seals: no release had none.
    assert [fault.row for fault in (await verify(register)).faults] == [*range(1, 31)]
    await register.close()


async def _opened(addresses: Addresses, last: int) -> str:
    """Open a register in a process that dies at a statement; what it said, if it lived."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, str(SCRIPT), addresses.register, addresses.keys, str(last)),
        stdout=asyncio.subprocess.PIPE,
        env={"PYTHONPATH": str(ROOT)},
    )
    return (await process.communicate())[0].decode().strip()


async def _seen(addresses: Addresses) -> tuple[str | None, bool]:
    """Which version the database says it is of, and whether it has its tables."""
    database = Database.open(addresses.register, name="register", deadline=10.0)

    def look(connection: Connection) -> tuple[str | None, bool]:
        return _version(connection), inspect(connection).has_table("checkpoints")

    seen = await database.read(lambda connection: connection.run_sync(look))
    await database.close()
    return seen


async def _as_of_the_first_release(addresses: Addresses, count: int) -> None:
    """A register that knows no seals and no checkpoints."""
    database = Database.open(addresses.register, name="register", deadline=10.0)
    rows = [entry_row(seq) for seq in range(1, count + 1)]
    for row in rows:
        del row["seal"]

    def make(connection: Connection) -> None:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, FIRST)
        connection.execute(insert(entries), rows)

    await database.write(lambda connection: connection.run_sync(make))
    await database.close()
