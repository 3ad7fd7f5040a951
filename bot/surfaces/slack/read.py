"""From what was done in a modal to the event that it means."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic_core import from_json, to_json

from bot.rooms import Visit
from bot.surfaces.slack.modal import Action, OpenModal, State
from bot.surfaces.slack.page_screens import GO
from dialogs.events import (
    Answered,
    Changed,
    Confirmed,
    Decided,
    Deciding,
    Event,
    LeftUndecided,
    Posted,
    WentBack,
    WentOn,
)
from dialogs.pages import FormView

ANSWER = "answer"
CHANGE = "change:"


@dataclass(frozen=True, slots=True)
class Place:
    """Which check a modal shows, and at which turn: all that a modal carries with it."""

    check: str
    turn: int


def packed(check: str | None, turn: int) -> str:
    """A place as private metadata."""
    return to_json({"check": check or "", "turn": turn}).decode()


def place_of(view: OpenModal) -> Place:
    """The place in a modal's private metadata; nowhere, if it is not of our making."""
    try:
        carried: Any = from_json(view.private_metadata)
    except ValueError:
        return Place("", 0)
    match carried:
        case {"check": str(check), "turn": int(turn)}:
            return Place(check, turn)
        case _:
            return Place("", 0)


def packed_form(view: FormView) -> str:
    """Who takes a form and what it is about, as private metadata."""
    carried = {"room": view.room, "verb": view.verb, "value": view.value}
    return to_json(carried).decode()


def room_of(view: OpenModal) -> tuple[str, Visit]:
    """The room that takes a submitted form, and the visit that it is."""
    try:
        carried: Any = from_json(view.private_metadata)
    except ValueError:
        carried = None
    match carried:
        case {"room": str(room), "verb": str(verb), "value": str(value)}:
            return room, Visit(verb, value, form_of(view.state))
        case _:
            return "", Visit("")


def way_of(action: Action, view: OpenModal | None) -> tuple[str, Visit] | None:
    """The room that a button leads to, and the visit that it is; None for another button."""
    if not action.action_id.startswith(GO):
        return None
    room, _, rest = action.action_id.removeprefix(GO).partition(":")
    verb = rest.partition(":")[0]
    filled = form_of(view.state) if view else {}
    return room, Visit(verb, action.value or "", filled)


def submitted(view: OpenModal, turn: int) -> Event | None:
    """What the submit button of this modal means; None for a modal that has none."""
    match view.callback_id:
        case "danger" | "question":
            return _answer(turn, view.state)
        case "check_answers":
            return Confirmed(turn)
        case "advice":
            return Deciding(turn)
        case "decision":
            return Decided(turn, form_of(view.state))
        case "preview":
            return Posted(turn, post=True)
        case _:
            return None


def pressed(action_id: str, view: OpenModal) -> Event | None:
    """What a button of this modal means; None for one that stands for no event."""
    turn = place_of(view).turn
    match action_id:
        case "back":
            return WentBack(turn)
        case "go_on":
            return WentOn(turn)
        case "undecided":
            return LeftUndecided(turn)
        case "skip":
            return Posted(turn, post=False)
        case "decide" if view.callback_id != "decision":
            return Deciding(turn)
        case "confirm" | "decide" | "post":
            return _like_submit(action_id, view)
        case _ if action_id.startswith(CHANGE):
            return Changed(turn, action_id.removeprefix(CHANGE))
        case _:
            return None


def form_of(state: State) -> Mapping[str, tuple[str, ...]]:
    """The decision form as it was filled in: an element's action id is its field's id."""
    return {
        field: held.values
        for elements in state.values.values()
        for field, held in elements.items()
        if held.values
    }


def _answer(turn: int, state: State) -> Answered:
    for block_id, elements in state.values.items():
        if held := elements.get(ANSWER):
            question = block_id.rpartition(":")[0]
            return Answered(turn, question, held.values[0] if held.values else None)
    return Answered(turn, "", None)


def _like_submit(action_id: str, view: OpenModal) -> Event | None:
    """The event of the submit button that goes by this name, if it is this modal's."""
    of = {"confirm": "check_answers", "decide": "decision", "post": "preview"}
    place = place_of(view)
    return submitted(view, place.turn) if view.callback_id == of[action_id] else None
