"""A practitioner's desk: which of their checks are open, as the first screen offers them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date

from bot.sessions import DeskItem
from dialogs.session import Session, Stage
from dialogs.views import OpenCheck

STANDING = {
    Stage.ASKING: "Not finished",
    Stage.CHECKING: "Answered, waiting for you to check",
    Stage.ADVISED: "Advice given, no decision recorded",
    Stage.DECIDING: "Advice given, no decision recorded",
    Stage.PREVIEWING: "Decision filled in, not recorded",
}


def desk_item(session: Session, on: date) -> DeskItem:
    """What the desk keeps of a check: where it stands, and since which day."""
    kept = {"stage": session.stage, "reference": session.reference, "day": on.isoformat()}
    return DeskItem(session.check, json.dumps(kept).encode())


def open_checks(items: Iterable[DeskItem]) -> tuple[OpenCheck, ...]:
    """The checks that may be gone on with."""
    found = []
    for item in items:
        kept = json.loads(item.value)
        if kept["stage"] in STANDING:
            standing = STANDING[Stage(kept["stage"])]
            found.append(OpenCheck(item.check, kept["reference"], standing, kept["day"]))
    return tuple(found)
