"""Made-up rows of the outbox, and the messages that came of them."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bot.outbox import Row
from tests.bot.surfaces.slack.stage import TEAM
from tests.fakes.slack import FakeSlack
from tests.fakes.slack.channels import Message

ANSWERS = {"danger": "now"}
BODY: dict[str, Any] = {
    "title": "Information sharing decision",
    "reference": "SC-MADE-UP00",
    "lines": [["Policy", "Made up"], ["Advice", "May share"]],
    "kind": "decision",
    "revision": 1,
}


def a_row(name: str, **more: Any) -> Row:
    row = Row(
        position=1,
        id=name.ljust(32, "0"),
        check="a-made-up-check",
        purpose="summary",
        surface="slack",
        tenant="T0FAKE001",
        channel=TEAM,
        body=BODY,
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


def posted(slack: FakeSlack, row: Row, channel: str = TEAM) -> list[Message]:
    standing = slack.channel(channel).messages
    return [m for m in standing if m.metadata and row.id in str(m.metadata["event_payload"])]
