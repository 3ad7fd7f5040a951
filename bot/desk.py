"""A practitioner's desk: which of their checks are open, as the first screen offers them."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import date

from pydantic import ValidationError

from bot.sessions import DeskItem
from dialogs.session import Session, Stage
from dialogs.views import OpenCheck
from policies.model import Value

STANDING = {
    Stage.ASKING: "Not finished",
    Stage.CHECKING: "Answered, waiting for you to check",
    Stage.ADVISED: "Advice given, no decision recorded",
    Stage.DECIDING: "Advice given, no decision recorded",
    Stage.PREVIEWING: "Decision filled in, not recorded",
}
CHANGING = "Decision recorded, and being changed"


class Kept(Value):
    """One line of the desk; a line of another release is passed over."""

    reference: str
    standing: str
    day: str


def desk_item(session: Session, on: date) -> DeskItem:
    """What the desk keeps of a check: where it stands, and since which day."""
    standing = STANDING.get(session.stage, "")
    if standing and session.decided:
        standing = CHANGING
    kept = Kept(reference=session.reference, standing=standing, day=on.isoformat())
    return DeskItem(session.check, kept.model_dump_json().encode())


def open_checks(items: Iterable[DeskItem]) -> tuple[OpenCheck, ...]:
    """The checks that may be gone on with."""
    found = []
    for item in items:
        with suppress(ValidationError):
            kept = Kept.model_validate_json(item.value)
            if kept.standing:
                found.append(OpenCheck(item.check, kept.reference, kept.standing, kept.day))
    return tuple(found)
