"""What would change an advice, in words that all surfaces share."""

from datetime import date

import pytest

from dialogs.explain import (
    Part,
    changes,
    doubt,
    ended,
    meanings,
    noticed,
    reasoning,
    sent_back,
    warned,
    weighing,
)
from dialogs.lines import CHECK_NUMBER
from dialogs.views import DoneView
from policies.assess import Advice, assess
from policies.explanation import explain
from policies.library import Library
from policies.model import NOT_SURE, Contact, Pack
from policies.parts import Term
from tests.policies.builders import Draft

TODAY = date(2026, 11, 22)
LIBRARY = Library.read()
PACK = LIBRARY.find("briefing-2018", TODAY).pack
CROYDON = LIBRARY.find("croydon-2008", TODAY).pack
TO_CONSENT = dict.fromkeys(("purpose", "identifiable", "confidential"), "yes")
TO_CONSENT |= {"danger": "no", "statutory_duty": "no"}


def advice(**answers: str) -> Advice:
    return advised(PACK, answers)


def advised(pack: Pack, answers: dict[str, str]) -> Advice:
    found = assess(pack, answers)
    assert isinstance(found, Advice)
    return found


def parts(pack: Pack, **answers: str) -> dict[str, Part]:
    """Every part of the explanation by its heading."""
    found = advised(pack, answers)
    explained = explain(pack, found, answers)
    told = (*weighing(found, explained, TODAY), *reasoning(found, explained))
    return {part.heading: part for part in told}


def test_the_two_risks_stand_side_by_side() -> None:
    headings = list(parts(PACK, danger="no", purpose="yes", consent="yes"))

    place = headings.index("The risk of not sharing")
    assert headings[place + 1] == "The risk of sharing"


def test_notices_stand_under_a_heading_for_each_kind() -> None:
    found = noticed(advice(danger="no", purpose="yes", consent="yes"))

    told = [(part.heading, len(part.lines), part.mark) for part in found]
    assert told == [
        ("The law today", 2, "bullet"),
        ("How to share it", 1, ""),
        ("Keep a record", 1, ""),
    ]


def test_a_warning_stands_apart_so_that_it_can_stand_first() -> None:
    refused = advice(danger="no", purpose="no")

    [warning] = warned(refused)
    assert warning.heading == "Take care"
    assert warning.lines[0].startswith("Are you worried that someone may be at risk of harm?")
    assert "Take care" not in {part.heading for part in noticed(refused)}


def test_a_worried_reader_is_sent_back_where_a_notice_says_so() -> None:
    refused = sent_back(advice(danger="no", purpose="no"))

    assert refused == ("danger", "Go back to the first question")
    assert sent_back(advice(danger="no", purpose="yes", consent="yes")) is None


def test_each_step_is_told_and_what_is_taken_for_granted() -> None:
    found = parts(PACK, danger="no", purpose="yes", consent="yes")

    assert len(found["Why this answer, step by step"].lines) == 3
    assert found["What this advice takes for granted"].lines
    unasked = found["What we did not need to ask"]
    assert unasked.lines == tuple(PACK.nodes[q].text for q in ("identifiable", "lawful_reason"))  # type: ignore[union-attr]


def test_a_doubt_is_told_by_where_each_answer_leads() -> None:
    found = parts(CROYDON, **TO_CONSENT, consent=NOT_SURE)

    leads = found["What each answer would lead to"]
    assert leads.lead == "To “Has the person agreed that you may share it?”"
    assert [line.rpartition("”: ")[2] for line in leads.lines] == [
        "may share.",
        "more questions first, then one of: may share; do not share.",
    ]
    assert not any("agreed" in line for line in found["What would change it"].lines)


def test_a_quicker_fact_is_named_with_whom_to_ask_and_what_it_settles() -> None:
    found = parts(CROYDON, **TO_CONSENT, consent=NOT_SURE)

    first = found["What to find out first"]
    assert "public interest" in first.lead
    assert "That usually takes a few minutes." in first.lines[0]
    assert first.lines[1] == "Whom to ask: Your safeguarding lead."
    assert first.lines[2].endswith("”: may share.")


