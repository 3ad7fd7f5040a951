"""An organisation's own contacts as people type them: one to a line, its parts with semicolons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from policies.model import Contact

ROLE = re.compile(r"[a-z][a-z0-9_]{0,39}")
MOST_CONTACTS = 20
HOW = (
    "One to a line: role; name; number; hours; day on which the number was checked. For example: "
    "safeguarding_lead; Duty desk; 07700 900123; Mon to Fri 9 to 5; 2026-11-01"
)


class Unread(ValueError):
    """A line of the contacts is not one; the text says what is wrong with it."""


def read(text: str) -> Iterator[dict[str, Any]]:
    """The contacts of these lines; raises `Unread`."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_CONTACTS:
        raise Unread(f"Enter at most {MOST_CONTACTS} contacts.")
    for number, line in enumerate(lines, 1):
        parts = [part.strip() for part in line.split(";")]
        role, name, phone, hours, checked, *rest = [*parts, "", "", "", ""]
        if not name or any(rest) or ROLE.fullmatch(role) is None:
            raise Unread(f"Line {number}: write role; name; number, with semicolons between them.")
        yield {
            "role": role,
            "name": name,
            "number": phone,
            "hours": hours,
            "checked_on": _day(number, checked),
        }


def _day(number: int, written: str) -> str | None:
    if not written:
        return None
    try:
        return date.fromisoformat(written).isoformat()
    except ValueError:
        raise Unread(f"Line {number}: write the day as 2026-11-01.") from None


def line(contact: Contact) -> str:
    """One contact as it is typed."""
    checked = contact.checked_on.isoformat() if contact.checked_on else ""
    parts = (contact.role, contact.name, contact.number, contact.hours, checked)
    return "; ".join(parts).rstrip("; ")
