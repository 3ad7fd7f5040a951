"""Faults on demand, as many as you like, with the number of trials printed beside each zero.

`python -m tests.faults --cycles 2000` runs everything; `--only kill` (or `stop`, `writers`,
`commits`, `restarts`, `posts`, `teams`, `tampering`) runs one kind, `--database` chooses where
the register stands while the bot is killed or stopped. A seed makes the dice fall the same way
again, though never the processes. Exit 1: a promise broke.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import structlog

from bot.embedded import Embedded
from tests.bot.server import run
from tests.fakes.slack import Fault
from tests.faults.nursery import SERVER, nursery
from tests.faults.posting import posting
from tests.faults.resting import Resting
from tests.faults.soak import soaking
from tests.faults.tampering import Tamperer
from tests.faults.teams_posting import teams_posting
from tests.faults.telling import folder, told
from tests.faults.writing import DATABASES, commits, restarts, writers

KINDS = ("kill", "stop", "writers", "commits", "restarts", "posts", "teams", "tampering")
GROUP, FEW = 100, 10
"""Rows that go out at one time: to many channels, and to one."""


async def kill(database: str, cycles: int, seed: int, *, gently: bool = False) -> bool:
    """Kill the bot under load, or stop it with SIGTERM."""
    how = "stopped (SIGTERM)" if gently else "killed (SIGKILL)"
    heading = f"The bot is {how} under load, its register on {database}"
    with told(heading), folder() as place, nursery(SERVER) as source:
        async with soaking(place, database, seed) as soak:
            soak.nursery = source
            found = await soak.run(cycles, gently=gently)
            verified = run(place, "register", "verify", **soak.settings)
            crowd = soak.crowd
        for line in found.lines():
            print(f"  {line}")
        print(f"  presses: {crowd.presses:,}; had to be repeated: {crowd.pressed_again:,}")
        print(f"  checks that their practitioner gave up: {crowd.abandoned}")
        print(f"  register verify: {(verified.stdout or verified.stderr).strip()}")
    print(*found.wrong[:50], sep="\n", file=sys.stderr)
    return not found.wrong and verified.returncode == 0


def quietly() -> None:
    """Say nothing about each row: there are thousands."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))


async def posts(cycles: int, seed: int) -> bool:
    """Send rows to a Slack that loses replies, and to one that does whatever else it may do."""
    quietly()
    with told("Slack accepts every post once and loses the reply"):
        lost = await _posted(cycles, None)
    with told("Slack loses replies, fails before and after, refuses, and asks to wait"):
        return await _posted(cycles, random.Random(seed)) and lost


async def _posted(cycles: int, dice: random.Random | None) -> bool:
    async with _redis() as (url, files), posting(url, files) as place:
        for _ in range(0, cycles, GROUP):
            await place.post(GROUP)
            if dice is None:
                place.slack.fail("chat.postMessage", Fault.LOSE_REPLY, times=GROUP)
            await place.come_to_rest(dice)
        calls = place.slack.called("chat.postMessage")
        spoilt = sum(call.error is not None for call in calls)
        print(f"  posts asked of Slack: {len(calls):,}; failed before the post: {spoilt:,}")
        return await _rested(place)


async def teams(cycles: int, seed: int) -> bool:
    """The same with a Teams that fails half of the posts."""
    quietly()
    dice = random.Random(seed)
    with told("Teams loses replies, fails before and after, and asks to wait"):
        async with _redis() as (url, files), teams_posting(url, files) as place:
            for _ in range(0, cycles, FEW):
                await place.post(FEW)
                await place.come_to_rest(dice)
            calls = place.teams.called("post")
            spoilt = sum(call.status not in (200, 201) for call in calls)
            print(f"  posts asked of Teams: {len(calls):,}; spoilt: {spoilt:,}")
            return await _rested(place)


async def _rested(place: Resting) -> bool:
    twice, missing, flagged = await place.standing()
    number = len(place.posts)
    print(f"  messages that are there twice: {len(twice)} of {number:,}")
    print(f"  messages missing without a flag: {len(missing)} of {number:,}")
    print(f"  rows left to a person: {len(flagged)} of {number:,}")
    return not twice and not missing


@asynccontextmanager
async def _redis() -> AsyncIterator[tuple[str, Path]]:
    with folder() as place:
        (place / "redis").mkdir()
        async with await Embedded.start(place / "redis") as server:
            yield server.url, place


async def tampering(cycles: int, seed: int) -> bool:
    """Alter a register in every way, verify it, and check forged receipts, ten to each."""
    with told("The register is altered behind its back"), folder() as place:
        tamperer = Tamperer(place, random.Random(seed))
        await tamperer.prepare()
        for _ in range(cycles):
            await tamperer.trial()
            await tamperer.honest()
            for _ in range(10):
                tamperer.receipt()
        for line in tamperer.tried.lines():
            print(f"  {line}")
        print(f"  honest registers blamed: {tamperer.tried.blamed} of {cycles:,}")
    return tamperer.tried.well


async def _all(asked: argparse.Namespace) -> bool:
    kinds = (asked.only,) if asked.only else KINDS
    databases = (asked.database,) if asked.database else DATABASES
    well = []
    if "kill" in kinds:
        well += [await kill(database, asked.cycles, asked.seed) for database in databases]
    if "stop" in kinds:
        well += [await kill(d, asked.cycles, asked.seed, gently=True) for d in databases]
    if "writers" in kinds:
        well += [await writers(database, asked.cycles, asked.seed) for database in databases]
    if "commits" in kinds:
        well.append(await commits(asked.cycles))
    if "restarts" in kinds:
        well.append(await restarts(asked.cycles, asked.seed))
    if "posts" in kinds:
        well.append(await posts(asked.cycles, asked.seed))
    if "teams" in kinds:
        well.append(await teams(asked.cycles, asked.seed))
    if "tampering" in kinds:
        well.append(await tampering(asked.cycles, asked.seed))
    return all(well)


def main() -> None:
    """Read the arguments and run."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--cycles", type=int, default=20)
    parser.add_argument("--only", choices=KINDS)
    parser.add_argument("--database", choices=DATABASES)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    asked = parser.parse_args()
    print(f"{asked.cycles:,} cycles each, seed {asked.seed}")
    sys.exit(0 if asyncio.run(_all(asked)) else 1)


if __name__ == "__main__":
    main()
