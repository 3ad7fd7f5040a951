"""From a view to the card that shows it."""

from datetime import date
from typing import assert_never

from bot.conversation import Shown
from bot.surfaces.teams.advice_card import advice_screen
from bot.surfaces.teams.decision_cards import decision_screen, done_screen, preview_screen
from bot.surfaces.teams.frame import Screen, card
from bot.surfaces.teams.page_cards import form_screen, page_screen
from bot.surfaces.teams.pieces import Json, emergency_line, execute, words
from bot.surfaces.teams.place import At
from bot.surfaces.teams.question_cards import answers_screen, danger_screen, question_screen
from dialogs.lines import closed
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


def draw(shown: Shown, today: date) -> Json:
    """The whole card for a view."""
    return card(_screen(shown, today))


def told(*texts: str, again: str | None = None) -> Json:
    """A card that says something, with a way on: to a check, or to a new one."""
    return card(Screen([*map(words, texts)], [_way_on(again)], [emergency_line()]))


def _screen(shown: Shown, today: date) -> Screen:
    view = shown.view
    match view:
        case QuestionView():
            return question_screen(view, _at(shown, "question"))
        case DangerView():
            return danger_screen(view, _at(shown, "danger"), today)
        case CheckAnswersView():
            return answers_screen(view, _at(shown, "check_answers"))
        case AdviceView():
            return advice_screen(view, _at(shown, "advice"), today)
        case DecisionView():
            return decision_screen(view, _at(shown, "decision"))
        case PreviewView():
            return preview_screen(view, _at(shown, "preview"))
        case DoneView():
            return done_screen(view, _at(shown, "done"))
        case ExpiredView() | NotYoursView() | TryAgainView():
            again = shown.check if isinstance(view, TryAgainView) else None
            line = emergency_line(view.emergency)
            return Screen([words(". ".join(closed(view)))], [_way_on(again)], [line])
        case PageView():
            return page_screen(view)
        case FormView():
            return form_screen(view)
        case _:
            assert_never(view)


def _at(shown: Shown, view: str) -> At:
    return At(shown.check or "", shown.turn, view)


def _way_on(again: str | None) -> Json:
    if again is None:
        return execute("Start a check", "restart", At().data(), inputs=False, style="positive")
    return execute("Try again", "resume", At(again).data(), inputs=False, style="positive")
