"""The one reminder that a decision waits to be recorded."""

from datetime import date

import pytest

from dialogs import reminder
from policies.model import Contact

EMERGENCY = Contact(role="emergency", name="Emergency services", number="999")


@pytest.mark.parametrize(
    ("advised", "morning"),
    [
        ("2026-11-23", "2026-11-24"),
        ("2026-11-26", "2026-11-27"),
        ("2026-11-27", "2026-11-30"),
        ("2026-11-28", "2026-11-30"),
        ("2026-11-29", "2026-11-30"),
        ("2026-12-24", "2026-12-29"),
        ("2026-12-31", "2027-01-04"),
        ("2027-03-25", "2027-03-30"),
    ],
)
def test_it_comes_on_the_morning_of_the_next_working_day(advised: str, morning: str) -> None:
    due = reminder.due(date.fromisoformat(advised))

    assert due.isoformat() == f"{morning}T09:00:00+00:00"


def test_it_says_no_more_than_the_reference_and_leads_to_the_form() -> None:
    page = reminder.page("a" * 24, "SC-AAAA-AAAA", date(2026, 11, 23), EMERGENCY)

    assert "SC-AAAA-AAAA" in page.sections[0].lines[0]
    assert "no other reminder" in page.sections[0].lines[2]
    [way] = page.ways
    assert (way.room, way.verb, way.value) == ("desk", "decide", "a" * 24)
    assert len(page.title) <= 24
