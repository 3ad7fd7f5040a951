"""Pieces of a turn measured alone: the policy's answer, and the proof of the packs."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from statistics import median

from benchmarks.practitioners import ANSWERS
from benchmarks.servers import ROOT
from policies.assess import Advice, Asking, assess
from policies.library import Library
from policies.model import Pack

DAY = date(2026, 9, 30)


@dataclass(frozen=True, slots=True)
class Assessed:
    """Seconds for the slowest next question on the way, and for the advice at its end."""

    question: float
    advice: float


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


def _seconds(pack: Pack, answers: dict[str, str], times: int) -> float:
    return median(_timed(lambda: _whole(assess(pack, answers))) for _ in range(times))


def _whole(found: Asking | Advice) -> object:
    """All of an advice: what other answers would have led to is reckoned only when asked for."""
    return found.counterfactuals if isinstance(found, Advice) else found


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
