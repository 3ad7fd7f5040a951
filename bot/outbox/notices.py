"""Tells the owner of a summary, once, that it does not go out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from bot.outbox import Outbox, Post, Row, State
from dialogs.notices import HELD, held_up
from dialogs.pages import PageView
from policies.model import Contact

PURPOSE = "notice"
LOOK = "See share-check outbox list."


def notice_of(row: Row, owner: str, state: State) -> Post:
    """The direct message to an owner; one row has one, however often it is held up."""
    return Post(
        check=row.check,
        purpose=PURPOSE,
        surface=row.surface,
        tenant=row.tenant,
        channel=None,
        body={"about": row.id, "state": state},
        at=row.at,
        recipient=owner,
        id=hashlib.sha256(f"{PURPOSE}/{row.id}".encode()).hexdigest()[:32],
    )


@dataclass(frozen=True, slots=True)
class Notices:
    """Puts such a message into words when it is sent."""

    outbox: Outbox
    emergency: Contact

    async def draw(self, row: Row) -> PageView | None:
        """What to say; nothing when the summary is out by now, or being sent again."""
        about = await self.outbox.one(str(row.body["about"]))
        if about is None or not held(about):
            return None
        reference = str(about.body.get("reference", ""))
        remedy = about.remedy or LOOK
        return held_up(reference, about.state, about.reason or "", remedy, self.emergency)


def held(row: Row) -> bool:
    """Whether a row waits for a person."""
    return row.state == "parked" or (row.state == "unknown" and row.next_at is None)


def held_words(rows: tuple[Row, ...]) -> str:
    """Where the newest summary of a check stands, if it waits for a person."""
    summaries = [row for row in rows if row.purpose == "summary"]
    if summaries and held(summaries[-1]):
        return HELD[summaries[-1].state]
    return ""
