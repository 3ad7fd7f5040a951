"""The report: tables of medians with their spread, and the floors that a run must not miss."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks import teams
from benchmarks.load import Measured
from benchmarks.pieces import Assessed
from benchmarks.practitioners import ANSWERS
from benchmarks.register import Appends
from benchmarks.rounds import Round
from benchmarks.storage import Kept
from benchmarks.verifying import Verified

OURS, STOCK, AWAITING = "Share Check, whole turn", "stock Bolt, fixed view", "Bolt that awaits"
LEAN = "lean Bolt, front door"


@dataclass(frozen=True, slots=True)
class Floor:
    """Something promised: what was found, what it has to be, and whether it is."""

    name: str
    found: str
    wanted: str
    held: bool

    def __str__(self) -> str:
        """One line of the report."""
        return f"{'held  ' if self.held else 'MISSED'}  {self.name}: {self.found} ({self.wanted})"


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything that a run measured."""

    rounds: dict[str, list[Round]]
    teams: dict[str, list[Round]]
    kept: Kept
    advised: Measured
    assessed: Assessed
    lint: float
    appends: dict[str, list[Appends]]
    verified: Verified

    def in_teams(self, of: Callable[[Round], float], other: str) -> list[float]:
        """The same for Teams."""
        pairs = zip(self.teams[teams.OURS], self.teams[other], strict=True)
        return [of(ours) / of(theirs) for ours, theirs in pairs]

    def ratio(self, of: Callable[[Round], float], other: str = STOCK) -> list[float]:
        """A figure of ours divided by the other's, repetition by repetition."""
        pairs = zip(self.rounds[OURS], self.rounds[other], strict=True)
        return [of(ours) / of(theirs) for ours, theirs in pairs]


def floors(found: Findings) -> list[Floor]:
    """What is promised, with a verdict for each."""
    speed, wait = median(found.ratio(_speed)), median(found.ratio(_alone))
    lean, tail = median(found.ratio(_speed, LEAN)), median(map(_tail, found.rounds[OURS]))
    turn = median(found.in_teams(_speed, teams.STOCK))
    question, advice = found.assessed.question * 1e6, found.assessed.advice * 1e6
    return [
        Floor("requests a second against stock Bolt", f"{speed:.2f} x", ">= 2", speed >= 2),
        Floor("the same against lean Bolt", f"{lean:.2f} x", ">= 0.35", lean >= 0.35),
        Floor("p99 against the median, 16 connections", f"{tail:.1f} x", "<= 4", tail <= 4),
        Floor(
            "median at 1 connection against stock Bolt", f"1/{1 / wait:.1f}", "< 1/8", wait < 1 / 8
        ),
        Floor("Teams turn against CloudAdapter", f"{turn:.1f} x", ">= 5", turn >= 5),
        Floor("next question or verdict", f"{question:.0f} us", "< 50 us", question < 50),
        Floor("advice with counterfactuals", f"{advice:.0f} us", "< 1,000 us", advice < 1_000),
        Floor("packs lint, whole process", f"{found.lint:.2f} s", "< 2 s", found.lint < 2),
        *(_appended(engine, appends) for engine, appends in found.appends.items()),
        *_read_again(found.verified),
    ]


def _read_again(found: Verified) -> list[Floor]:
    grown = found.memory - found.small_memory
    took, checked = found.seconds, found.receipt * 1e3
    return [
        Floor(f"verify of {found.entries:,} entries", f"{took:.1f} s", "< 60 s", took < 60),
        Floor("memory it takes beyond a small one", f"{grown:.0f} MB", "< 32 MB", grown < 32),
        Floor("a receipt checked in process", f"{checked:.2f} ms", "< 10 ms", checked < 10),
    ]


def _appended(engine: str, appends: Sequence[Appends]) -> Floor:
    times = median(pair.register / pair.bare for pair in appends)
    name = f"appends on {engine} against the bare driver"
    return Floor(name, f"{times:.2f} x", ">= 0.8", times >= 0.8)


