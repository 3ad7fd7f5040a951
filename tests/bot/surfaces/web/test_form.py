"""Which component a field is, and when the box for personal data stands there."""

import pytest

from bot.surfaces.web.form import Kept, drawn_as, kept_of, mistakes_of
from dialogs.fields import ASKED_BY, CHOICE, FIELDS, KINDS, RECEIVER, REVIEW, WORDS, Field
from dialogs.screening import fingerprint
from dialogs.views import DecisionView
from policies.model import Contact

PHONE = "Rang 07700 900123."
MARK = fingerprint(PHONE)


def view(text: str, *kept: str, **errors: str) -> DecisionView:
    emergency = Contact(role="emergency", name="Emergency services", number="999")
    return DecisionView(
        "SC-1",
        FIELDS,
        {"words": (text,), "kept": kept},
        errors,
        can_leave=True,
        emergency=emergency,
    )


@pytest.mark.parametrize(
    ("field", "drawn"),
    [
        (CHOICE, "radios"),
        (KINDS, "checkboxes"),
        (RECEIVER, "select"),
        (ASKED_BY, "select"),
        (REVIEW, "date"),
        (WORDS, "text"),
    ],
)
def test_a_field_is_drawn_by_what_it_is(field: Field, drawn: str) -> None:
    assert drawn_as(field) == drawn


@pytest.mark.parametrize(
    ("words", "kept", "box"),
    [
        (PHONE, (), Kept(MARK, ticked=False)),
        (PHONE, (MARK,), Kept(MARK, ticked=True)),
        (PHONE, (fingerprint("Other words."),), Kept(MARK, ticked=False)),
        ("She needs help at home.", (), None),
        ("", (), None),
        ("a" * 50_000, (), None),
    ],
)
def test_the_box_stands_where_it_would_settle_it(
    words: str, kept: tuple[str, ...], box: Kept | None
) -> None:
    assert kept_of(view(words, *kept)) == box


def test_mistakes_come_in_the_order_of_the_form() -> None:
    errors = {"words": "This may be personal data.", "choice": "Choose an answer."}

    assert list(mistakes_of(view("", **errors))) == [
        ("field-choice", "What have you decided? Choose an answer."),
        ("field-words", "Your reasons, in your own words: This may be personal data."),
    ]
