"""From a view to the modal that shows it."""

from datetime import date
from typing import assert_never

from bot.conversation import Shown
from bot.surfaces.slack.advice_screen import advice_screen, drawn
from bot.surfaces.slack.blocks import (
    Json,
    actions,
    button,
    emergency_line,
    plain,
    words,
)
from bot.surfaces.slack.decision_screens import decision_screen, done_screen, preview_screen
from bot.surfaces.slack.frame import Screen, modal
from bot.surfaces.slack.modal import OpenModal
from bot.surfaces.slack.page_screens import form_screen, page_screen
from bot.surfaces.slack.question_screens import answers_screen, danger_screen, question_screen
from bot.surfaces.slack.read import packed, packed_form
from dialogs.explain import meanings
from dialogs.lines import EMERGENCY, closed
from dialogs.pages import FormView, PageView
from dialogs.views import (
    AdviceView,
    CheckAnswersView,
    DangerView,
    DecisionView,
    DoneView,
    ExpiredView,
    NotYoursView,
    PreviewView,
    QuestionView,
    TryAgainView,
)

WARNING = "warning"


def draw(shown: Shown, today: date) -> Json:
    """The whole modal for a view."""
    carried = (
        packed_form(shown.view)
        if isinstance(shown.view, FormView)
        else packed(shown.check, shown.turn)
    )
    return modal(_screen(shown, today), carried)


def warned(view: OpenModal, text: str) -> Json:
    """The same modal again, with a warning on top; what was filled in stays filled in."""
    kept = [block for block in view.blocks if block.get("block_id") != WARNING]
    parts = {"submit": view.submit, "close": view.close, "callback_id": view.callback_id}
    return {
        "type": "modal",
        "title": view.title or plain("Share check"),
        "private_metadata": view.private_metadata,
        "blocks": [{**words(text), "block_id": WARNING}, *kept],
        **{name: held for name, held in parts.items() if held},
    }


def try_again(pressed: str) -> str:
    """What to do when a store did not answer: press the same thing again."""
    return f"We could not save that just now. Nothing is lost: press {pressed} again. {EMERGENCY}"


def why_page(view: DangerView | QuestionView) -> Json:
    """A page of its own on why a question is asked; closing it leads back to the question."""
    shown = [
        words(view.asked.text),
        words(view.asked.why),
        *drawn([meanings(view.asked.terms)]),
        words(f"Source: {view.asked.source}"),
    ]
    contact = view.emergency if isinstance(view, QuestionView) else None
    return {
        "type": "modal",
        "title": plain("Why are we asking?"),
        "close": plain("Back to the question"),
        "blocks": [*shown, emergency_line(contact)],
    }


def why_below(view: DangerView | QuestionView) -> str:
    """The same in a paragraph, for the screen itself, where no page can be put on top of it."""
    return f"{view.asked.why} Source: {view.asked.source}"


def _screen(shown: Shown, today: date) -> Screen:
    view = shown.view
    match view:
        case QuestionView():
            return question_screen(view, shown.turn)
        case DangerView():
            return danger_screen(view, shown.turn, today)
        case CheckAnswersView():
            return answers_screen(view)
        case AdviceView():
            return advice_screen(view, today)
        case DecisionView():
            return decision_screen(view, shown.turn)
        case PreviewView():
            return preview_screen(view)
        case DoneView():
            return done_screen(view)
        case ExpiredView() | NotYoursView() | TryAgainView():
            again = shown.check if isinstance(view, TryAgainView) else None
            said = [
                words(". ".join(closed(view))),
                actions(_way_on(again)),
                emergency_line(view.emergency),
            ]
            return Screen("expired", said)
        case PageView():
            return page_screen(view)
        case FormView():
            return form_screen(view)
        case _:
            assert_never(view)


def _way_on(check: str | None) -> Json:
    if check is None:
        return button("Start a check", "restart", style="primary")
    return button("Try again", "resume", check, style="primary")
