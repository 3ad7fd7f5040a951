"""From a form to what the practitioner did."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.rooms import Visit
from bot.surfaces.web.gate import Fields, Malformed
from dialogs.events import (
    PLAIN,
    Answered,
    Changed,
    Decided,
    Event,
    Posted,
)
from dialogs.fields import FIELDS, KEPT
from dialogs.pages import FormView, Way

CHECK = re.compile(r"[0-9a-z]{1,64}")
TURN = re.compile(r"[0-9]{1,9}")
GO = "go:"


@dataclass(frozen=True, slots=True)
class Submitted:
    """A form of ours: the check and turn of its screen, the button pressed, and all its fields."""

    check: str
    turn: int
    verb: str
    fields: Fields


def go(leads: Way | FormView) -> str:
    """The value of a button that leads to a room."""
    return f"{GO}{leads.room}:{leads.verb}:{leads.value}"


def visited(fields: Fields) -> tuple[str, Visit] | None:
    """The room that a button leads to, with what was filled in; None for another button."""
    verb = _one(fields, "verb")
    if not verb.startswith(GO):
        return None
    room, _, rest = verb.removeprefix(GO).partition(":")
    verb, _, value = rest.partition(":")
    return room, Visit(verb, value, {name: v for name, v in fields.items() if name != "verb"})


def read(fields: Fields) -> Submitted:
    """The form that was sent; raises `Malformed` for one that no screen of ours holds."""
    check, turn, verb = (_one(fields, name) for name in ("check", "turn", "verb"))
    if not CHECK.fullmatch(check) or not TURN.fullmatch(turn):
        raise Malformed("No such check or turn.")
    return Submitted(check, int(turn), verb, fields)


def event_of(submitted: Submitted) -> Event:
    """What the practitioner did; raises `Malformed` for a button that we do not have."""
    turn, fields = submitted.turn, submitted.fields
    match submitted.verb.partition(":"):
        case "answer", "", "":
            question = _one(fields, "question")
            return Answered(turn, question, fields.get(question, (None,))[0])
        case "change", ":", question if question:
            return Changed(turn, question)
        case "decide", "", "" if fields.get("screen") == ("decision",):
            return Decided(turn, _decision(fields))
        case "post" | "skip" as verb, "", "":
            return Posted(turn, post=verb == "post")
        case verb, "", "" if verb in PLAIN:
            return PLAIN[verb](turn)
        case _:
            raise Malformed("No such button.")


def _decision(fields: Fields) -> dict[str, tuple[str, ...]]:
    asked = (*(field.id for field in FIELDS), KEPT)
    return {name: fields[name] for name in asked if name in fields}


def _one(fields: Fields, name: str) -> str:
    values = fields.get(name, ())
    if len(values) != 1:
        raise Malformed(f"There must be one {name}.")
    return values[0]
