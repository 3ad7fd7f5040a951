"""The decision form: filled in from the check, read strictly, screened for personal data."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.decision import Decision, departs_from, filled_in, read, received
from dialogs.fields import FIELDS, KEPT
from dialogs.screening import WORDS_MOST, fingerprint
from policies.assess import Advice
from policies.library import Library
from policies.model import Verdict
from tests.dialogs.transcripts import REASONS, advice_on, form
from tests.policies.builders import Draft

PHONE = "Ring 07700 900123 and ask for 999 000 0018."


@pytest.fixture(scope="module")
def share() -> Advice:
    """Advice to share, with consent."""
    return advice_on(Draft().resolved(), danger="no", risk="no", purpose="yes", consent="yes")


def taken(found: Decision | dict[str, str]) -> Decision:
    """The decision that was read."""
    assert isinstance(found, Decision), found
    return found


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"danger": "now"}, {}),
        (
            {"danger": "no", "risk": "child"},
            {"purpose": ("protect_child",)},
        ),
        (
            {"danger": "no", "risk": "adult", "purpose": "yes"},
            {"purpose": ("protect_adult",)},
        ),
        (
            {"danger": "no", "risk": "no", "purpose": "yes", "consent": "yes"},
            {"consent": ("given",)},
        ),
        ({"danger": "no", "risk": "no", "purpose": "yes", "consent": "no"}, {}),
        ({"danger": "no", "risk": "no", "purpose": "no"}, {}),
    ],
)
def test_the_form_is_filled_in_from_answers(
    answers: dict[str, str], expected: dict[str, tuple[str, ...]]
) -> None:
    filled = filled_in(advice_on(Draft().resolved(), **answers))

    assert filled == expected


def test_whether_the_family_knows_is_taken_over() -> None:
    pack = next(e.pack for e in Library.read().newest() if e.pack.id == "england-2024")
    answers = {
        "danger": "no",
        "risk": "child",
        "purpose": "yes",
        "identifiable": "yes",
        "confidential": "no",
        "organisation": "voluntary",
        "basis": "vital_interests",
        "special": "none",
        "talk": "unsafe",
        "receiver": "yes",
    }

    assert filled_in(advice_on(pack, **answers))["told"] == ("unsafe",)


def test_what_is_filled_in_is_always_on_offer(share: Advice) -> None:
    offered = {field.id: {value for value, _ in field.options} for field in FIELDS}

    for name, values in filled_in(share).items():
        assert set(values) <= offered[name]


def test_a_full_form_becomes_a_decision(share: Advice) -> None:
    sent = form(
        kinds="concern|health", purpose="help", asked_by="order", consent="given", told="told",
        advice_from="legal", security="portal", review="2027-03-31", words=f"  {REASONS} ",
    )  # fmt: skip

    assert read(sent, share) == Decision(
        choice="share",
        kinds=("concern", "health"),
        receiver="police",
        purpose="help",
        asked_by="order",
        consent="given",
        told="told",
        advice_from="legal",
        security="portal",
        review=date(2027, 3, 31),
        words=REASONS,
    )


def test_what_is_not_required_may_be_left_out(share: Advice) -> None:
    decision = taken(read(form(purpose="", words="   "), share))

    assert (decision.purpose, decision.review, decision.words) == (None, None, "")


@pytest.mark.parametrize(
    ("changes", "field", "error"),
    [
        ({"choice": ""}, "choice", "Choose an answer."),
        ({"kinds": " "}, "kinds", "Choose an answer."),
        ({"receiver": ""}, "receiver", "Choose an answer."),
        ({"choice": "maybe"}, "choice", "Choose from the list."),
        ({"kinds": "concern|secrets"}, "kinds", "Choose from the list."),
        ({"told": "yes"}, "told", "Choose from the list."),
        ({"review": "31/03/2027"}, "review", "Enter a date as year-month-day"),
        ({"review": "2027-02-30"}, "review", "Enter a date as year-month-day"),
        ({"words": "x" * (WORDS_MOST + 1)}, "words", "Use at most 2,000 characters."),
        ({"words": PHONE}, "words", "This may be personal data: “07700 900123”, “999 000 0018”."),
    ],
)
def test_a_mistake_is_told_by_its_field(
    share: Advice, changes: dict[str, str], field: str, error: str
) -> None:
    found = read(form(**changes), share)

    assert isinstance(found, dict)
    assert list(found) == [field]
    assert found[field].startswith(error)


def test_an_empty_form_names_every_required_field(share: Advice) -> None:
    assert read({}, share) == dict.fromkeys(["choice", "kinds", "receiver"], "Choose an answer.")


def test_words_as_long_as_allowed_are_taken(share: Advice) -> None:
    assert len(taken(read(form(words="x" * WORDS_MOST), share)).words) == WORDS_MOST


def test_departing_from_advice_needs_a_reason(share: Advice) -> None:
    silent = read(form(choice="not_share"), share)
    reasoned = taken(read(form(choice="not_share", words=REASONS), share))

    assert silent == {"words": "This departs from the advice. Say why, in a sentence or two."}
    assert reasoned.departs


def test_following_the_advice_needs_no_reason(share: Advice) -> None:
    assert not taken(read(form(choice="share_in_part"), share)).departs


@pytest.mark.parametrize(
    ("verdict", "departing"),
    [
        (Verdict.ACT_NOW, {"not_share", "defer"}),
        (Verdict.MUST_SHARE, {"not_share", "defer"}),
        (Verdict.SHARE, {"not_share"}),
        (Verdict.DO_NOT_SHARE, {"share", "share_in_part"}),
        (Verdict.SEEK_ADVICE, {"share", "share_in_part", "not_share"}),
    ],
)
@pytest.mark.parametrize("choice", ["share", "share_in_part", "not_share", "defer"])
def test_every_choice_departs_or_follows_each_verdict(
    verdict: Verdict, departing: set[str], choice: str
) -> None:
    assert departs_from(verdict, choice, "nobody") is (choice in departing)
    assert departs_from(verdict, choice, None) is (choice in departing)


def test_waiting_departs_where_somebody_is_at_risk() -> None:
    assert departs_from(Verdict.SHARE, "defer", None, at_risk=True)
    assert not departs_from(Verdict.SHARE, "share", None, at_risk=True)
    assert not departs_from(Verdict.SEEK_ADVICE, "defer", None, at_risk=True)


@pytest.mark.parametrize("choice", ["share", "share_in_part", "not_share", "defer"])
def test_after_asking_for_advice_any_choice_follows_it(choice: str) -> None:
    assert not departs_from(Verdict.SEEK_ADVICE, choice, "safeguarding_lead")


def test_an_answer_about_findings_holds_for_those_words(share: Advice) -> None:
    kept = fingerprint(PHONE)

    assert taken(read(form(words=f" {PHONE}\n", kept=kept), share)).words == PHONE
    assert isinstance(read(form(words=f"{PHONE} Now.", kept=kept), share), dict)


def test_only_fields_of_the_form_are_received() -> None:
    sent = {"choice": ["share"], "colour": ["red"], KEPT: ("a\udc00",), "words": (" \ud800 ", "b")}

    assert received(sent) == {"choice": ("share",), "words": ("?", "b"), KEPT: ("a?",)}
