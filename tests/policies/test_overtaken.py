"""What time has overtaken is never shown without its warning."""

from __future__ import annotations

from datetime import date

import pytest

from policies.overtaken import found_in
from policies.proof import prove
from tests.policies.builders import Draft, matter

OLD = {
    "id": "old_number",
    "item": "The garden office on 020 7946 0999.",
    "now": "Call 020 7946 0018.",
    "severity": "high",
    "checked_on": date(2026, 11, 21),
}


@pytest.fixture
def draft() -> Draft:
    """The garden, whose guide prints a number that nobody answers any more."""
    made = Draft()
    made.pack["stale"] = [OLD]
    return made


def test_a_number_stands_once_beside_what_replaced_it(draft: Draft) -> None:
    assert prove(draft.resolved()) == []


def test_a_contact_may_keep_its_number_with_the_warning(draft: Draft) -> None:
    draft.pack["contacts"][0] |= {"number": "020 79460999", "stale": ["old_number"]}

    assert prove(draft.resolved()) == []


def test_a_contact_without_the_warning_is_refused(draft: Draft) -> None:
    draft.pack["contacts"][0]["number"] = "020 7946 0999"

    [fault] = prove(draft.resolved())

    assert fault.node == "contact lead"
    assert "'old_number' says is overtaken" in fault.problem


def test_a_contact_laid_over_by_a_later_one_is_not_shown(draft: Draft) -> None:
    draft.standing["contacts"][1]["number"] = "020 7946 0999"

    assert prove(draft.resolved()) == []


@pytest.mark.parametrize("kind", ["steps", "reason"])
def test_a_number_in_a_text_is_refused_too(draft: Draft, kind: str) -> None:
    told = "If you share, consent is needed: call 020-7946-0999."
    draft.find("agreed")[kind] = [told] if kind == "steps" else told

    [fault] = prove(draft.resolved())

    assert fault.node == "outcomes agreed"


def test_a_number_that_still_holds_may_stand_in_a_text(draft: Draft) -> None:
    draft.find("pause")["reason"] = "The purpose is not clear: call 020 7946 0018."

    assert prove(draft.resolved()) == []


def test_matter_must_name_warnings_that_exist(draft: Draft) -> None:
    draft.pack["matter"] = [
        matter("fence", "about", stale=["old_number"]),
        matter("gate", "about", stale=["older_number"]),
    ]

    [fault] = prove(draft.resolved())

    assert (fault.node, "'older_number'" in fault.problem) == ("matter gate", True)


def test_rules_must_name_warnings_that_exist(draft: Draft) -> None:
    draft.find("open")["stale"] = ["old_number"]
    draft.find("kind")["stale"] = ["older_number"]

    [fault] = prove(draft.resolved())

    assert (fault.node, "'older_number'" in fault.problem) == ("rule kind", True)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("On 0845 8505 505, or 01344 786 543.", ["08458505505", "01344786543"]),
        ("Call 999 or 101; section 16LA of 2004; 05 February 2026", []),
    ],
)
def test_telephone_numbers_are_told_from_others(text: str, numbers: list[str]) -> None:
    assert found_in(text) == numbers
