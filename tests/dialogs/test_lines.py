"""The lines that every surface repeats."""

from datetime import date

import pytest

from dialogs.lines import (
    CHECK_NUMBER,
    EMERGENCY,
    bulleted,
    closed,
    contact_line,
    emergency_words,
    numbered,
)
from dialogs.views import ExpiredView, NotYoursView, TryAgainView
from policies.model import Contact

TODAY = date(2026, 11, 22)


def a_contact(**more: object) -> Contact:
    return Contact.model_validate({"role": "police", "name": "Police", **more})


@pytest.mark.parametrize(
    ("checked_on", "warning"),
    [
        (date(2026, 11, 22), ""),
        (date(2026, 8, 24), ""),
        (date(2026, 8, 23), f" {CHECK_NUMBER}"),
        (None, f" {CHECK_NUMBER}"),
    ],
)
def test_a_number_not_checked_lately_says_so(checked_on: date | None, warning: str) -> None:
    line = contact_line(a_contact(number="101", checked_on=checked_on), TODAY)

    assert line == f"Police: 101.{warning}"


def test_999_is_never_doubted() -> None:
    line = contact_line(a_contact(role="emergency", number="999", lasting=True), TODAY)

    assert line == "Police: 999."


def test_a_contact_without_a_number_gives_its_note() -> None:
    line = contact_line(a_contact(hours="Any time", note="Ask for the duty team."), TODAY)

    assert line == "Police. Any time. Ask for the duty team."


@pytest.mark.parametrize("contact", [None, a_contact(note="Ask at the desk.")])
def test_without_a_number_the_emergency_line_says_999(contact: Contact | None) -> None:
    assert emergency_words(contact) == EMERGENCY
    assert emergency_words(a_contact(number="112")) == EMERGENCY.replace("999", "112")


@pytest.mark.parametrize(
    "view",
    [
        ExpiredView("expired", a_contact()),
        ExpiredView("deleted", a_contact()),
        ExpiredView("pack_changed", a_contact()),
        NotYoursView(a_contact()),
        TryAgainView(a_contact()),
    ],
)
def test_no_check_to_show_has_a_heading_and_a_reason(
    view: ExpiredView | NotYoursView | TryAgainView,
) -> None:
    heading, reason = closed(view)

    assert not heading.endswith(".")
    assert reason.endswith(".")


def test_lines_stand_under_each_other_with_a_number_or_a_mark() -> None:
    assert numbered(("Call.", "Write it down.")) == ["1. Call.", "2. Write it down."]
    assert bulleted(("Call.",)) == ["• Call."]
