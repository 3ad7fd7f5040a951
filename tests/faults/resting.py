"""Rows of an outbox whose clock a test moves, until each is out or waits for a person."""

from __future__ import annotations

import random
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field

from bot.outbox import Outbox, Post, Row
from bot.outbox.notices import held
from bot.register.database import RegisterUnavailable
from bot.register.store import Register
from tests.bot.outbox.channels import Clock

MOST_ROUNDS = 400


@dataclass
class Resting:
    """What is the same on every surface; each makes its own rows, faults and counts."""

    register: Register
    outbox: Outbox
    clock: Clock
    posts: list[Post] = field(default_factory=list)

    def summary(self, number: int) -> Post:
        """One row to send."""
        raise NotImplementedError

    def spoil(self, dice: random.Random, left: int) -> None:
        """Whatever the platform may do next, to some of the calls that are to come."""
        raise NotImplementedError

    def messages(self) -> Counter[str]:
        """How often the message of each row stands in its channel, by the row's id."""
        raise NotImplementedError

    async def post(self, number: int) -> None:
        """So many summaries."""
        new = [self.summary(len(self.posts) + place) for place in range(number)]
        await self.register.post(new)
        self.posts += new

    async def come_to_rest(self, dice: random.Random | None = None) -> None:
        """Let the outbox work, and time go by, until every row is out or waits for a person."""
        for _ in range(MOST_ROUNDS):
            rows = await self.outbox.list()
            left = sum(row.state != "sent" and not held(row) for row in rows)
            if not left:
                return
            if dice:
                self.spoil(dice, left)
            # On a machine that is busy the register may be late; the next round goes on.
            with suppress(RegisterUnavailable):
                await self.outbox.drain()
            self.pass_by(5.0)
        raise TimeoutError("The outbox did not come to rest.")

    def pass_by(self, seconds: float) -> None:
        """Let time go by."""
        self.clock.time += seconds

    async def standing(self) -> tuple[list[str], list[str], list[Row]]:
        """Rows whose message is there twice, those that are missing unflagged, the flagged."""
        found, rows = self.messages(), await self.outbox.list()
        twice = [name for name, times in found.items() if times > 1]
        missing = [
            row.id
            for row in rows
            if row.state == "sent" and row.purpose == "summary" and not found[row.id]
        ]
        return twice, missing, [row for row in rows if held(row)]
