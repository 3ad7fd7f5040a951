"""Screens that are drawn again and again: a view looks the same in every check, but for its place.

One step of a check shows one and the same view to everybody who takes it (`bot.checks.steps`), and
such a view is drawn once. A view that is met for the first time may never be met again, so it is
only noted; the second time it is drawn for good, with blanks for the check and its turn.
"""

import secrets
from dataclasses import replace
from datetime import date

from pydantic_core import to_json

from bot.conversation import Shown
from bot.surfaces.slack.screens import draw
from dialogs.views import CheckAnswersView, QuestionView, View

MOST_MET = 1_000
MOST_DRAWN = 5_000


class Screens:
    """Modals as JSON, by the view that they show; a view is known by being the same object."""

    def __init__(self) -> None:
        """Nothing has been drawn yet."""
        # These stand where the check and its turn go, and nobody can have written them anywhere.
        self._check = secrets.token_hex(12)
        self._turn = 10**17 + secrets.randbelow(10**17)
        self._met: dict[int, View] = {}
        self._drawn: dict[int, tuple[View, str]] = {}

    def drawn_before(self, shown: Shown, today: date) -> str | None:
        """The modal of this view for this check, if it has been met before."""
        if shown.check is None or not isinstance(shown.view, QuestionView | CheckAnswersView):
            return None
        drawn = self._drawn.get(id(shown.view)) or self._drawn_now(shown, today)
        if drawn is None:
            return None
        placed = drawn[1].replace(self._check, shown.check)
        return placed.replace(str(self._turn), str(shown.turn))

    def _drawn_now(self, shown: Shown, today: date) -> tuple[View, str] | None:
        name = id(shown.view)
        if self._met.pop(name, None) is not shown.view:
            _make_room(self._met, MOST_MET)
            self._met[name] = shown.view
            return None
        _make_room(self._drawn, MOST_DRAWN)
        blank = replace(shown, check=self._check, turn=self._turn)
        # Kept with the view, so that nothing else takes over its id.
        self._drawn[name] = shown.view, to_json(draw(blank, today)).decode()
        return self._drawn[name]


def _make_room(table: dict[int, View] | dict[int, tuple[View, str]], most: int) -> None:
    if len(table) >= most:
        table.clear()
