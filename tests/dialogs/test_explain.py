"""What would change an advice, in words that all surfaces share."""

from datetime import date

import pytest

from dialogs.explain import changes, doubt
from policies.assess import Advice, assess
from policies.library import Library
from policies.model import NOT_SURE, Contact

TODAY = date(2026, 11, 22)
PACK = Library.read().find("briefing-2018", TODAY).pack


def advice(**answers: str) -> Advice:
    found = assess(PACK, answers)
    assert isinstance(found, Advice)
    return found


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
