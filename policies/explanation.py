"""What explains an advice beside its reasons: open facts, questions not needed, hard words."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from policies.assess import Advice, Answers, given
from policies.doubt import Doubt, doubt
from policies.model import Contact, Option, Outcome, Pack, Question, Term, Verdict

SETTLED = (Verdict.MUST_SHARE, Verdict.SHARE, Verdict.DO_NOT_SHARE)


@dataclass(frozen=True, slots=True)
class Explanation:
    """`ask` can tell what to find out first; `unasked` are questions that made no difference."""

    doubt: Doubt | None = None
    ask: Contact | None = None
    unasked: tuple[Question, ...] = ()
    terms: tuple[Term, ...] = ()


def explain(
    pack: Pack, advice: Advice, answers: Answers, passed: Collection[str] = ()
) -> Explanation:
    """Explain an advice that these answers came to."""
    stands = doubt(pack, advice, answers, passed)
    find_out = stands.first.question.find_out if stands else None
    asked = given(advice.path)
    return Explanation(
        doubt=stands,
        ask=pack.contacts_by_role.get(find_out.ask) if find_out and find_out.ask else None,
        unasked=tuple(question for question in pack.questions if question.id not in asked)
        if advice.verdict in SETTLED
        else (),
        terms=pack.glossary.explains(advice_texts(advice)),
    )


def question_texts(question: Question, options: Collection[Option]) -> Iterator[str]:
    """What stands on the screen that asks a question."""
    yield question.text
    yield question.hint
    for option in options:
        yield option.label
        yield option.description


def outcome_texts(outcome: Outcome) -> Iterator[str]:
    """What an outcome says on the screen of its advice."""
    yield from (outcome.headline, outcome.reason, *outcome.steps, outcome.family_words)
    yield from (outcome.not_sharing_risk, outcome.sharing_risk, outcome.if_risk, outcome.record)


def advice_texts(advice: Advice) -> Iterator[str]:
    """What stands on the screen of an advice."""
    yield from outcome_texts(advice.outcome)
    yield from (notice.text for notice in advice.notices)
    yield from (step.option.because for step in advice.path)
    yield from (text for rule in advice.rules for text in (rule.title, rule.text))
