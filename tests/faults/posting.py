"""Rows of the outbox on their way to a Slack that loses replies, refuses, and asks to wait."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bot.notices import held, notice_of
from bot.outbox import Outbox, Post, Row
from tests.bot.surfaces.slack.rows import BODY
from tests.bot.surfaces.slack.stage import Stage, set_up
from tests.bot.test_outbox import Clock
from tests.fakes.slack import FakeSlack, Fault, Person

CHANNELS = 40
METHODS = ("chat.postMessage", "chat.postMessage", "conversations.history")
FAULTS = (Fault.LOSE_REPLY, Fault.DROP, Fault.SERVER_ERROR, Fault.RATE_LIMITED, Fault.REFUSE)
MOST_ROUNDS = 400


@dataclass
class Posting:
    """An outbox whose clock a test moves, before a Slack that a test spoils."""

    slack: FakeSlack
    outbox: Outbox
    stage: Stage
    clock: Clock
    owner: Person
    posts: list[Post] = field(default_factory=list)

    async def post(self, number: int) -> None:
        """So many summaries, to several channels in turn."""
        new = [self._summary(len(self.posts) + place) for place in range(number)]
        await self.stage.parts.register.post(new)
        self.posts += new

    def _summary(self, number: int) -> Post:
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

    async def come_to_rest(self, dice: random.Random | None = None) -> None:
        """Let the outbox work, and time go by, until every row is out or waits for a person."""
        for _ in range(MOST_ROUNDS):
            rows = await self.outbox.list()
            left = sum(row.state != "sent" and not held(row) for row in rows)
            if not left:
                return
            if dice:
                self.spoil(dice, left)
            await self.outbox.drain()
            self.pass_by(5.0)
        raise TimeoutError("The outbox did not come to rest.")

    def spoil(self, dice: random.Random, left: int) -> None:
        """Whatever Slack may do next, to up to two thirds of the calls that are to come."""
        self.slack.heal()
        for method in METHODS:
            times = dice.randint(0, 1 + left // 3)
            if times:
                self.slack.fail(method, dice.choice(FAULTS), times=times, seconds=1)

    def pass_by(self, seconds: float) -> None:
        """Move both clocks."""
        self.clock.time += seconds
        self.slack.clock.advance(seconds)

    async def standing(self) -> tuple[list[str], list[str], list[Row]]:
        """Rows whose message is there twice, those that are missing unflagged, the flagged."""
        found: Counter[str] = Counter()
        for channel in self.slack.workspace.channels.values():
            for message in channel.messages:
                if message.metadata:
                    found[message.metadata["event_payload"]["outbox_id"]] += 1
        rows = await self.outbox.list()
        twice = [name for name, times in found.items() if times > 1]
        missing = [row.id for row in rows if row.state == "sent" and not found[row.id]]
        return twice, missing, [row for row in rows if held(row)]


@asynccontextmanager
async def posting(redis_url: str, folder: Path) -> AsyncIterator[Posting]:
    """A stage whose workspace names no channel, so that each row names its own."""
    async with set_up(redis_url, folder, summary_channel=None) as stage:
        slack, clock = stage.slack, Clock()
        for number in range(CHANNELS):
            slack.add_channel(f"C0POSTS{number}", f"posts-{number}")
        register = stage.parts.register
        outbox = Outbox(
            register.database,
            register.keyring,
            stage.parts.senders,
            posted=register.posted,
            now=clock,
            notice=notice_of,
        )
        yield Posting(slack, outbox, stage, clock, Person(slack, "U0OWNER"))
