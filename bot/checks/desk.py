"""A practitioner's desk: which of their checks are open, undecided or done, as it is kept."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import date

from pydantic import ValidationError

from bot.sessions import DeskItem
from dialogs.session import Session, Stage
from dialogs.views import OpenCheck, Pile
from policies.model import Value

UNDECIDED = "Advice given, no decision recorded"
STANDING: dict[Stage, tuple[Pile, str]] = {
    Stage.ASKING: ("open", "Not finished"),
    Stage.CHECKING: ("open", "Answered, waiting for you to check"),
    Stage.ADVISED: ("undecided", UNDECIDED),
    Stage.DECIDING: ("undecided", UNDECIDED),
    Stage.PREVIEWING: ("undecided", "Decision filled in, not recorded"),
    Stage.DONE: ("undecided", UNDECIDED),
}
CHANGING = "Decision recorded, and being changed"
DECIDED = "Decision recorded"


class Kept(Value):
    """One line of the desk; a line of another release is passed over."""

    reference: str
    standing: str
    day: str
    pile: Pile = "open"


def desk_item(session: Session, on: date) -> DeskItem:
    """What the desk keeps of a check: where it stands, and since which day."""
    pile, standing = STANDING[session.stage]
    if session.decided:
        pile, standing = ("done", DECIDED) if session.stage is Stage.DONE else ("open", CHANGING)
    kept = Kept(reference=session.reference, standing=standing, day=on.isoformat(), pile=pile)
    return DeskItem(session.check, kept.model_dump_json().encode())


def lines(items: Iterable[DeskItem]) -> tuple[OpenCheck, ...]:
    """The lines of a desk, as they may be shown."""
    found = []
    for item in items:
        with suppress(ValidationError):
            kept = Kept.model_validate_json(item.value)
            if kept.standing:
                found.append(
                    OpenCheck(item.check, kept.reference, kept.standing, kept.day, kept.pile)
                )
    return tuple(found)
