"""Kinds of faults that strike while the register is written, without the rest of the bot."""

from __future__ import annotations

import asyncio
import random
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.register.store import Register
from tests import postgresql
from tests.bot.register.drafts import KEYRING, SIGNER
from tests.faults.dying import left
from tests.faults.nursery import WRITER, nursery
from tests.faults.proxy import wire_to
from tests.faults.telling import folder, told
from tests.faults.writers import Writers

DATABASES = ("sqlite", "postgresql")
WRITES = 60
"""Drafts offered around each restart of the database."""
KILLED_WITHIN = 0.08
CRASH_WITHIN, HALF = 0.06, 0.5
QUICK_RECOVERY = ("-c", "recovery_init_sync_method=syncfs")
"""One call to sync the folder before recovery, in the place of one for each of its files."""


async def writers(database: str, cycles: int, seed: int) -> bool:
    """Kill a process that does nothing but write to the register."""
    dice = random.Random(seed)
    heading = f"A process that only writes is killed (SIGKILL), its register on {database}"
    with told(heading), folder() as place, nursery(WRITER) as source:
        async with _databases(database, place) as (address, keys):
            for cycle in range(cycles):
                variables = {"DATABASE_URL": address, "ENTRY_KEYS_URL": keys, "CYCLE": str(cycle)}
                pid, _ = await asyncio.to_thread(source.start, place, **variables)
                await asyncio.sleep(dice.uniform(0.0, KILLED_WITHIN))
                await asyncio.to_thread(source.end, pid, signal.SIGKILL)
            found = await left(place, address, keys)
        print(
            f"  acknowledged entries lost, doubled or altered, posts without an entry or entries "
            f"without a post: {len(found.wrong)} of {found.acknowledged:,}"
        )
        print(f"  kills: {cycles:,}; entries: {found.entries:,}; checkpoints: {found.heads:,}")
    print(*found.wrong[:50], sep="\n", file=sys.stderr)
    return not found.wrong


@asynccontextmanager
async def _databases(engine: str, place: Path) -> AsyncIterator[tuple[str, str]]:
    """Where a register and its keys may stand."""
    if engine == "sqlite":
        yield f"sqlite:///{place}/register.db", f"sqlite:///{place}/keys.db"
        return
    with postgresql.running() as server:
        async with server.database() as address, server.database() as keys:
            yield address, keys


async def commits(cycles: int) -> bool:
    """Lose the reply to COMMIT, each time with two writers of four drafts."""
    with told("The reply to COMMIT is lost"), postgresql.running() as server:
        async with (
            server.database() as address,
            server.database() as keys,
            wire_to(server.port) as wire,
        ):
            register = await Register.open(wire.address(address), keys, KEYRING, SIGNER)
            writers = Writers(register)
            for number in range(cycles):
                wire.losing = 1
                await writers.write(4, writers=2, first=4 * number)
            await register.close()
            wrong = await _wrong(writers, address, keys)
            print(f"  replies lost: {wire.lost:,}; drafts offered again: {writers.refused:,}")
    return not wrong


async def restarts(cycles: int, seed: int) -> bool:
    """Crash PostgreSQL under load, and start it again, or have it start itself again."""
    dice = random.Random(seed)
    heading = "PostgreSQL crashes under load and starts again"
    with told(heading), postgresql.running(options=QUICK_RECOVERY) as server:
        async with server.database() as address, server.database() as keys:
            register = await Register.open(address, keys, KEYRING, SIGNER)
            writers, cut = Writers(register), 0
            for cycle in range(cycles):
                before = writers.refused
                writing = asyncio.create_task(writers.write(WRITES, first=WRITES * cycle))
                await asyncio.sleep(dice.uniform(0.0, CRASH_WITHIN))
                if dice.random() < HALF:
                    await asyncio.to_thread(server.crash)
                    await asyncio.to_thread(server.start_again)
                else:
                    await server.crash_inside()
                await writing
                cut += writers.refused > before
            await register.close()
            wrong = await _wrong(writers, address, keys)
            print(f"  crashes: {cycles:,}; in the middle of somebody's write: {cut:,}")
            print(f"  drafts offered again: {writers.refused:,}")
    return not wrong


async def _wrong(writers: Writers, address: str, keys: str) -> list[str]:
    """Read it all again, for which there are seconds where a turn would have none."""
    register = await Register.open(address, keys, KEYRING, SIGNER, deadline=120.0)
    writers.register = register
    wrong = await writers.wrong()
    await register.close()
    number = len(writers.acknowledged)
    print(f"  acknowledged entries lost, doubled or out of order: {len(wrong)} of {number:,}")
    print(*wrong[:50], sep="\n", file=sys.stderr)
    return wrong
