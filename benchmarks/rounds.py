"""Rounds of load against Share Check and stock Bolt, in turn, on one core each time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, islice, repeat

from benchmarks.forms import Signer, command
from benchmarks.load import Measured, Source, Unexpected, run
from benchmarks.practitioners import Begun, Checks, SameAgain, Screens
from benchmarks.servers import Bot, FakeSlack, Server

CONNECTIONS = 16


@dataclass(frozen=True, slots=True)
class Size:
    """How much is asked for: requests in one repetition, at 16 connections and at one."""

    repetitions: int
    checks: int
    checks_alone: int
    stock: int
    stock_alone: int
    assessments: int
    entries: int
    verified: int


FULL = Size(
    repetitions=7,
    checks=320,
    checks_alone=20,
    stock=2_400,
    stock_alone=120,
    assessments=2_000,
    entries=8_000,
    verified=1_000_000,
)
QUICK = Size(
    repetitions=1,
    checks=32,
    checks_alone=2,
    stock=160,
    stock_alone=16,
    assessments=100,
    entries=160,
    verified=20_000,
)


@dataclass(frozen=True, slots=True)
class Round:
    """One server in one repetition: at 16 connections, and at one."""

    many: Measured
    alone: Measured
    cpu: float | None
    redis_cpu: float | None = None

    @property
    def median_alone(self) -> float:
        """The median latency of one connection, in seconds."""
        return self.alone.latency(0.5)


@dataclass(slots=True)
class Waiting:
    """Starts checks by the real command, and hands each to a connection once."""

    bot: Bot
    slack: FakeSlack
    signer: Signer
    _numbers: Iterator[int]

    @classmethod
    def room(cls, bot: Bot, slack: FakeSlack, signer: Signer) -> Waiting:
        """Nobody waits yet; each check will have a practitioner of its own."""
        return cls(bot, slack, signer, count(1))

    def begin(self, number: int) -> list[Begun]:
        """So many checks, each with its first screen open."""
        people = [f"U{person:010}" for person in islice(self._numbers, number)]
        forms = iter([command(person) for person in people])
        run(self.bot.port, [SameAgain(self.signer, forms) for _ in range(CONNECTIONS)])
        opened = self.slack.opened()
        if len(opened) != number:
            raise Unexpected(f"{len(opened)} first screens for {number} commands")
        return [Begun.of(call["trigger_id"], call["view"]) for call in opened]


def share_check_round(room: Waiting, screens: Screens, size: Size) -> Round:
    """Checks question by question, from the first screen to the answers in review."""
    bot, signer = room.bot, room.signer

    def connections(checks: int, number: int) -> Sequence[Source]:
        begun = iter(room.begin(checks))
        return [Checks(signer, screens, begun) for _ in range(number)]

    run(bot.port, connections(CONNECTIONS, CONNECTIONS))
    sources = connections(size.checks, CONNECTIONS)
    before, redis_before = bot.cpu, bot.redis_cpu
    many = run(bot.port, sources)
    cpu, redis_cpu = used(before, bot.cpu, many), used(redis_before, bot.redis_cpu, many)
    alone = run(bot.port, connections(size.checks_alone, 1))
    return Round(many, alone, cpu, redis_cpu)


def stock_round(server: Server, signer: Signer, form: bytes, size: Size) -> Round:
    """The same submission again and again."""

    def connections(requests: int, number: int) -> Sequence[Source]:
        forms = islice(repeat(form), requests)
        return [SameAgain(signer, forms) for _ in range(number)]

    run(server.port, connections(CONNECTIONS * 10, CONNECTIONS))
    before = server.cpu
    many = run(server.port, connections(size.stock, CONNECTIONS))
    cpu = used(before, server.cpu, many)
    return Round(many, run(server.port, connections(size.stock_alone, 1)), cpu)


def with_advice(room: Waiting, checks: int) -> Measured:
    """Whole checks to their advice: each is recorded, and told in a direct message."""
    screens = Screens(confirms=True)
    begun = iter(room.begin(checks))
    return run(room.bot.port, [Checks(room.signer, screens, begun) for _ in range(CONNECTIONS)])


def used(before: float | None, after: float | None, measured: Measured) -> float | None:
    """Seconds of processor for one request."""
    return None if before is None or after is None else (after - before) / measured.requests
