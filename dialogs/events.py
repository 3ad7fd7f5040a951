"""What a practitioner did. Each event names the turn of the screen that it came from.

The turn is how an old screen, a double click or a second delivery is recognised: an event whose
turn is not the session's changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Answered:
    """Chose an option of a question, or pressed on without one (`value` is None)."""

    turn: int
    question: str
    value: str | None


@dataclass(frozen=True, slots=True)
class WentBack:
    """Asked for the screen before this one."""

    turn: int


@dataclass(frozen=True, slots=True)
class Changed:
    """Asked, from check-your-answers or the advice, to answer one question again."""

    turn: int
    question: str


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Said that the answers are right, and asked for the advice."""

    turn: int


@dataclass(frozen=True, slots=True)
class WentOn:
    """Asked what else may be shared, after an outcome that lets the check go on."""

    turn: int


@dataclass(frozen=True, slots=True)
class Deciding:
    """Asked to record a decision."""

    turn: int


@dataclass(frozen=True, slots=True)
class Decided:
    """Filled in the decision form; each field's values are by field id, as chosen or typed."""

    turn: int
    form: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class LeftUndecided:
    """Left the decision form, to post the advice without a decision."""

    turn: int


@dataclass(frozen=True, slots=True)
class Posted:
    """Closed the preview: the summary goes to the channel, or (`post` false) it does not."""

    turn: int
    post: bool


@dataclass(frozen=True, slots=True)
class Restarted:
    """Asked to answer from the first question again."""

    turn: int


@dataclass(frozen=True, slots=True)
class Deleted:
    """Asked to delete the check."""

    turn: int


Event: TypeAlias = (
    Answered
    | WentBack
    | Changed
    | Confirmed
    | WentOn
    | Deciding
    | Decided
    | LeftUndecided
    | Posted
    | Restarted
    | Deleted
)

PLAIN: dict[str, type[WentBack | Confirmed | Deciding | WentOn | LeftUndecided]] = {
    "back": WentBack,
    "confirm": Confirmed,
    "decide": Deciding,
    "go_on": WentOn,
    "undecided": LeftUndecided,
}
"""The buttons that say nothing but that they were pressed, by what a button is called."""
