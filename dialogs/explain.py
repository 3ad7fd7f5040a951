"""What an advice says of itself, in words that every surface repeats and none makes up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from dialogs.lines import CHECK_NUMBER
from dialogs.show import before
from dialogs.summary import VERDICTS
from dialogs.views import DoneView
from policies.assess import Advice, Counterfactual, chosen
from policies.doubt import OpenFact
from policies.explanation import Explanation
from policies.model import NOT_SURE, Contact, Outcome, Term, Verdict

NOTICES = {
    "law": "The law today",
    "how": "How to share it",
    "warning": "Take care",
    "record": "Keep a record",
}
"""A heading for each kind of notice."""

EARLIER_STANDS = (
    "Nothing was posted this time. The summary posted before still stands in your team's channel."
)
NOT_POSTED = "Nothing was posted to your team's channel."
POSTED = "The summary is on its way to your team's channel."
NOT_RECORDED = (
    "This advice could not be recorded just now. Act on it, and write down yourself that you did."
)


TAKES = {
    "minutes": "That usually takes a few minutes.",
    "hours": "That may take some hours.",
    "days": "That may take some days.",
}
"""How long it takes to find something out, in words."""

FOR_GRANTED = "That each of your answers is right. If one turns out otherwise, change it here."
UNASKED = "We did not ask these questions, because your answers had settled it:"


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and what stands under it; `lead` is a sentence before the lines."""

    heading: str
    lines: tuple[str, ...]
    mark: Literal["", "bullet", "number"] = ""
    lead: str = ""


def ended(view: DoneView) -> tuple[str, ...]:
    """What was recorded, where it went, and what comes next."""
    recorded = "The advice is recorded. No decision is recorded yet."
    if view.decision is not None:
        recorded = f"Your decision is recorded: {view.decision}."
    stands = EARLIER_STANDS if view.earlier_stands else NOT_POSTED
    said = (recorded, POSTED if view.posted else stands, view.next_step)
    return tuple(line for line in said if line)


def weighing(advice: Advice, explained: Explanation, today: date) -> tuple[Part, ...]:
    """What helps to act on an advice: open facts, words for the family, both risks, the record."""
    return tuple(
        part for part in (*_open(explained, today), *around(advice.outcome)) if any(part.lines)
    )


def around(outcome: Outcome) -> Iterator[Part]:
    """What an outcome says beside its steps."""
    yield Part("What you could say to the person or family", (outcome.family_words,))
    yield Part("The risk of not sharing", (outcome.not_sharing_risk,))
    yield Part("The risk of sharing", (outcome.sharing_risk,))
    yield Part("If someone may be at risk after all", (outcome.if_risk,))
    yield Part("What to record", (outcome.record,))


def reasoning(advice: Advice, explained: Explanation) -> tuple[Part, ...]:
    """Why the advice is what it is: each step, what it takes for granted, what would change it."""
    because = tuple(step.option.because for step in advice.path)
    settled = tuple(question.text for question in explained.unasked)
    parts = [
        Part("Why this answer, step by step", because, "number"),
        Part("What this advice takes for granted", (FOR_GRANTED,)),
        Part("What we did not need to ask", settled, "bullet", UNASKED),
        Part("What would change it", tuple(_changes(advice)), "bullet"),
        meanings(explained.terms),
    ]
    return tuple(part for part in parts if any(part.lines))


def warned(advice: Advice) -> tuple[Part, ...]:
    """What an advice warns of. It stands before the steps, which one may follow too soon."""
    return _of_kinds(advice, ["warning"])


def noticed(advice: Advice) -> tuple[Part, ...]:
    """What else an advice adds, under a heading for each kind."""
    return _of_kinds(advice, [kind for kind in NOTICES if kind != "warning"])


def _of_kinds(advice: Advice, kinds: Iterable[str]) -> tuple[Part, ...]:
    told = (
        (NOTICES[kind], tuple(n.text for n in advice.notices if n.kind == kind)) for kind in kinds
    )
    return tuple(
        Part(heading, texts, "bullet" if len(texts) > 1 else "")
        for heading, texts in told
        if texts
    )


def sent_back(advice: Advice) -> tuple[str, str] | None:
    """The first question that a notice sends a worried reader to, and what its button says."""
    asked = [step.question.id for step in advice.path]
    for notice in advice.notices:
        if notice.then in asked:
            first = notice.then == asked[0]
            label = "Go back to the first question" if first else "Answer that question again"
            return notice.then, label
    return None


def meanings(terms: Iterable[Term]) -> Part:
    """The hard words of a screen, each with what it means."""
    told = (f"{term.term[:1].upper()}{term.term[1:]}: {term.gloss}" for term in terms)
    return Part("What the words mean", tuple(told), "bullet")


def _open(explained: Explanation, today: date) -> Iterator[Part]:
    if explained.doubt is None:
        return
    unsure, first = explained.doubt.unsure, explained.doubt.first
    leads = tuple(f"“{lead.option.label}”: {_then(lead.possible)}" for lead in unsure.leads)
    yield Part("What each answer would lead to", leads, "bullet", f"To “{unsure.question.text}”")
    how = tuple(_how_to_find(first, explained.ask, today))
    if first is unsure:
        yield Part("How to find out", how)
    else:
        settles = (
            f"If the answer is “{lead.option.label}”: {_then(lead.possible)}"
            for lead in first.settling
        )
        lead = f"This is quicker to find out, and may settle it: “{first.question.text}”"
        yield Part("What to find out first", (*how, *settles), "", lead)


def _how_to_find(fact: OpenFact, ask: Contact | None, today: date) -> Iterator[str]:
    if find_out := fact.question.find_out:
        yield f"{find_out.how} {TAKES[find_out.takes]}"
    if ask:
        check = f" {CHECK_NUMBER}" if ask.is_doubtful(today) else ""
        number = f": {ask.number}" if ask.number and not ask.stale else ""
        yield f"Whom to ask: {ask.name}{number}.{check}"


def _then(possible: tuple[Verdict, ...]) -> str:
    if len(possible) == 1:
        return f"{_lowered(possible[0])}."
    return f"more questions first, then one of: {'; '.join(map(_lowered, possible))}."


def _changes(advice: Advice) -> Iterator[str]:
    for change in changes(advice):
        yield f"If you had answered “{change.answer}” to “{change.question}”: {change.follows}"
    if said := doubt(advice):
        yield said


@dataclass(frozen=True, slots=True)
class Change:
    """One other answer, and what would follow from it."""

    question: str
    answer: str
    follows: str


def changes(advice: Advice) -> tuple[Change, ...]:
    """The other answers that would change the verdict, or might.

    Not sure is left out: it always comes to asking for advice, which `doubt` says once. So is what
    was not sure itself: where its answers lead is told apart.
    """
    last = advice.path[-1]
    unsure = last.question.id if last.option.value == NOT_SURE else None
    return tuple(
        _change(advice, other)
        for other in advice.counterfactuals
        if other.possible != (advice.verdict,)
        and other.answer != NOT_SURE
        and other.question != unsure
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
    follows = _then((other.verdict,) if other.verdict else other.possible)
    return Change(step.question.text, option.label, follows)


def _lowered(verdict: Verdict) -> str:
    words = VERDICTS[verdict]
    return words[:1].lower() + words[1:]
