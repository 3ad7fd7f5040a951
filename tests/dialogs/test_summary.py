"""A summary is made of closed values only, and says the same for everyone."""

from __future__ import annotations

import pytest

from dialogs.decision import Decision
from dialogs.summary import MARK, VERDICTS, Summary, summarise
from policies.library import Library
from policies.model import Pack, Verdict
from tests.dialogs.transcripts import REASONS, advice_on
from tests.policies.builders import Draft

DECISION = Decision(choice="share", kinds=("concern",), receiver="police", words=REASONS)
CHILD = {"danger": "no", "risk": "child"}


@pytest.fixture(scope="module")
def pack() -> Pack:
    """A made-up pack."""
    return Draft().resolved()


def test_a_decision_is_told_in_closed_values(pack: Pack) -> None:
    summary = summarise(pack, "SC-1", advice_on(pack, **CHILD), DECISION)

    assert summary == Summary(
        title="Information sharing decision",
        reference="SC-1",
        lines=(
            ("Policy", "Garden, in force from 1 May 2025"),
            ("Advice", "May share"),
            ("Decision", "Share"),
            ("Lawful basis", "None named"),
            ("Rules weighed", "1, 2 of 3"),
        ),
    )


def test_a_departure_is_told_without_its_reason(pack: Pack) -> None:
    departing = DECISION.model_copy(update={"choice": "not_share", "departs": True})

    summary = summarise(pack, "SC-1", advice_on(pack, **CHILD), departing)

    assert dict(summary.lines)["Decision"] == "Not share (departs from the advice)"
    assert REASONS not in summary.model_dump_json()


def test_advice_alone_says_that_no_decision_is_recorded(pack: Pack) -> None:
    summary = summarise(pack, "SC-1", advice_on(pack, **CHILD), None)

    assert summary.title == "Information sharing advice"
    assert dict(summary.lines)["Decision"] == "Not recorded yet"


def test_a_path_without_rules_says_so(pack: Pack) -> None:
    summary = summarise(pack, "SC-1", advice_on(pack, danger="not_sure"), None)

    assert dict(summary.lines)["Rules weighed"] == "None named"


def test_a_superseded_policy_is_told_as_such() -> None:
    draft = Draft()
    draft.pack["status"] = "superseded"
    pack = draft.resolved()

    summary = summarise(pack, "SC-1", advice_on(pack, **CHILD), None)

    assert dict(summary.lines)["Policy"] == "Garden, in force from 1 May 2025, superseded"


def test_the_lawful_basis_is_in_the_pack_s_words() -> None:
    england = next(e.pack for e in Library.read().newest() if e.pack.id == "england-2024")
    advice = advice_on(
        england,
        danger="no",
        risk="child",
        purpose="yes",
        identifiable="yes",
        confidential="no",
        organisation="voluntary",
        basis="vital_interests",
        special="none",
        talk="told",
        receiver="yes",
    )
    label = next(s.option.label for s in advice.path if s.question.id == "basis")

    summary = summarise(england, "SC-1", advice, None)

    assert dict(summary.lines)["Lawful basis"] == label


def test_the_register_mark_comes_as_the_last_line(pack: Pack) -> None:
    summary = summarise(pack, "SC-1", advice_on(pack, **CHILD), None)

    assert summary.marked("12:ab") == (*summary.lines, (MARK, "12:ab"))


def test_every_verdict_has_words_for_colleagues() -> None:
    assert set(VERDICTS) == set(Verdict)
    assert len(set(VERDICTS.values())) == len(Verdict)