def test_where_the_doubt_itself_comes_first_it_says_how_to_end_it() -> None:
    found = parts(PACK, danger=NOT_SURE)

    assert found["How to find out"].lines[0].startswith("Talk it over")
    assert "What to find out first" not in found


@pytest.mark.parametrize(
    ("number", "checked_on", "told"),
    [
        ("020 7946 0018", TODAY, "Whom to ask: The head gardener: 020 7946 0018."),
        ("020 7946 0018", None, f"Whom to ask: The head gardener: 020 7946 0018. {CHECK_NUMBER}"),
    ],
)
def test_whom_to_ask_is_named_with_a_number(
    number: str, checked_on: date | None, told: str
) -> None:
    draft = Draft()
    draft.pack["contacts"][0] |= {"number": number}
    if checked_on:
        draft.pack["contacts"][0]["checked_on"] = checked_on
    draft.find("risk")["find_out"] = {"how": "Ask.", "takes": "hours", "ask": "lead"}

    found = parts(draft.resolved(), danger="no", risk=NOT_SURE)

    assert found["How to find out"].lines == ("Ask. That may take some hours.", told)


def test_without_a_way_to_find_out_none_is_made_up() -> None:
    found = parts(Draft().resolved(), danger="no", risk=NOT_SURE)

    assert "How to find out" not in found
    assert "What each answer would lead to" in found


def test_hard_words_are_told_with_what_they_mean() -> None:
    told = meanings([Term(term="lawful basis", gloss="A reason in law.")])

    assert told.lines == ("Lawful basis: A reason in law.",)


def test_another_answer_is_told_by_its_verdict_or_what_is_open() -> None:
    found = changes(advice(danger="no", purpose="yes", consent="yes"))

    told = {(change.answer, change.follows) for change in found}
    assert any(follows == "act now: tell those who can help." for _, follows in told)
    assert any(follows.startswith("more questions first, then one of:") for _, follows in told)
    assert [change.question for change in found] == sorted(
        (change.question for change in found),
        key=[step.text for step in PACK.questions].index,
    )


def test_what_changes_nothing_is_left_out() -> None:
    found = changes(advice(danger="no", purpose="yes", consent="no", identifiable="no"))

    assert "Yes" not in {change.answer for change in found if "consent" in change.question}


def test_doubt_is_told_once_and_only_where_it_would_change_the_advice() -> None:
    shares = advice(danger="no", purpose="yes", consent="yes")
    asks = advice(danger="no", purpose=NOT_SURE)

    assert doubt(shares) == "If you had not been sure of an answer: ask for advice first."
    assert doubt(asks) is None
    assert not any("not sure" in change.answer for change in changes(shares))


def test_the_end_says_what_is_recorded_and_where_it_went() -> None:
    def told(decision: str | None, *, posted: bool, stands: bool, step: str = "") -> str:
        return "\n".join(ended(DoneView("SC-1", decision, posted, stands, step)))

    assert told("Share", posted=True, stands=False, step="Note it.") == (
        "Your decision is recorded: Share.\n"
        "The summary is on its way to your team's channel.\nNote it."
    )
    assert "No decision is recorded yet" in told(None, posted=False, stands=False)
    assert "Nothing was posted" in told(None, posted=False, stands=False)
    assert "posted before still stands" in told("Share", posted=False, stands=True)


@pytest.mark.parametrize(
    ("number", "checked_on", "lasting", "doubtful"),
    [
        ("0808 800 5000", date(2026, 8, 24), False, False),
        ("0808 800 5000", date(2026, 8, 23), False, True),
        ("0808 800 5000", None, False, True),
        ("", None, False, False),
        ("999", None, True, False),
    ],
)
def test_a_number_not_checked_lately_is_doubtful(
    *, number: str, checked_on: date | None, lasting: bool, doubtful: bool
) -> None:
    contact = Contact(
        role="nspcc", name="NSPCC", number=number, checked_on=checked_on, lasting=lasting
    )

    assert contact.is_doubtful(TODAY) is doubtful
