"""From a view to the page that shows it: which template, under which title, and with what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, assert_never

from bot.conversation import Shown
from bot.surfaces.web.form import kept_of, mistakes_of
from dialogs.lines import closed
from dialogs.pages import FormView, PageView
from dialogs.summary import MARK_TO_COME
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

EMERGENCY = "999"
"""For the screens whose view names no emergency contact."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something to put right: what is wrong, and the element that it is about."""

    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Screen:
    """A page's main part: the name of its view, its title, and what its template reads."""

    name: str
    title: str
    check: str | None
    turn: int
    emergency: str
    question: str = ""
    mistakes: tuple[Mistake, ...] = ()
    reads: tuple[tuple[str, Any], ...] = ()


def screen_of(shown: Shown) -> Screen:
    """The page for what is to be shown."""
    view = shown.view
    match view:
        case DangerView():
            return _asking(shown, "danger", view.asked, view=view)
        case QuestionView():
            return _asking(shown, "question", view.asked, view=view)
        case CheckAnswersView():
            return _screen(shown, "check_answers", "Check your answers", view=view)
        case AdviceView():
            return _screen(shown, "advice", view.advice.outcome.headline, view=view)
        case DecisionView():
            return _deciding(shown, view)
        case PreviewView():
            lines = view.summary.marked(MARK_TO_COME)
            return _screen(shown, "preview", "What your team will see", view=view, lines=lines)
        case DoneView():
            title = "Decision recorded" if view.decision else "Check finished without a decision"
            return _screen(shown, "done", title, view=view)
        case ExpiredView() | NotYoursView() | TryAgainView():
            title, text = closed(view)
            return _screen(shown, "expired", title, text=text)
        case PageView():
            return _screen(shown, "page", view.title, view=view)
        case FormView():
            mistakes = tuple(Mistake(place, text) for place, text in mistakes_of(view))
            return _screen(shown, "form", view.title, mistakes=mistakes, view=view)
        case _:
            assert_never(view)


def _asking(shown: Shown, name: str, asked: Asked, **reads: object) -> Screen:
    mistakes = (Mistake("answer", asked.error),) if asked.error else ()
    return _screen(
        shown, name, asked.text, question=asked.id, mistakes=mistakes, asked=asked, **reads
    )


def _deciding(shown: Shown, view: DecisionView) -> Screen:
    mistakes = tuple(Mistake(place, text) for place, text in mistakes_of(view))
    title, kept = "Record your decision", kept_of(view)
    return _screen(shown, "decision", title, mistakes=mistakes, view=view, kept=kept)


def _screen(
    shown: Shown,
    name: str,
    title: str,
    *,
    question: str = "",
    mistakes: tuple[Mistake, ...] = (),
    **reads: object,
) -> Screen:
    return Screen(
        name=name,
        title=title,
        check=shown.check,
        turn=shown.turn,
        emergency=_emergency(shown.view),
        question=question,
        mistakes=mistakes,
        reads=tuple(reads.items()),
    )


def _emergency(view: View) -> str:
    """The number of the line that every page carries."""
    contacts = view.contacts if isinstance(view, DangerView | AdviceView) else ()
    named = getattr(view, "emergency", None) or next(
        (contact for contact in contacts if contact.role == "emergency"), None
    )
    return named.number if named else EMERGENCY
