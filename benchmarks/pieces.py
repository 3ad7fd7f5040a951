"""Pieces of a turn measured alone: the policy's answer, the proof of the packs, the register."""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median
from typing import TypeVar

from benchmarks.practitioners import ANSWERS
from benchmarks.servers import ROOT
from bot.keys import Keyring, new_key
from bot.register.canonical import Json, canonical
from bot.register.entries import Draft
from bot.register.store import Register
from policies.assess import assess
from policies.library import Library
from policies.model import Pack

T = TypeVar("T")

WRITERS = 16
DAY = date(2026, 9, 30)


@dataclass(frozen=True, slots=True)
class Assessed:
    """Seconds for the slowest next question on the way, and for the advice at its end."""

    question: float
    advice: float


@dataclass(frozen=True, slots=True)
class Appends:
    """Entries a second through the register, and rows a second of the bare driver."""

    register: float
    bare: float


def assessed(times: int) -> Assessed:
    """Ask the default pack after every answer of the longest way, each time from the start."""
    pack = Library.read().find("england-2024", DAY).pack
    given = list(ANSWERS.items())
    questions = [_seconds(pack, dict(given[:count]), times) for count in range(len(given))]
    return Assessed(max(questions), _seconds(pack, ANSWERS, times))


def packs_lint() -> float:
    """Seconds for `share-check packs lint`, from its start to its end."""
    command = [sys.executable, "-m", "bot", "packs", "lint"]
    started = time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return time.perf_counter() - started


def appends(folder: Path, entries: int, repetitions: int) -> list[Appends]:
    """The register with 16 writers beside a loop of insert and commit, in turn, on one disk."""
    found = []
    for repetition in range(repetitions):
        place = folder / f"appends-{repetition}"
        place.mkdir()
        register = _on_the_fastest_loop(_through_register(place, entries))
        found.append(Appends(register, _bare(place / "bare.db", entries // 4)))
    return found


def _seconds(pack: Pack, answers: dict[str, str], times: int) -> float:
    return median(_timed(lambda: assess(pack, answers)) for _ in range(times))


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _draft(number: int) -> Draft:
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


async def _through_register(folder: Path, entries: int) -> float:
    url = f"sqlite:///{folder}"
    keyring = Keyring((new_key(),))
    register = await Register.open(f"{url}/register.db", f"{url}/keys.db", keyring)
    numbers = iter(range(entries))

    async def write() -> None:
        for number in numbers:
            await register.append(_draft(number))

    try:
        started = time.perf_counter()
        await asyncio.gather(*(write() for _ in range(WRITERS)))
        return entries / (time.perf_counter() - started)
    finally:
        await register.close()


def _bare(place: Path, rows: int) -> float:
    """One writer, one row a commit, and as durable as the register."""
    database = sqlite3.connect(place)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute("CREATE TABLE entries (seq INTEGER PRIMARY KEY, name TEXT, body TEXT)")
    database.commit()
    started = time.perf_counter()
    for number in range(rows):
        draft = _draft(number)
        row = (draft.check, canonical(draft.body).decode())
        database.execute("INSERT INTO entries (name, body) VALUES (?, ?)", row)
        database.commit()
    spent = time.perf_counter() - started
    database.close()
    return rows / spent


def _on_the_fastest_loop(work: Coroutine[None, None, T]) -> T:
    """As the bot runs: on uvloop where there is one."""
    try:
        from uvloop import new_event_loop  # noqa: PLC0415
    except ImportError:
        return asyncio.run(work)
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        return runner.run(work)
