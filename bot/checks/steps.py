"""Steps that were taken before, by whomever: what an answer leads to is the same for everybody.

From one question to the next nothing depends on who asks. A pack has some thousands of such steps,
and most people take the same few hundred, so what comes of one is worked out once. Advice and all
that follows it carries the name of its check, and is never kept here.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

from dialogs import check as checks
from dialogs.events import Answered, Event
from dialogs.session import Session, Stage
from dialogs.turn import Turn
from dialogs.views import CheckAnswersView, QuestionView
from policies.model import Pack

MOST = 20_000
SAME_FOR_ALL = QuestionView | CheckAnswersView


@dataclass(frozen=True, slots=True)
class _Step:
    """What changes in the session, and what is shown; with its pack, whose id names the step.

    What moves nothing, a mistake or an answer to another question, is no step.
    """

    pack: Pack
    changes: dict[str, Any]
    view: SAME_FOR_ALL


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps of some packs, up to a number; then they are worked out anew."""

    _known: dict[Hashable, _Step] = field(default_factory=dict)

    def taken(self, pack: Pack, session: Session, event: Event) -> Turn | None:
        """What the event comes to, if it is a step from a question to the next screen."""
        if not isinstance(event, Answered) or not _is_plain(session, event):
            return None
        name = (
            id(pack),
            tuple(session.answers.items()),
            session.passed,
            tuple(session.likely.items()),
            event.question,
            event.value,
        )
        step = self._known.get(name)
        if step is None:
            turn = checks.advance(pack, session, event)
            if turn.session.turn > session.turn:
                self._learn(name, pack, turn)
            return turn
        moved = session.model_copy(update={"turn": session.turn + 1, **step.changes})
        return Turn(moved, step.view)

    def _learn(self, name: Hashable, pack: Pack, turn: Turn) -> None:
        if turn.effects or not isinstance(turn.view, SAME_FOR_ALL):
            return
        if len(self._known) >= MOST:
            self._known.clear()
        session = turn.session
        changes = {"answers": session.answers, "passed": session.passed, "stage": session.stage}
        self._known[name] = _Step(pack, changes, turn.view)


def _is_plain(session: Session, event: Answered) -> bool:
    """Whether nothing but the answers so far has a say in what comes next."""
    return (
        session.turn == event.turn
        and session.stage is Stage.ASKING
        and session.again is None
        and not session.advised
        and session.form is None
    )
