"""A process that only writes to the register, and is killed for it: many times a second.

It notes what it was told in a file, a line at a time, and so outlives itself: check, place and
commitment of each acknowledged entry. Checkpoints are written all the while.
"""

from __future__ import annotations

import asyncio
import os
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from bot.cli.ending import run
from bot.outbox import Outbox
from bot.register.database import RegisterUnavailable
from bot.register.evidence import Evidence
from bot.register.store import Register
from bot.register.verification import Verification
from tests.bot.register.drafts import KEYRING, SIGNER, a_draft, a_post

NOTED = "acknowledged"
WRITERS = 8


def main() -> int:
    """Write to the register until somebody ends it."""
    run(_write())
    return 0


async def _write() -> None:
    register = await _opened(os.environ["DATABASE_URL"], os.environ["ENTRY_KEYS_URL"])
    notes = os.open(NOTED, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    numbers = count()
    await _offer(register, notes, next(numbers))
    # From here on it is in the middle of something, however busy the machine is.
    print("ready", flush=True)
    await asyncio.gather(
        _sign(register), *(_append(register, notes, numbers) for _ in range(WRITERS))
    )


async def _append(register: Register, notes: int, numbers: count[int]) -> None:
    for number in numbers:
        await _offer(register, notes, number)


async def _offer(register: Register, notes: int, number: int) -> None:
    check = f"{os.getpid()}-{os.environ['CYCLE']}-{number}"
    post = a_post(check, check=check)
    draft = a_draft(check, text=f"Because of {check}.", posts=(post,))
    try:
        entry = (await register.append(draft)).entry
    except RegisterUnavailable:
        return
    os.write(notes, f"{check} {entry.seq} {entry.commitment.hex()}\n".encode())


async def _sign(register: Register) -> None:
    while True:
        with suppress(RegisterUnavailable):
            await register.heads.write()
        await asyncio.sleep(0.005)


async def _opened(address: str, keys: str) -> Register:
    return await Register.open(address, keys, KEYRING, SIGNER, deadline=30.0)


@dataclass
class Left:
    """What was found when the last one was dead; everything in `wrong` is a promise broken."""

    acknowledged: int = 0
    entries: int = 0
    heads: int = 0
    wrong: list[str] = field(default_factory=list)


async def left(folder: Path, address: str, keys: str) -> Left:
    """Hold what was acknowledged against what stands."""
    register = await _opened(address, keys)
    try:
        return await _compared(register, (folder / NOTED).read_text().splitlines())
    finally:
        await register.close()


async def _compared(register: Register, notes: list[str]) -> Left:
    standing = {}
    places = []
    async for entry in register.export():
        standing[entry.check] = f"{entry.check} {entry.seq} {entry.commitment.hex()}"
        places.append(entry.seq)
    lost = [note for note in notes if standing.get(note.split()[0]) != note]
    found = Left(len(notes), len(places), wrong=[f"lost: {note}" for note in lost])
    if places != list(range(1, len(places) + 1)):
        found.wrong.append("the places have gaps")
    rows = await Outbox(register.database, KEYRING, {}, posted=register.posted).list()
    posts = Counter(row.check for row in rows)
    found.wrong += [f"{check}: {posts[check]} posts" for check in standing if posts[check] != 1]
    found.wrong += [f"{check}: posts, no entry" for check in posts.keys() - standing.keys()]
    reading = Verification(register.database, register.keystore, SIGNER, Evidence())
    report = await reading.run()
    found.heads = report.heads
    found.wrong += map(str, report.faults)
    for entry in await register.latest(200):
        if await register.text(entry) != f"Because of {entry.check}.":
            found.wrong.append(f"{entry.check}: its text cannot be read")
    return found
