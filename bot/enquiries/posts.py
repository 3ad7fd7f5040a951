"""What an enquiry puts into the outbox: rows of ids, drawn when they are sent."""

from __future__ import annotations

import hashlib
from datetime import date

from bot.enquiries.store import Kept, Line
from bot.register.posts import Post

CARD, NOTICE, REMINDER = "enquiry", "enquiry_notice", "enquiry_reminder"


def card(kept: Kept, line: Line, channel: str | None, place: int, day: date) -> Post:
    """One of the asker's messages, for the advisers' channel."""
    return Post(
        check=kept.id,
        purpose=CARD,
        surface=kept.surface,
        tenant=kept.tenant,
        channel=channel,
        body={"enquiry": kept.id, "place": place},
        at=day,
        id=hashlib.sha256(f"enquiry-card/{line.id}".encode()).hexdigest()[:32],
    )


def redrawn(kept: Kept, row: str, channel: str | None, place: int, day: date) -> Post:
    """The same message, as the enquiry stands now."""
    return Post(
        check=kept.id,
        purpose=CARD,
        surface=kept.surface,
        tenant=kept.tenant,
        channel=channel,
        body={"enquiry": kept.id, "place": place},
        at=day,
        edits=row,
    )


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
    return Post(
        check=kept.id,
        purpose=REMINDER,
        surface=kept.surface,
        tenant=kept.tenant,
        channel=channel,
        body={"enquiry": kept.id},
        at=day,
    )
