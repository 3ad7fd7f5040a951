"""The page for the case file says what was shown, what was advised and what was decided."""

from __future__ import annotations

from datetime import date
from typing import Any

from dialogs.case_file import advised, decided
from policies.library import Library

DAY = date(2026, 11, 22)
EDITION = Library.read().find("briefing-2018", DAY)
BODY: dict[str, Any] = {
    "path": [
        {"question": "danger", "answer": "no"},
        {"question": "purpose", "answer": "yes"},
        {"question": "consent", "answer": "yes"},
    ],
    "passed": [],
    "outcome": "share_with_consent",
}


def test_questions_stand_as_they_were_shown_with_the_answer_marked() -> None:
    found = advised(EDITION.pack, BODY, DAY)

    assert found is not None
    question = found.asked[1]
    asked = EDITION.pack.questions[1]
    assert (question.text, question.hint) == (asked.text, asked.hint)
    assert [option.label for option in question.options] == [o.label for o in asked.options]
    assert [option.chosen for option in question.options] == [True, False, False]
    assert question.because == asked.options[0].because


def test_every_question_notice_and_rule_names_its_source() -> None:
    found = advised(EDITION.pack, BODY, DAY)

    assert found is not None
    assert "When to share" in found.asked[1].source
    assert found.notices
    assert found.rules
    assert all(cited.source and cited.text for cited in found.notices + found.rules)


def test_the_advice_is_told_as_it_was_shown() -> None:
    found = advised(EDITION.pack, BODY, DAY)

    assert found is not None
    headings = [part.heading for part in found.parts]
    assert {"The risk of not sharing", "The risk of sharing", "What to record"} <= {*headings}
    assert "Why this answer, step by step" in headings
    assert found.source


def test_answers_that_lead_elsewhere_now_are_not_put_into_words() -> None:
    assert advised(EDITION.pack, {**BODY, "outcome": "no_purpose"}, DAY) is None
    assert advised(EDITION.pack, {**BODY, "path": BODY["path"][:1]}, DAY) is None


def test_a_decision_is_told_as_the_form_asked_for_it() -> None:
    body = {
        **BODY,
        "decision": "share_in_part",
        "details": {
            "kinds": ["concern", "health"],
            "receiver": "police",
            "consent": None,
            "review": "2027-03-31",
            "told": "of_another_release",
        },
    }

    assert decided(body) == (
        ("What have you decided?", "Share part of it"),
        ("What kinds of information is it about?", "What was seen, heard or said; Health"),
        ("Who is it for?", "Police"),
        ("Does the person or family know?", "of_another_release"),
        ("When will you look at this again?", "2027-03-31"),
    )
