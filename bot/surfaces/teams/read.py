"""From a button that was pressed to the event that it means."""

from collections.abc import Mapping
from typing import Any

from bot.rooms import Visit
from bot.surfaces.teams.fields import form_of
from bot.surfaces.teams.page_cards import WHERE
from bot.surfaces.teams.pieces import ASKED
from bot.surfaces.teams.place import At
from dialogs.events import (
    PLAIN,
    Answered,
    Changed,
    Decided,
    Event,
    Posted,
)


def event_of(verb: str, at: At, data: Mapping[str, Any]) -> Event | None:
    """What a button of a check means; None for one that stands for no event."""
    turn = at.turn
    match verb:
        case "answer":
            return _answer(turn, data)
        case "change":
            question = data.get("question")
            return Changed(turn, question) if isinstance(question, str) else None
        case "decide" if at.view == "decision":
            return Decided(turn, form_of(data))
        case "post" | "skip":
            return Posted(turn, post=verb == "post")
        case _:
            plain = PLAIN.get(verb)
            return plain(turn) if plain else None


def visit_of(data: Mapping[str, Any]) -> tuple[str, Visit]:
    """The room that a button leads to, and the visit that it is; help, if it is not of ours."""
    match data.get(WHERE):
        case {"room": str(room), "verb": str(verb), "value": str(value)}:
            return room, Visit(verb, value, form_of(data))
        case _:
            return "", Visit("")


def _answer(turn: int, data: Mapping[str, Any]) -> Answered:
    """The one input of a question goes by the question's own id, which its button names too."""
    asked = data.get(ASKED)
    if not isinstance(asked, str):
        # Drawn by an earlier release.
        asked = next((name for name in data if not name.startswith("_")), "")
    value = data.get(asked)
    return Answered(turn, asked, value if isinstance(value, str) and value else None)