def tables(found: Findings) -> list[str]:
    """Every figure: the median of the repetitions, with the least and the most in brackets."""
    head = ("", "requests/s", "CPU a request, us", "p99, ms", "median at 1, ms")
    lines = ["Over HTTP, on one core, 16 connections and then 1:", _columns(*head)]
    lines += [_row(name, rounds) for name, rounds in found.rounds.items()]
    redis = [taken.redis_cpu * 1e6 for taken in found.rounds[OURS] if taken.redis_cpu]
    if redis:
        lines.append(f"Besides, its Redis took {median(redis):.0f} us a request on the same core.")
    for other in (STOCK, AWAITING, LEAN):
        lines.append(f"Share Check / {other}: {_ratios(found, other)}")
    lines += ["", *_in_teams(found)]
    every = (*found.rounds.values(), *found.teams.values())
    busiest = max(taken.many.busy for rounds in every for taken in rounds)
    lines.append(f"The load generator was busy for {busiest:.0%} of a core at most.")
    return [*lines, "", *_the_rest(found)]


def _in_teams(found: Findings) -> list[str]:
    lines = ["Teams, over HTTP, on one core, 16 connections and then 1:"]
    lines += [_row(name, rounds) for name, rounds in found.teams.items()]
    speeds = found.in_teams(_speed, teams.STOCK)
    waits = found.in_teams(_alone, teams.STOCK)
    against = f"requests/s {_spread(speeds, 1)} x, median at 1 connection {_spread(waits, 3)} x"
    return [*lines, f"Share Check in Teams / CloudAdapter: {against}"]


def _the_rest(found: Findings) -> list[str]:
    assessed, kept, advised = found.assessed, found.kept, found.advised
    checks = advised.per_second / (len(ANSWERS) + 1)
    return [
        "Whole checks, their advice recorded and sent as a direct message, 16 connections:",
        f"  {checks:,.0f} checks/s, p99 of a turn {advised.latency(0.99) * 1e3:.1f} ms",
        "Redis:",
        f"  {kept.commands_a_turn:.2f} round trips a turn",
        f"  {kept.session:,} bytes for a whole check's session, {kept.desk:,} for its desk",
        "In process, without input or output:",
        f"  next question {assessed.question * 1e6:.0f} us at most",
        f"  advice with counterfactuals {assessed.advice * 1e6:.0f} us",
        f"  packs lint, the whole process, {found.lint:.2f} s",
        "Register, 16 writers, beside one bare loop of insert and commit on the same engine:",
        *(line for engine in found.appends.items() for line in _engine(*engine)),
    ]


def _engine(engine: str, appends: Sequence[Appends]) -> list[str]:
    register, bare = [pair.register for pair in appends], [pair.bare for pair in appends]
    times = [pair.register / pair.bare for pair in appends]
    lines = [
        f"  {engine}: {_spread(register)} entries/s, {_spread(bare)} rows/s, {_spread(times, 2)} x"
    ]
    crowd = [(pair.register, pair.crowd) for pair in appends if pair.crowd]
    if crowd:
        rows = _spread([theirs for _, theirs in crowd])
        against = _spread([ours / theirs for ours, theirs in crowd], 2)
        lines.append(f"    16 bare connections at once: {rows} rows/s, {against} x")
    return lines


def _row(name: str, rounds: Sequence[Round]) -> str:
    cpu = [taken.cpu * 1e6 for taken in rounds if taken.cpu is not None]
    speeds = _spread([_speed(taken) for taken in rounds])
    slowest = _spread([taken.many.latency(0.99) * 1e3 for taken in rounds], 1)
    alone = _spread([_alone(taken) * 1e3 for taken in rounds], 2)
    return _columns(name, speeds, _spread(cpu) if cpu else "-", slowest, alone)


def _columns(name: str, *figures: str) -> str:
    return " ".join([f"{name:24}", *(f"{figure:>21}" for figure in figures)])


def _ratios(found: Findings, other: str) -> str:
    speeds, waits = found.ratio(_speed, other), found.ratio(_alone, other)
    return f"requests/s {_spread(speeds, 2)} x, median at 1 connection {_spread(waits, 3)} x"


def _spread(values: Sequence[float], digits: int = 0) -> str:
    least, most = min(values), max(values)
    return f"{median(values):,.{digits}f} ({least:,.{digits}f}-{most:,.{digits}f})"


def _speed(taken: Round) -> float:
    return taken.many.per_second


def _tail(taken: Round) -> float:
    """The 99th percentile as a multiple of the median, at 16 connections."""
    return taken.many.latency(0.99) / taken.many.latency(0.5)


def _alone(taken: Round) -> float:
    return taken.median_alone
