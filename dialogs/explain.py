"""What an advice says of itself, in words that every surface repeats and none makes up."""

from __future__ import annotations

from dataclasses import dataclass

from dialogs.show import before
from dialogs.summary import VERDICTS
from policies.assess import Advice, Counterfactual, chosen
from policies.model import NOT_SURE, Verdict

NOTICES = {
    "law": "The law today",
    "how": "How to share it",
    "warning": "Take care",
    "record": "Keep a record",
}
"""A heading for each kind of notice."""

CHECK_NUMBER = "Check this number before you rely on it."
EARLIER_STANDS = (
    "Nothing was posted this time. The summary posted before still stands in your team's channel."
)
NOT_RECORDED = (
    "This advice could not be recorded just now. Act on it, and write down yourself that you did."
)


@dataclass(frozen=True, slots=True)
class Change:
    """One other answer, and what would follow from it."""

    question: str
    answer: str
    follows: str


def changes(advice: Advice) -> tuple[Change, ...]:
    """The other answers that would change the verdict, or might.

    Not sure is left out: it always comes to asking for advice, which `doubt` says once.
    """
    return tuple(
        _change(advice, other)
        for other in advice.counterfactuals
        if other.possible != (advice.verdict,) and other.answer != NOT_SURE
    )


def doubt(advice: Advice) -> str | None:
    """What would follow if the practitioner had not been sure of an answer."""
    if advice.verdict is Verdict.SEEK_ADVICE:
        return None
    return f"If you had not been sure of an answer: {_lowered(Verdict.SEEK_ADVICE)}."


def _change(advice: Advice, other: Counterfactual) -> Change:
    [step] = [step for step in advice.path if step.question.id == other.question]
    option = chosen(step.question, other.answer, before(advice.path, other.question))
    assert option is not None
    return Change(step.question.text, option.label, _follows(other))


def _follows(other: Counterfactual) -> str:
    if other.verdict is not None:
        return f"{_lowered(other.verdict)}."
    return f"more questions first, then one of: {'; '.join(map(_lowered, other.possible))}."


def _lowered(verdict: Verdict) -> str:
    words = VERDICTS[verdict]
    return words[:1].lower() + words[1:]
