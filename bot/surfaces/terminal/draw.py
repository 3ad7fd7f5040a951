"""A view as lines of text, plain enough for a screen reader and a pipe."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import assert_never

from dialogs.explain import (
    NOT_RECORDED,
    Part,
    ended,
    noticed,
    reasoning,
    warned,
    weighing,
)
from dialogs.lines import EMERGENCY, closed, contact_line, emergency_words
from dialogs.pages import FormView, PageView, Section, Way
from dialogs.summary import MARK_TO_COME, VERDICTS
from dialogs.views import (
    AdviceView,
    Asked,
    CheckAnswersView,
    DangerView,
    DecisionView,
    DoneView,
    ExpiredView,
    NotYoursView,
    PreviewView,
    QuestionView,
    TryAgainView,
    View,
)


def draw(view: View, today: date) -> Iterator[str]:
    """A view as lines of text, the emergency number always among them."""
    yield ""
    yield from _drawn(view, today)
    if not isinstance(view, DangerView | QuestionView):
        yield EMERGENCY


def _drawn(view: View, today: date) -> Iterator[str]:
    match view:
        case DangerView():
            yield from (contact_line(contact, today) for contact in view.contacts)
            yield from ([view.notice] if view.notice else [])
            yield from ([view.policy.replaced] if view.policy.replaced else [])
            yield from _question(view.asked)
        case QuestionView():
            called = emergency_words(view.emergency)
            yield f"Question {view.number} of at most {view.most} | {called}"
            yield from _question(view.asked)
        case CheckAnswersView():
            yield from _answers(view)
        case AdviceView():
            yield from _advice(view, today)
        case DecisionView():
            yield "Record your decision"
            yield from (f"! {error}" for error in view.errors.values())
        case PreviewView():
            yield from _preview(view)
        case DoneView():
            yield from _done(view)
        case ExpiredView() | NotYoursView() | TryAgainView():
            yield ". ".join(closed(view))
        case PageView() | FormView():
            yield from _page(view)
        case _:
            assert_never(view)


def ways(view: PageView | FormView) -> tuple[Way, ...]:
    """Every way on from a page, in the order in which they are numbered."""
    return (*(way for section in view.sections for way in section.ways), *view.ways)


def _page(view: PageView | FormView) -> Iterator[str]:
    yield view.title
    yield from _sections(view.sections)
    if isinstance(view, FormView):
        yield from _sections(view.after)
        yield from (f"! {error}" for error in view.errors.values())
    else:
        yield from (f"  {number}. {way.label}" for number, way in enumerate(ways(view), 1))


def _sections(sections: Iterable[Section]) -> Iterator[str]:
    for section in sections:
        yield from ([f"-- {section.heading} --"] if section.heading else [])
        yield from section.lines
        yield from (f"- {line}" for line in section.bullets)
        yield from ([f"Source: {section.source}"] if section.source else [])


def _question(asked: Asked) -> Iterator[str]:
    if asked.error:
        yield f"! {asked.error}"
    yield asked.text
    if asked.hint:
        yield asked.hint
    for number, choice in enumerate(asked.choices, start=1):
        before = " (your answer before)" if choice.value == asked.selected else ""
        more = f" - {choice.description}" if choice.description else ""
        yield f"  {number}. {choice.label}{more}{before}"


def _answers(view: CheckAnswersView) -> Iterator[str]:
    yield "Check your answers"
    for number, said in enumerate(view.path, start=1):
        yield f"{number}. {said.text} {said.label}"
    for said in view.dropped:
        yield f"No longer counts: {said.text} {said.label}"


def _preview(view: PreviewView) -> Iterator[str]:
    yield "This is what your team's channel will see:"
    yield f"  {view.summary.title} {view.summary.reference}"
    for label, value in view.summary.marked(MARK_TO_COME):
        yield f"  {label}: {value}"


def _done(view: DoneView) -> Iterator[str]:
    yield f"Done. Your reference is {view.reference}."
    yield from ended(view)


def _advice(view: AdviceView, today: date) -> Iterator[str]:
    outcome = view.advice.outcome
    if view.policy.replaced:
        yield view.policy.replaced
    yield f"== {outcome.headline} =="
    yield f"{VERDICTS[view.advice.verdict]}. Reference {view.reference}."
    yield outcome.reason
    yield from parts(warned(view.advice))
    yield from (f"{number}. {step}" for number, step in enumerate(outcome.steps, start=1))
    yield "Whom to call"
    yield from (f"- {contact_line(contact, today)}" for contact in view.contacts)
    yield from parts(weighing(view.advice, view.explained, today))
    yield from parts(noticed(view.advice))
    yield from ([view.law] if view.law else [])
    yield from parts(reasoning(view.advice, view.explained))
    yield from (f"Rule weighed: {rule.title}" for rule in view.advice.rules)
    if not view.recorded:
        yield NOT_RECORDED


def parts(explained: Iterable[Part]) -> Iterator[str]:
    """Parts of an explanation, each under its heading."""
    for part in explained:
        if not any(part.lines):
            continue
        yield f"-- {part.heading} --"
        yield from ([part.lead] if part.lead else [])
        for number, line in enumerate(part.lines, start=1):
            marks = {"bullet": "- ", "number": f"{number}. ", "": ""}
            yield f"{marks[part.mark]}{line}"
