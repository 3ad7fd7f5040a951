"""The one reminder that a decision waits to be recorded: when it comes, and what it says."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from dialogs.pages import PageView, Section, Way
from dialogs.working_days import next_working_day
from policies.model import Contact

MORNING = time(9, tzinfo=UTC)


def due(advised: date) -> datetime:
    """The morning of the next day on which people work in England."""
    return datetime.combine(next_working_day(advised), MORNING)


def page(check: str, reference: str, advised: date, emergency: Contact) -> PageView:
    """Says no more of the check than its reference and its day."""
    day = advised.isoformat()
    lines = (
        f"You were given advice on {day}, reference {reference}. No decision is recorded yet.",
        "Recording what you decided, and why, protects the person, and you.",
        "If it is recorded elsewhere, leave this. There will be no other reminder.",
    )
    ways = (Way("Record a decision", "desk", "decide", check, style="primary"),)
    return PageView("Record your decision", (Section(lines=lines),), ways, emergency)
