"""What an enquiry puts into the outbox: rows of ids, drawn when they are sent."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date

from bot.enquiries.store import Kept, Line
from bot.register.posts import Post

CARD, NOTICE, REMINDER = "enquiry", "enquiry_notice", "enquiry_reminder"


def card(kept: Kept, line: Line, channel: str | None, place: int, day: date) -> Post:
    """One of the asker's messages, for the advisers' channel."""
    name = hashlib.sha256(f"enquiry-card/{line.id}".encode()).hexdigest()[:32]
    return replace(_for_advisers(kept, CARD, channel, day, place=place), id=name)


def redrawn(kept: Kept, row: str, channel: str | None, place: int, day: date) -> Post:
    """The same message, as the enquiry stands now."""
    return replace(_for_advisers(kept, CARD, channel, day, place=place), edits=row)


def notice(kept: Kept, surface: str, tenant: str, day: date) -> Post:
    """That there is something new for the asker; whom that is stands in the sealed route alone."""
    return Post(
        check=kept.id,
        purpose=NOTICE,
        surface=surface,
        tenant=tenant,
        channel=None,
        body={"enquiry": kept.id},
        at=day,
    )


def reminder(kept: Kept, channel: str | None, day: date) -> Post:
    """That nobody has taken it up."""
    return _for_advisers(kept, REMINDER, channel, day)


def _for_advisers(kept: Kept, purpose: str, channel: str | None, day: date, **more: int) -> Post:
    return Post(
        check=kept.id,
        purpose=purpose,
        surface=kept.surface,
        tenant=kept.tenant,
        channel=channel,
        body={"enquiry": kept.id, **more},
        at=day,
    )
