"""The benchmarks run, measure what they say, and notice when a floor is missed."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import pytest

from benchmarks import teams
from benchmarks.forms import Signer
from benchmarks.load import Measured, Unexpected
from benchmarks.pieces import Assessed
from benchmarks.practitioners import MOST_TURNS, Begun, Checks, Screens
from benchmarks.register import Appends
from benchmarks.report import LEAN, OURS, STOCK, Findings, floors
from benchmarks.rounds import Round
from benchmarks.storage import Kept
from benchmarks.verifying import Verified

ROOT = Path(__file__).parents[2]
CHECK = "abcdefghijklmnop01234567"
FLOORS = (
    "requests a second against stock Bolt",
    "the same against lean Bolt",
    "p99 against the median, 16 connections",
    "median at 1 connection against stock Bolt",
    "Teams turn against CloudAdapter",
    "next question or verdict",
    "advice with counterfactuals",
    "packs lint, whole process",
    "appends on SQLite against the bare driver",
    "appends on PostgreSQL against the bare driver",
    "verify of",
    "memory it takes beyond a small one",
    "a receipt checked in process",
)


@pytest.mark.slow
def test_a_quick_run_reports_every_figure() -> None:
    command = [sys.executable, "-m", "benchmarks", "--quick", "--no-floors"]

    run = subprocess.run(
        command, check=False, cwd=ROOT, capture_output=True, text=True, timeout=90
    )

    assert run.returncode == 0, run.stderr
    for line in (*FLOORS, OURS, STOCK, "round trips a turn", "16 bare connections"):
        assert line in run.stdout


def test_every_floor_holds_when_all_is_quick() -> None:
    found = findings(ours=a_round(per_second=2_000, alone=0.001))

    missed = [floor.name for floor in floors(found) if not floor.held]

    assert missed == []


def test_a_slow_turn_misses_its_two_floors() -> None:
    found = findings(ours=a_round(per_second=1_200, alone=0.002))

    missed = [floor.name for floor in floors(found) if not floor.held]

    assert missed == [FLOORS[0], FLOORS[3]]


def test_slow_answers_and_packs_miss_theirs() -> None:
    slow = [Appends(700.0, 1_000.0, 2_000.0)]
    heavy = Verified(1_000_000, 61.0, 300.0, 100.0, 0.011)
    found = findings(assessed=Assessed(0.000_06, 0.002), lint=2.5, appends=slow, verified=heavy)

    missed = [floor.name for floor in floors(found) if not floor.held]

    assert len(missed) == len(FLOORS[5:])
    assert all(name.startswith(floor) for name, floor in zip(missed, FLOORS[5:], strict=True))


def test_a_turn_far_behind_lean_bolt_or_with_a_long_tail_misses_its_floor() -> None:
    tail = Measured(0.125, (0.001,) * 60 + (0.01,) * 40, 0.1)
    slow = Round(tail, Measured(0.001, (0.001,), 0.1), 0.0004)
    found = findings(ours=slow)

    missed = [floor.name for floor in floors(found) if not floor.held]

    assert missed == [*FLOORS[:3]]


def test_pairs_are_compared_before_the_median() -> None:
    found = findings(ours=a_round(per_second=2_000, alone=0.001))

    ratios = found.ratio(lambda taken: taken.many.per_second)

    assert median(ratios) == pytest.approx(2.0)


def test_latency_is_read_off_by_its_share() -> None:
    measured = Measured(1.0, tuple(number / 1_000 for number in range(1, 101)), 0.1)

    assert measured.latency(0.5) == 0.051
    assert measured.latency(0.99) == 0.1


def test_an_answer_goes_with_its_own_check() -> None:
    checks = a_walk()

    request = checks.next(None)

    assert request is not None
    assert CHECK.encode() in request
    assert b"U0000000001" in request
    assert b"risk%3A1" in request


def test_a_screen_shown_again_ends_the_run() -> None:
    checks = a_walk()
    for _ in range(MOST_TURNS):
        checks.next(a_screen())

    with pytest.raises(Unexpected, match="does not move on"):
        checks.next(a_screen())


def test_a_screen_of_no_check_ends_the_run() -> None:
    checks = a_walk()
    checks.next(None)

    with pytest.raises(Unexpected, match="without its check"):
        checks.next(b'{"response_action": "errors"}')


def a_walk() -> Checks:
    begun = Begun(b"U0000000001", CHECK.encode(), a_screen())
    return Checks(Signer(b"secret"), Screens(confirms=False), iter([begun]))


def a_screen() -> bytes:
    option = {"value": "no", "text": {"type": "plain_text", "text": "No"}}
    element = {"type": "radio_buttons", "action_id": "answer", "options": [option]}
    view = {
        "type": "modal",
        "callback_id": "question",
        "private_metadata": json.dumps({"check": CHECK, "turn": 1}),
        "blocks": [{"type": "input", "block_id": "risk:1", "element": element}],
    }
    return json.dumps({"response_action": "update", "view": view}).encode()


def a_round(*, per_second: float, alone: float) -> Round:
    return Round(Measured(1 / per_second, (0.01,), 0.1), Measured(alone, (alone,), 0.1), 0.0004)


def findings(
    *,
    ours: Round | None = None,
    assessed: Assessed | None = None,
    lint: float = 0.4,
    appends: Sequence[Appends] = (Appends(2_000.0, 2_000.0),),
    verified: Verified | None = None,
) -> Findings:
    stock = a_round(per_second=1_000, alone=0.011)
    quick = a_round(per_second=3_000, alone=0.0005)
    return Findings(
        rounds={OURS: [ours or quick], STOCK: [stock], LEAN: [a_round(per_second=3_000, alone=0)]},
        teams={teams.OURS: [ours or quick], teams.STOCK: [a_round(per_second=150, alone=0.007)]},
        kept=Kept(2.0, 600, 500),
        advised=Measured(1.0, (0.01,), 0.1),
        assessed=assessed or Assessed(0.000_02, 0.000_3),
        lint=lint,
        appends={"SQLite": list(appends), "PostgreSQL": list(appends)},
        verified=verified or Verified(1_000_000, 20.0, 101.0, 100.0, 0.001),
    )
