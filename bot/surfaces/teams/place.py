"""Where a card was drawn: which check it shows, at which turn, as which view.

It rides in the data of every button, and holds ids only. A button of an old card is known by it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.surfaces.teams.pieces import AT

MESSAGE = "message"
"""The view of a button under a message that stays: it knows its check, but no turn."""


@dataclass(frozen=True, slots=True)
class At:
    """The place that a card carries with it."""

    check: str = ""
    turn: int = 0
    view: str = ""

    def data(self, **more: str) -> dict[str, Any]:
        """The place as a button carries it."""
        return {AT: {"check": self.check, "turn": self.turn, "view": self.view}, **more}


def place_of(data: Mapping[str, Any]) -> At:
    """The place in a button's data; nowhere, if it is not of our making."""
    match data.get(AT):
        case {"check": str(check), "turn": int(turn), "view": str(view)}:
            return At(check, turn, view)
        case _:
            return At()
