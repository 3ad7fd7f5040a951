"""Draws the rows of the outbox that speak of enquiries, when they are sent; and finds to whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.enquiries.opening import Opener
from bot.enquiries.posts import CARD, NOTICE, REMINDER
from bot.outbox.sending import Address, Drawing
from bot.register.deliveries import Row
from dialogs.enquiry import adviser, asker
from dialogs.enquiry.states import Status
from dialogs.enquiry.words import read_words
from dialogs.pages import PageView
from policies.model import Contact


@dataclass(frozen=True, slots=True)
class Cards:
    """What the rows say."""

    opener: Opener
    emergency: Callable[[], Contact]

    @property
    def drawings(self) -> dict[str, Drawing]:
        """By purpose."""
        return {CARD: self.card, NOTICE: self.notice, REMINDER: self.reminder}

    @property
    def addresses(self) -> dict[str, Address]:
        """Whom a row is for, where the row itself does not say."""
        return {NOTICE: self.address}

    async def card(self, row: Row) -> PageView | None:
        """A message of an asker, for advisers."""
        kept = await self.opener.store.by_id(str(row.body["enquiry"]))
        if kept is None:
            return None
        enquiry = await self.opener.for_advisers(kept)
        place = int(str(row.body["place"]))
        return adviser.card(read_words(), self.emergency(), enquiry, place)

    async def reminder(self, row: Row) -> PageView | None:
        """That nobody has taken a question up, or answered it; None once somebody has."""
        kept = await self.opener.store.by_id(str(row.body["enquiry"]))
        if kept is None or kept.status in (Status.ANSWERED, Status.CLOSED):
            return None
        enquiry = await self.opener.for_advisers(kept)
        return adviser.reminder(read_words(), self.emergency(), enquiry)

    async def notice(self, row: Row) -> PageView | None:
        """That there is something new for the asker; None once who asked is forgotten."""
        kept = await self.opener.store.by_id(str(row.body["enquiry"]))
        route = await self.opener.route(kept) if kept else None
        return asker.notice(read_words(), self.emergency(), route.token) if route else None

    async def address(self, row: Row) -> str | None:
        """Where the asker is reached; None once that is forgotten."""
        kept = await self.opener.store.by_id(str(row.body["enquiry"]))
        route = await self.opener.route(kept) if kept else None
        return route.address if route else None
