"""Measures the anonymity of questions to advisers: `python -m benchmarks.anonymity`.

It prints the figures of docs/anonymity.md that are numbers: whether the order of cards within a
slot depends on the order in which questions came, and how many codes there are to guess.
"""

from __future__ import annotations

import asyncio
import base64
import os
import secrets
import sys
import tempfile
from datetime import UTC, date, datetime, timedelta
from math import exp
from pathlib import Path

from bot import logs
from bot.enquiries.erasing import Eraser
from bot.enquiries.keys import EnquiryKeys
from bot.enquiries.posts import CARD
from bot.enquiries.release import Releases
from bot.enquiries.schedule import Schedule
from bot.enquiries.secrets import code_digest, id_of, message_of, new_token
from bot.enquiries.store import EnquiryStore, Line
from bot.keys import Keyring
from bot.outbox import Outbox
from bot.register.signing import Signer
from bot.register.store import Register
from bot.workspaces import Workspace, Workspaces
from dialogs.enquiry.codes import BITS, WORDS_A_CODE

EACH = 3
SLOTS = 1_000


async def orders(releases: Releases, outbox: Outbox, slots: int) -> list[list[int]]:
    """How often the question that came as such-and-such was posted as such-and-such."""
    arrived: list[str] = []
    for _ in range(slots):
        arrived += [await _arrived(releases) for _ in range(EACH)]
        assert await releases.release() == EACH
    posted = [row.check for row in await outbox.list() if row.purpose == CARD]
    table = [[0] * EACH for _ in range(EACH)]
    for slot in range(0, len(arrived), EACH):
        came, went = arrived[slot : slot + EACH], posted[slot : slot + EACH]
        for place, check in enumerate(went):
            table[came.index(check)][place] += 1
    return table


def uniform(table: list[list[int]]) -> float:
    """The probability of a table as uneven as this, or more so, if order says nothing."""
    expected = sum(map(sum, table)) / EACH**2
    uneven = sum((found - expected) ** 2 / expected for row in table for found in row)
    return _survival(uneven * (EACH - 1) / EACH, (EACH - 1) ** 2)


def _survival(value: float, freedom: int) -> float:
    """How often chi-squared is larger, for an even number of degrees of freedom."""
    term = total = 1.0
    for number in range(1, freedom // 2):
        term *= value / 2 / number
        total += term
    return exp(-value / 2) * total


async def _arrived(releases: Releases) -> str:
    """A question that just came, as far as its place in a slot is concerned; its id."""
    token = new_token()
    row = {
        "id": id_of(token),
        "code": code_digest(token),
        "name": "Amber Heron",
        "surface": "slack",
        "tenant": "T0",
        "status": "received",
        "back": "code",
        "until": date(2999, 1, 1),
        "words_key": "",
        "reminded": 0,
    }
    sealed = secrets.token_bytes(64)
    release_at = releases.slot(at_once=True)
    line = Line(message_of(token), id_of(token), 0, "asker", sealed, release_at)
    await releases.store.add(row, line)
    return id_of(token)


async def measure(slots: int) -> float:
    """The order of many slots, through a real database."""
    with tempfile.TemporaryDirectory() as folder:
        keyring = Keyring.parse(base64.urlsafe_b64encode(os.urandom(32)).decode())
        address = f"sqlite:///{Path(folder)}"
        register = await Register.open(
            f"{address}/register.db", f"{address}/keys.db", keyring, Signer((os.urandom(32),))
        )
        keys = EnquiryKeys(register.keystore.database, keyring)
        store = EnquiryStore(register.database, keyring)
        workspace = Workspace(pack="england-2024", adviser_channel="C0")
        releases = Releases(
            store,
            Schedule(register.database, keyring),
            Eraser(register.database, keys),
            Workspaces(register.database, keyring, {}, workspace),
            register.posted,
            lambda: datetime.now(UTC) + timedelta(seconds=1),
            600,
        )
        outbox = Outbox(register.database, keyring, {}, posted=register.posted)
        table = await orders(releases, outbox, slots)
        await register.close()
    for arrived, row in enumerate(table, start=1):
        print(
            f"came as {arrived}: posted as " + ", ".join(f"{p}: {n}" for p, n in enumerate(row, 1))
        )
    return uniform(table)


if __name__ == "__main__":
    logs.configure("error")
    many = int(sys.argv[1]) if len(sys.argv) > 1 else SLOTS
    print(f"{many:,} slots of {EACH} questions: p = {asyncio.run(measure(many)):.3f}")
    print(f"A code is {WORDS_A_CODE} words of 1,024: {BITS} bits")
