"""What time does about enquiries: releases them together, reminds, and forgets.

Theory. Time is cut into slots. What askers do in one slot is shown to advisers at its end, all of
it in one transaction and in an order drawn for that purpose, so that neither the hour nor the
order of two cards says who was first. What is due is read from the rows, and every change says
what it expects, so that any number of processes may do it at once.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, MutableSequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import structlog

from bot.enquiries import posts
from bot.enquiries.erasing import Eraser
from bot.enquiries.schedule import Schedule
from bot.enquiries.store import EnquiryStore, Kept, Line, Moved
from bot.register.database import RegisterUnavailable
from bot.register.posts import Post
from bot.workspaces import Workspaces
from dialogs.enquiry.states import Did, Status, step
from dialogs.enquiry.words import read_words

log = structlog.get_logger(__name__)

TICK_SECONDS = 1.0
REMIND_SECONDS = (1_800, 7_200, 28_800, 86_400)
"""After how long without an answer a question is brought up again, each time.

One that somebody looks at begins with the second.
"""

ROUTE_SECONDS = 900
"""How long a closed question's route may wait for its last notice to go out."""

GONE_DAYS = 28
"""How long it is remembered that a question was destroyed, so that its asker can be told."""


def _shuffle(items: MutableSequence[Any]) -> None:
    secrets.SystemRandom().shuffle(items)


@dataclass
class Releases:
    """Does what is due; `seconds` is how long a slot lasts, 0 for none."""

    store: EnquiryStore
    schedule: Schedule
    eraser: Eraser
    workspaces: Workspaces
    posted: asyncio.Event
    now: Callable[[], datetime]
    seconds: int
    counted: Callable[[int], None] = lambda _: None
    shuffle: Callable[[MutableSequence[Any]], None] = _shuffle
    _closed: dict[str, float] = field(default_factory=dict)
    _stop: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self) -> None:
        """Do what is due, each second, until stopped."""
        while not self._stop.is_set():
            try:
                await self.tick()
            except RegisterUnavailable:
                log.warning("enquiries.stalled")
            try:
                async with asyncio.timeout(TICK_SECONDS):
                    await self._stop.wait()
            except TimeoutError:
                continue

    def stop(self) -> None:
        """Take nothing more up."""
        self._stop.set()

    async def tick(self) -> None:
        """Everything that is due now."""
        now, today = self.slot(at_once=True), self.now().date()
        long_ago = today - timedelta(days=GONE_DAYS)
        if not await self.schedule.is_anything_due(now, today, long_ago):
            return
        await self.release()
        await self._forget()
        await self._redraw()
        await self._remind()

    def slot(self, *, at_once: bool = False) -> int:
        """When what is done now may show."""
        now = int(self.now().timestamp())
        if at_once or not self.seconds:
            return now
        return (now // self.seconds + 1) * self.seconds

    def remind_at(self, times: int = 0) -> int | None:
        """When a question that nobody takes up is brought up again."""
        if times >= len(REMIND_SECONDS):
            return None
        return int(self.now().timestamp()) + REMIND_SECONDS[times]

    def wake(self) -> None:
        """Tell the outbox that there is something to send."""
        self.posted.set()

    async def at_once(self) -> None:
        """Show what waits for no slot; what cannot be shown now is shown by the next tick."""
        try:
            await self.release()
            await self._redraw()
        except RegisterUnavailable:
            log.warning("enquiries.stalled")

    async def release(self) -> int:
        """Post what is due in an order of its own; how many."""
        due = list(await self.schedule.unreleased(int(self.now().timestamp())))
        if not due:
            return 0
        self.shuffle(due)
        changes = {kept.id: self._shown(kept, line) for kept, line in due}
        posted = [post for kept, line in due for post in await self._cards(kept, line)]
        try:
            await self.schedule.release(due, changes, posted)
        except Moved:
            return 0
        self.counted(len(due))
        log.info("enquiries.released", count=len(due))
        self.wake()
        return len(due)

    async def redrawn(self, kept: Kept) -> list[Post]:
        """The rows that bring every card of an enquiry up to date."""
        day = self.now().date()
        cards = await self.eraser.cards(kept.id)
        return [posts.redrawn(kept, card.row, card.channel, card.place, day) for card in cards]

    def _shown(self, kept: Kept, line: Line) -> dict[str, Any]:
        """What becomes of an enquiry when a message of its asker is shown."""
        values: dict[str, Any] = {"remind_at": self.remind_at(), "reminded": 0}
        found = step(kept.status, Did.ASKED) if line.place else None
        if found is not None:
            values["status"] = found.status.value
            if found.status is Status.LOOKING:
                return {"status": found.status.value}
            values["claimed_by"] = None
        return values

    async def _cards(self, kept: Kept, line: Line) -> list[Post]:
        asked = [each.id for each in await self.store.lines(kept.id) if each.author == "asker"]
        channel = (await self.workspaces.of(kept.surface, kept.tenant)).adviser_channel
        new = posts.card(kept, line, channel, asked.index(line.id), self.now().date())
        return [*(await self.redrawn(kept)), new]

    async def _redraw(self) -> None:
        for kept in await self.schedule.to_redraw(int(self.now().timestamp())):
            await self._change(kept, {"redraw_at": None}, await self.redrawn(kept))

    async def _remind(self) -> None:
        for kept in await self.schedule.to_remind(int(self.now().timestamp())):
            times = kept.reminded + 1
            workspace = await self.workspaces.of(kept.surface, kept.tenant)
            open_now = read_words().hours.now(self.now())
            said = [posts.reminder(kept, workspace.adviser_channel, self.now().date())]
            if not open_now:
                # Nobody is there to be reminded: look again in a while, and count nothing.
                said, times = [], kept.reminded
            values = {"remind_at": self.remind_at(times), "reminded": times}
            await self._change(kept, values, said)

    async def _forget(self) -> None:
        today = self.now().date()
        for kept in await self.schedule.expired(today):
            await self.eraser.words(kept, self.slot(at_once=True))
        await self.eraser.rows(await self.schedule.long_gone(today - timedelta(days=GONE_DAYS)))
        for kept in await self.schedule.closed_with_route():
            since = self._closed.setdefault(kept.id, self.now().timestamp())
            waited = self.now().timestamp() - since
            if waited >= ROUTE_SECONDS or not await self.eraser.owed(kept):
                await self.eraser.route(kept)
                self._closed.pop(kept.id, None)

    async def _change(self, kept: Kept, values: dict[str, Any], said: list[Post]) -> None:
        with suppress(Moved):
            await self.store.change(kept, values, posts=said)
            self.wake()
