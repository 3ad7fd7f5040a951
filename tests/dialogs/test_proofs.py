"""What is shown of the register: one's own checks in words, others' not at all."""

from datetime import date

import pytest

from dialogs import proofs
from dialogs.pages import FormView, PageView
from dialogs.proofs import FIND, VERIFY, Standing
from policies.limits import TITLE
from policies.model import Contact

EMERGENCY = Contact(
    role="emergency",
    name="Emergency services",
    number="999",
    hours="always",
    checked_on=date(2026, 1, 1),
)
MINE = Standing(12, "decision", 2, date(2026, 11, 22), "SC-ABCD-EFGH", "Share", "check", "12-ab")
ADVICE = Standing(11, "advice", 1, date(2026, 11, 22), "SC-ABCD-EFGH", "May share", "check")


def words(page: PageView) -> str:
    return "\n".join(
        text
        for section in page.sections
        for text in (section.heading, *section.lines, *section.bullets)
    )


def test_each_command_asks_one_question() -> None:
    for command in (FIND, VERIFY):
        form = proofs.ask(command, EMERGENCY)

        assert (form.verb, len(form.title) <= TITLE, form.emergency) == (command, True, EMERGENCY)
        assert (form.form, form.errors) == ({}, {})


def test_what_was_wrong_is_said_beside_what_was_typed() -> None:
    form = proofs.ask(FIND, EMERGENCY, given="x", wrong=proofs.NOT_ONE)

    assert isinstance(form, FormView)
    assert form.form == {"named": ("x",)}
    assert form.errors == {"named": proofs.NOT_ONE}


def test_a_check_of_ones_own_is_told_entry_by_entry() -> None:
    page = proofs.found((ADVICE, MINE), EMERGENCY)

    assert "Entry 11 of the register, advice of 22 November 2026: May share." in words(page)
    assert "Entry 12 of the register, a decision (changed, version 2) of 22 Nov" in words(page)
    assert [way.verb for way in page.sections[0].ways] == ["receipts", "resume"]


@pytest.mark.parametrize("page", [proofs.found((), EMERGENCY), proofs.receipts((), "", EMERGENCY)])
def test_a_check_of_somebody_else_is_not_there(page: PageView) -> None:
    assert "No check of yours has this reference." in words(page)
    assert len(page.sections) == 1


def test_receipts_say_what_they_prove_and_what_not() -> None:
    page = proofs.receipts((ADVICE, MINE), "the checkpoint of 40 entries of today", EMERGENCY)

    assert "Code: 12-ab" in words(page)
    assert "It leads to the checkpoint of 40 entries" in words(page)
    assert "What this does not prove" in words(page)
    assert [section.heading for section in page.sections].count("SC-ABCD-EFGH") == 1


def test_a_code_that_stands_says_how_much_it_proves() -> None:
    own = words(proofs.stands(MINE, 40, EMERGENCY))
    others = words(proofs.stands(Standing(3, "advice", 1, date(2026, 1, 2)), None, EMERGENCY))

    assert "It stands: entry 12" in own
    assert "The first 40 entries are" in own
    assert "It is yours: SC-ABCD-EFGH, Share." in own
    assert "The first" not in others
    assert "yours" not in others


def test_a_code_that_does_not_stand_says_what_to_do() -> None:
    said = words(proofs.differs("Entry 3 is another.", EMERGENCY))

    assert "Not proved" in said
    assert "Look at the code again" in said
    assert "tell whoever runs Share Check" in words(proofs.altered(EMERGENCY))


@pytest.mark.parametrize(
    ("body", "words_of_it"),
    [
        ({"verdict": "share", "decision": "not_share"}, "Not share"),
        ({"verdict": "share"}, "May share"),
        ({"verdict": "of another release"}, ""),
        ({}, ""),
    ],
)
def test_an_entry_is_told_in_the_words_of_its_screen(
    body: dict[str, object], words_of_it: str
) -> None:
    assert proofs.said(body) == words_of_it
