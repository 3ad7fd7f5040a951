"""What an event came to: the session after it, what is shown, and what is to be done about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from dialogs.decision import Decision
from dialogs.session import Session
from dialogs.summary import Summary
from dialogs.views import View
from policies.assess import Advice


@dataclass(frozen=True, slots=True)
class RecordAdvice:
    """Write the advice to the register, as this revision."""

    revision: int
    advice: Advice


@dataclass(frozen=True, slots=True)
class RecordDecision:
    """Write the decision to the register as this revision, and post its summary if asked to."""

    revision: int
    advice: Advice
    decision: Decision
    summary: Summary | None


@dataclass(frozen=True, slots=True)
class PostAdvice:
    """Post a summary of the advice on which no decision was recorded."""

    summary: Summary


@dataclass(frozen=True, slots=True)
class Forget:
    """Delete the check."""


Effect: TypeAlias = RecordAdvice | RecordDecision | PostAdvice | Forget


@dataclass(frozen=True, slots=True)
class Turn:
    """What an event came to, in this order: do the effects, save the session, draw the view."""

    session: Session
    view: View
    effects: tuple[Effect, ...] = ()
