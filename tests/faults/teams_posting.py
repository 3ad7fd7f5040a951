"""Rows of the outbox on their way to a Teams that loses replies, fails, and asks to wait.

A bot cannot look into a channel of Teams, so that a message whose reply was lost is left to a
person at once: here a flag is the promise, and a second post the breach.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.outbox import Outbox, Post
from bot.outbox.notices import notice_of
from tests.bot.outbox.channels import Clock
from tests.bot.surfaces.teams.rows import BODY
from tests.bot.surfaces.teams.stage import TEAM, Stage, set_up
from tests.fakes.teams import FakeTeams, Fault
from tests.fakes.teams.server import TENANT
from tests.faults.resting import Resting

NOT_DONE, MAYBE = (412, 429, 429), (408, 500, 502, 503, 504)
"""What Teams answers when it has certainly done nothing, and when it may have."""
FAULTS = (
    *((Fault.LOSE_REPLY, 500), (Fault.DROP, 500)),
    *((Fault.STATUS, status) for status in (*NOT_DONE, *MAYBE)),
    *((Fault.STATUS_BUT_DONE, status) for status in MAYBE),
)


@dataclass(kw_only=True)
class TeamsPosting(Resting):
    """Summaries to the team's channel, one after another."""

    teams: FakeTeams
    stage: Stage

    def summary(self, number: int) -> Post:
        return Post(
            check=f"made-up-{number}",
            purpose="summary",
            surface="teams",
            tenant=TENANT,
            channel=TEAM,
            body={**BODY, "reference": f"SC-{number:08}"},
            at=datetime.now(UTC).date(),
        )

    def spoil(self, dice: random.Random, left: int) -> None:
        """Half of the next posts, each in a way of its own."""
        self.teams.heal()
        for _ in range(left // 2):
            fault, status = dice.choice(FAULTS)
            self.teams.fail("post", fault, status=status, seconds=1)

    def messages(self) -> Counter[str]:
        ids = {str(post.body["reference"]): post.id for post in self.posts}
        standing = (m.words.splitlines() for m in self.teams.conversations[TEAM].messages)
        return Counter(ids[words[1].removeprefix("Reference: ")] for words in standing)


@asynccontextmanager
async def teams_posting(redis_url: str, folder: Path) -> AsyncIterator[TeamsPosting]:
    """A stage on which somebody has written, so that it is known where Teams is."""
    async with set_up(redis_url, folder) as stage:
        await stage.person().say("help")
        clock, register = Clock(), stage.parts.register
        outbox = Outbox(
            register.database,
            register.keyring,
            stage.parts.senders,
            posted=register.posted,
            now=clock,
            notice=notice_of,
        )
        yield TeamsPosting(register, outbox, clock, teams=stage.teams, stage=stage)
