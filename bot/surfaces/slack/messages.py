"""The messages that last: a summary in the team's channel, and the advice in a direct message."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.surfaces.slack.advice_screen import drawn, notices, to_call, to_do, verdict
from bot.surfaces.slack.blocks import (
    Json,
    actions,
    button,
    emergency_line,
    escaped,
    header,
    note,
    words,
)
from bot.surfaces.slack.decision_screens import summary_blocks
from bot.surfaces.slack.page_screens import page_blocks, text_of
from dialogs.explain import reasoning, weighing
from dialogs.pages import PageView
from dialogs.show import contacts
from dialogs.summary import Summary
from policies.assess import Advice, given
from policies.explanation import explain
from policies.model import Pack

MOST_WORDS = 11_000
MOST_BLOCKS = 44
"""What Slack takes in one message, with room for the lines below the advice."""


def summary_message(summary: Summary, mark: str) -> Json:
    """A summary for colleagues: its text is what notifications and screen readers give."""
    said = [f"{label}: {value}" for label, value in summary.lines]
    return {
        "text": escaped(". ".join([f"{summary.title} {summary.reference}", *said])),
        "blocks": summary_blocks(summary, mark),
        **_PLAIN,
    }


def advice_message(check: str, reference: str, pack: Pack, advice: Advice, today: date) -> Json:
    """The advice to keep; its notification, which others may see, says no more than that."""
    called = contacts(pack, advice.outcome.call)
    explained = explain(pack, advice, given(advice.path))
    told = [
        header(advice.outcome.headline),
        verdict(advice),
        *to_call(called, today),
        *to_do(advice.outcome),
        *drawn(weighing(advice, explained, today)),
        *notices(advice),
        *drawn(reasoning(advice, explained)),
    ]
    return {
        "text": f"Your advice, reference {escaped(reference)}. In an emergency call 999.",
        "blocks": [
            *_within_limits(told),
            note(f"Reference {reference}. {pack.name} ({pack.version})"),
            actions(button("Record a decision", "decide", check)),
            emergency_line(),
        ],
        **_PLAIN,
    }


def page_message(page: PageView) -> Json:
    """A page as a message; its notification, which others may see, says no more than its title."""
    return {"text": escaped(text_of(page)), "blocks": page_blocks(page), **_PLAIN}


def marked_as(row_id: str, purpose: str) -> Json:
    """What a later look finds the message by."""
    return {"event_type": f"share_check_{purpose}", "event_payload": {"outbox_id": row_id}}


def is_marked_as(message: dict[str, Any], row_id: str) -> bool:
    """Whether a message in a channel's history is the one of this row."""
    match message:
        case {"metadata": {"event_payload": {"outbox_id": str(found)}}}:
            return found == row_id
        case _:
            return False


_PLAIN: Json = {"mrkdwn": False, "parse": "none", "unfurl_links": False, "unfurl_media": False}


def _within_limits(blocks: Sequence[Json]) -> list[Json]:
    """As much as one message holds; the first parts matter most."""
    kept: list[Json] = []
    room = MOST_WORDS
    for block in blocks[:MOST_BLOCKS]:
        room -= 125 + len(block["text"]["text"])
        if room < 0:
            return [*kept, words("The rest stands in the check itself.")]
        kept.append(block)
    return kept
