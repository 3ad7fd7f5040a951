"""Rows of the outbox on their way to a Slack that loses replies, refuses, and asks to wait."""

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
from tests.bot.surfaces.slack.rows import BODY
from tests.bot.surfaces.slack.stage import Stage, set_up
from tests.fakes.slack import FakeSlack, Fault, Person
from tests.faults.resting import Resting

CHANNELS = 40
METHODS = ("chat.postMessage", "chat.postMessage", "conversations.history")
FAULTS = (Fault.LOSE_REPLY, Fault.DROP, Fault.SERVER_ERROR, Fault.RATE_LIMITED, Fault.REFUSE)


@dataclass(kw_only=True)
class Posting(Resting):
    """Summaries to many channels in turn, before a Slack that a test spoils."""

    slack: FakeSlack
    stage: Stage
    owner: Person

    def summary(self, number: int) -> Post:
        return Post(
            check=f"made-up-{number}",
            purpose="summary",
            surface="slack",
            tenant=self.slack.workspace.identity.team_id,
            channel=f"C0POSTS{number % CHANNELS}",
            body={**BODY, "reference": f"SC-{number:08}"},
            at=datetime.now(UTC).date(),
            owner=self.owner.id,
        )

    def spoil(self, dice: random.Random, left: int) -> None:
        """Up to two thirds of the posts, and some of the looks."""
        self.slack.heal()
        for method in METHODS:
            times = dice.randint(0, 1 + left // 3)
            if times:
                self.slack.fail(method, dice.choice(FAULTS), times=times, seconds=1)

    def pass_by(self, seconds: float) -> None:
        super().pass_by(seconds)
        self.slack.clock.advance(seconds)

    def messages(self) -> Counter[str]:
        standing = (m for c in self.slack.workspace.channels.values() for m in c.messages)
        return Counter(m.metadata["event_payload"]["outbox_id"] for m in standing if m.metadata)


@asynccontextmanager
async def posting(redis_url: str, folder: Path) -> AsyncIterator[Posting]:
    """A stage whose workspace names no channel, so that each row names its own."""
    async with set_up(redis_url, folder, summary_channel=None) as stage:
        clock, register = Clock(), stage.parts.register
        for number in range(CHANNELS):
            stage.slack.add_channel(f"C0POSTS{number}", f"posts-{number}")
        outbox = Outbox(
            register.database,
            register.keyring,
            stage.parts.senders,
            posted=register.posted,
            now=clock,
            notice=notice_of,
        )
        owner = Person(stage.slack, "U0OWNER")
        yield Posting(register, outbox, clock, slack=stage.slack, stage=stage, owner=owner)
