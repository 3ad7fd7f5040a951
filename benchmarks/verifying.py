"""Verifying a large register, with the memory that it takes, and checking one receipt."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median

from sqlalchemy import Connection, insert

from benchmarks.register import draft
from benchmarks.servers import ROOT
from bot.keys import Keyring
from bot.register import tables
from bot.register.receipt_check import check
from bot.register.receipts import receipt_of
from bot.register.rows import Sealed, make_entry, row_of
from bot.register.signing import Signer
from bot.register.store import Register

AT_ONCE = 5_000
CHECKPOINT_EVERY = 100_000
SMALL = 10_000
"""With this many entries the memory is measured, for the comparison."""


@dataclass(frozen=True, slots=True)
class Verified:
    """Seconds and peak memory (MB) of a whole reading; the memory of a small one; a receipt."""

    entries: int
    seconds: float
    memory: float
    small_memory: float
    receipt: float


def verified(folder: Path, entries: int) -> Verified:
    """Load registers in bulk, and run `share-check register verify` on each as a process."""
    small, large = folder / "verify-small", folder / "verify-large"
    secret = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
    receipt = 0.0
    for place, count in ((small, min(SMALL, entries)), (large, entries)):
        place.mkdir()
        receipt = asyncio.run(_load(place, count, secret))
    _, small_memory = _verify(small, secret)
    seconds, memory = _verify(large, secret)
    return Verified(entries, seconds, memory, small_memory, receipt)


async def _load(place: Path, count: int, secret: str) -> float:
    """Write entries as the register would, many in a commit; how long a receipt's check takes."""
    url = f"sqlite:///{place}"
    signer = Signer.parse(secret)
    register = await Register.open(
        f"{url}/register.db", f"{url}/entry-keys.db", Keyring.parse(secret), signer, deadline=60.0
    )
    rows, written = _rows(count, signer), 0
    while some := list(islice(rows, AT_ONCE)):
        await register.database.write_in_one_go(partial(_insert, rows=some))
        written += len(some)
        if written % CHECKPOINT_EVERY == 0:
            await register.heads.write()
    await register.heads.write()
    entry = await register.entry(count // 2 + 1)
    assert entry is not None
    values = json.loads(json.dumps((await receipt_of(register.heads, entry)).values()))
    await register.close()
    return median(_timed(values, signer.public_key) for _ in range(50))


def _insert(connection: Connection, rows: list[dict[str, object]]) -> None:
    connection.execute(insert(tables.entries), rows)


def _rows(count: int, signer: Signer) -> Iterator[dict[str, object]]:
    for seq in range(1, count + 1):
        new = draft(seq)
        yield row_of(make_entry(Sealed(new, None), seq, signer), new)


def _timed(values: object, public_key: str) -> float:
    started = time.perf_counter()
    check(values, public_key)
    return time.perf_counter() - started


def _verify(place: Path, secret: str) -> tuple[float, float]:
    """Seconds and peak memory of the command, from its start to its end."""
    environment = {
        "PATH": os.environ["PATH"],
        "VAR_DIR": str(place),
        "SECRET_KEYS": secret,
        "SIGNING_KEY": secret,
    }
    command = [sys.executable, "-m", "bot", "register", "verify"]
    started = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    # Linux counts kilobytes, macOS bytes.
    unit = 1024 if sys.platform == "darwin" else 1
    return time.perf_counter() - started, used.ru_maxrss / unit / 1024
