"""Made-up rows of the outbox."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bot.outbox import Row
from tests.bot.surfaces.teams.stage import TEAM
from tests.fakes.teams.server import TENANT

BODY: dict[str, Any] = {
    "title": "Information sharing decision",
    "reference": "SC-MADE-UP00",
    "lines": [["Policy", "Made up"], ["Advice", "May share"]],
    "kind": "decision",
    "revision": 1,
}


def a_row(reference: str, **more: Any) -> Row:
    row = Row(
        position=1,
        id=reference.ljust(32, "0"),
        check="a-made-up-check",
        purpose="summary",
        surface="teams",
        tenant=TENANT,
        channel=TEAM,
        body={**BODY, "reference": reference},
        state="waiting",
        reason=None,
        remedy=None,
        attempts=0,
        next_at=None,
        claimed_until=None,
        message=None,
        edits=None,
        edits_message=None,
        at=datetime.now(UTC).date(),
    )
    return replace(row, **more)
