"""What a check costs Redis: round trips a turn, and bytes at the end of the questions."""

from __future__ import annotations

from dataclasses import dataclass

from redis import Redis

from benchmarks.load import run
from benchmarks.practitioners import ANSWERS, Checks, Screens
from benchmarks.rounds import Waiting

DONE = "share-check-benchmark-done"


@dataclass(frozen=True, slots=True)
class Kept:
    """Commands that reached Redis in one turn, and what one whole check keeps there, in bytes."""

    commands_a_turn: float
    session: int
    desk: int


def kept(room: Waiting, screens: Screens) -> Kept:
    """Follow one check through MONITOR, then look at what it left.

    INFO commandstats counts the calls that a script makes inside Redis as well, and those cost
    no round trip; MONITOR marks them. Ours name a key, and every key has an owner in braces.
    """
    redis, port = room.bot.redis, room.bot.port
    first, second = room.begin(2)
    # The first teaches Redis the script and opens the connections.
    run(port, [Checks(room.signer, screens, iter([first]))])
    redis.flushdb()
    with redis.monitor() as watching:  # type: ignore[no-untyped-call]
        run(port, [Checks(room.signer, screens, iter([second]))])
        redis.echo(DONE)
        commands = 0
        for seen in watching.listen():
            if DONE in seen["command"]:
                break
            commands += seen["client_type"] != "lua" and "{" in seen["command"]
    return Kept(commands / len(ANSWERS), _bytes(redis, "check:*"), _bytes(redis, "desk:*"))


def _bytes(redis: Redis, pattern: str) -> int:
    """What the one key of this kind takes, with its name and Redis's own overhead."""
    [key] = redis.keys(pattern)
    return redis.memory_usage(key) or 0
