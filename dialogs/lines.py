"""Lines that say the same wherever a view is drawn: whom to call, and why there is no check."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import assert_never

from dialogs.views import ExpiredView, NotYoursView, TryAgainView
from policies.model import Contact

CHECK_NUMBER = "Check this number before you rely on it."
EMERGENCY = "In an emergency call 999."
WHY_CLOSED = {
    "expired": (
        "This check is not kept any more",
        "Unfinished checks are kept for a short time. What was recorded stays recorded.",
    ),
    "deleted": (
        "This check is deleted",
        "Advice and decisions already recorded stay recorded.",
    ),
    "pack_changed": (
        "This check cannot go on",
        "The policy that it was begun under is no longer here.",
    ),
}
NOT_YOURS = ("This check is somebody else's", "You can start your own.")
TRY_LATER = (
    "Something we need does not answer just now",
    "Nothing is lost. Try again in a moment.",
)


def closed(view: ExpiredView | NotYoursView | TryAgainView) -> tuple[str, str]:
    """Why there is no check to show: a heading, and what more there is to say."""
    match view:
        case ExpiredView():
            return WHY_CLOSED[view.why]
        case NotYoursView():
            return NOT_YOURS
        case TryAgainView():
            return TRY_LATER
        case _:
            assert_never(view)


def emergency_words(contact: Contact | None) -> str:
    """The words that every screen carries."""
    if contact is None or not contact.number:
        return EMERGENCY
    return f"In an emergency call {contact.number}."


def contact_line(contact: Contact, today: date) -> str:
    """Whom to call, at which number, and whether the number is fresh enough to rely on."""
    called = f"{contact.name}: {contact.number}." if contact.number else f"{contact.name}."
    hours = f"{contact.hours}." if contact.hours else ""
    stale = CHECK_NUMBER if contact.is_doubtful(today) else ""
    return " ".join(part for part in (called, hours, contact.note, stale) if part)


def numbered(lines: Iterable[str]) -> list[str]:
    """The lines with their numbers."""
    return [f"{number}. {line}" for number, line in enumerate(lines, start=1)]


def bulleted(lines: Iterable[str]) -> list[str]:
    """The lines with a mark in front of each."""
    return [f"• {line}" for line in lines]
