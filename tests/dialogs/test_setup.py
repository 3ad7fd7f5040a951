"""What a workspace may choose, as a form."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from dialogs import setup
from dialogs.pages import FormView
from dialogs.setup import Offered
from policies.library import Library
from policies.model import Contact

LIBRARY = Library.read()
DAY = date(2026, 11, 22)
OFFERED = Offered(tuple(LIBRARY.find(pack, DAY).pack for pack in ("england-2024", "croydon-2008")))
EMERGENCY = Contact(role="emergency", name="Emergency services", number="999")
LEAD = Contact(
    role="safeguarding_lead", name="Duty desk", number="07700 900123", checked_on=date(2026, 11, 1)
)
VALUES: dict[str, Any] = {
    "pack": "england-2024",
    "summary_channel": "C0TEAM",
    "adviser_channel": None,
    "organisation": "voluntary",
    "identity": "named",
    "retention_days": 90,
    "reminders": False,
    "enquiry_floor": 20,
    "duty_number": "",
    "contacts": (LEAD,),
}
LEAST = {"pack": ("england-2024",), "identity": ("pseudonym",), "reminders": ("yes",)}


def read(**more: str) -> tuple[dict[str, Any], dict[str, str]]:
    return setup.read(OFFERED, {**LEAST, **{name: (value,) for name, value in more.items()}})


def test_the_form_shows_what_holds_and_reads_back_the_same() -> None:
    held = setup.filled_in(VALUES)

    values, errors = setup.read(OFFERED, held)

    assert errors == {}
    lead = {**LEAD.model_dump(mode="json", include=set(values["contacts"][0]))}
    assert values == {
        **{name: value for name, value in VALUES.items() if value not in (None, "")},
        "contacts": [lead],
    }
    assert held["contacts"] == ("safeguarding_lead; Duty desk; 07700 900123; ; 2026-11-01",)


def test_what_is_left_empty_is_not_chosen() -> None:
    values, errors = read()

    assert errors == {}
    assert values == {
        "pack": "england-2024",
        "identity": "pseudonym",
        "reminders": True,
        "contacts": [],
    }


def test_words_may_be_kept_for_good() -> None:
    assert setup.filled_in({**VALUES, "retention_days": None})["retention_days"] == ("for_good",)
    assert read(retention_days="for_good")[0]["retention_days"] is None


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("enquiry_floor", "many", "Enter a number"),
        ("enquiry_floor", "-1", "Enter a number"),
        ("pack", "made-up", "Choose from the list."),
        ("contacts", "Duty desk", "Line 1: write role; name; number"),
        ("contacts", "lead", "Line 1: write role; name; number"),
        ("contacts", "lead; ; 123", "Line 1: write role; name; number"),
        ("contacts", "lead; a; b; c; 2026-11-01; more", "Line 1: write role; name; number"),
        ("contacts", "\n\nlead; a; b; c; tomorrow", "Line 1: write the day"),
        ("contacts", "lead; a\n" * 21, "at most 20 contacts"),
    ],
)
def test_a_mistake_is_told_at_its_field(field: str, typed: str, said: str) -> None:
    _, errors = read(**{field: typed})

    assert list(errors) == [field]
    assert said in errors[field]


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"words_approved_by": "Safeguarding lead"}, "words_approved_on"),
        ({"words_approved_on": "2026-11-25"}, "words_approved_by"),
    ],
)
def test_an_approval_has_a_role_and_a_day(given: dict[str, str], missing: str) -> None:
    _, errors = read(**given)

    assert set(errors) == {missing}


def test_a_floor_is_a_number() -> None:
    assert read(enquiry_floor="8")[0]["enquiry_floor"] == 8


def test_the_form_offers_the_packs_and_the_kinds_of_organisation() -> None:
    view = setup.form(OFFERED, {})
    fields = {field.id: field for field in view.fields}

    assert isinstance(view, FormView)
    assert [value for value, _ in fields["pack"].options] == ["england-2024", "croydon-2008"]
    kinds = [value for value, _ in fields["organisation"].options]
    assert kinds == ["public_authority", "voluntary", "private"]
    assert (view.room, view.verb) == ("setup", "save")


def test_where_no_pack_asks_for_a_kind_of_organisation_none_is_chosen() -> None:
    croydon = Offered(OFFERED.packs[1:])

    assert "organisation" not in {field.id for field in setup.fields(croydon)}


@pytest.mark.parametrize("changed", ["Last changed on 2026-11-22.", ""])
def test_the_page_says_what_holds_in_words(changed: str) -> None:
    held: Mapping[str, tuple[str, ...]] = setup.filled_in(VALUES)

    page = setup.page(OFFERED, held, ("Saved.",), changed, EMERGENCY)
    [told, holds] = page.sections

    assert told.lines == ("Saved.", changed or "Nobody has changed it yet.")
    assert "Does the register hold who asked? Yes: the name that they have here" in holds.bullets
    assert "Where do questions to advisers go? not chosen" in holds.bullets
    assert "Out-of-hours duty number: not chosen" in holds.bullets


def test_who_does_not_administer_the_workspace_is_told_who_can() -> None:
    page = setup.refused(EMERGENCY)

    assert "Only people who administer" in page.sections[0].lines[0]
    assert page.ways == ()


def test_what_has_to_be_chosen_is_asked_for() -> None:
    _, errors = setup.read(OFFERED, {})

    assert list(errors) == ["pack", "identity", "reminders"]


def test_a_contact_needs_a_role_and_a_name_only() -> None:
    values, errors = read(contacts="lead; Duty desk\n")

    assert errors == {}
    [contact] = values["contacts"]
    assert contact == {
        "role": "lead",
        "name": "Duty desk",
        "number": "",
        "hours": "",
        "checked_on": None,
    }
