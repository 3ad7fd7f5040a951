"""A check as a transcript: what was done, one thing after the other, and what came of each."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeAlias

from dialogs.check import advance, begin
from dialogs.events import (
    Answered,
    Changed,
    Confirmed,
    Decided,
    Deciding,
    Deleted,
    Event,
    LeftUndecided,
    Posted,
    Restarted,
    WentBack,
    WentOn,
)
from dialogs.session import Session
from dialogs.turn import Effect, Turn
from dialogs.views import View
from policies.assess import Advice, assess
from policies.model import Pack
from tests.policies.builders import Draft

Move: TypeAlias = Callable[[int], Event]
"""An event that is still without the turn of its screen."""

CHECK = "5eed" * 8
REASONS = "The risk at home is rising and school sees the children daily."

BACK: Move = WentBack
CONFIRM: Move = Confirmed
GO_ON: Move = WentOn
DECIDE: Move = Deciding
LEAVE: Move = LeftUndecided
RESTART: Move = Restarted
DELETE: Move = Deleted
POST: Move = partial(Posted, post=True)
KEEP: Move = partial(Posted, post=False)


def answer(question: str, value: str | None) -> Move:
    """Choose an option."""
    return partial(Answered, question=question, value=value)


def change(question: str) -> Move:
    """Ask to answer one question again."""
    return partial(Changed, question=question)


def form(**changes: str) -> dict[str, tuple[str, ...]]:
    """A decision form, filled in with what is required and these changes."""
    filled = {"choice": "share", "kinds": "concern", "receiver": "police", **changes}
    return {field: tuple(value.split("|")) for field, value in filled.items()}


def decide(**changes: str) -> Move:
    """Send the decision form; several values of one field stand with a bar between."""
    return partial(Decided, form=form(**changes))


class Talk:
    """One check from its first screen on, with every turn that came of it."""

    def __init__(self, pack: Pack | None = None) -> None:
        self.pack = pack or Draft().resolved()
        self.session: Session = begin(self.pack, "d" * 64, CHECK)
        self.turns: list[Turn] = []

    def say(self, *moves: Move) -> Turn:
        """Do these things in a row; returns the last turn."""
        for move in moves:
            self.turns.append(advance(self.pack, self.session, move(self.session.turn)))
            self.session = self.turns[-1].session
        return self.turns[-1]

    @property
    def kinds(self) -> list[str]:
        """The names of the views shown so far, without their ending."""
        return [type(turn.view).__name__.removesuffix("View") for turn in self.turns]

    @property
    def view(self) -> View:
        """What is shown last."""
        return self.turns[-1].view

    @property
    def effects(self) -> list[Effect]:
        """Every effect so far, in order."""
        return [effect for turn in self.turns for effect in turn.effects]


def advice_on(pack: Pack, **answers: str) -> Advice:
    """The advice that these answers come to."""
    advice = assess(pack, answers)
    assert isinstance(advice, Advice)
    return advice


NO_DANGER = answer("danger", "no")
CHILD = (NO_DANGER, answer("risk", "child"))
AGREED = (
    *(NO_DANGER, answer("risk", "no")),
    *(answer("purpose", "yes"), answer("consent", "yes")),
)
REFUSED = (*AGREED[:3], answer("consent", "no"))
ADVISED = (*AGREED, CONFIRM)
DECIDING = (*ADVISED, DECIDE)
PREVIEWING = (*DECIDING, decide())
