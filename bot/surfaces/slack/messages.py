"""The messages that last: a summary in the team's channel, and the advice in a direct message."""

from datetime import date
from typing import Any, assert_never

from bot.surfaces.slack.advice_screen import drawn, notices, to_call, to_do, verdict, warnings
from bot.surfaces.slack.blocks import (
    Json,
    actions,
    button,
    emergency_line,
    escaped,
    header,
    note,
)
from bot.surfaces.slack.decision_screens import summary_blocks
from bot.surfaces.slack.fitting import MESSAGE, fitted
from bot.surfaces.slack.page_screens import page_blocks, text_of
from bot.surfaces.telling import AdviceTold, SummaryTold, Told
from dialogs.explain import reasoning, weighing
from dialogs.lines import EMERGENCY
from dialogs.pages import PageView
from dialogs.show import contacts
from policies.assess import given
from policies.explanation import explain


def message_of(told: Told, today: date) -> Json:
    """The message for what a row tells: its text is what notifications and readers give."""
    match told:
        case SummaryTold():
            text, blocks = _in_a_line(told), summary_blocks(told.summary, told.mark)
        case AdviceTold():
            # Its notification, which others may see, says no more than that.
            text = f"Your advice, reference {told.reference}. {EMERGENCY}"
            blocks = _advice(told, today)
        case PageView():
            return page_message(told)
        case _:
            assert_never(told)
    return {"text": escaped(text), "blocks": blocks, **_PLAIN}


def page_message(page: PageView) -> Json:
    """A page as a message; its notification, which others may see, says no more than its title."""
    return {"text": escaped(text_of(page)), "blocks": page_blocks(page, MESSAGE), **_PLAIN}


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


def _in_a_line(told: SummaryTold) -> str:
    said = [f"{label}: {value}" for label, value in told.summary.lines]
    return ". ".join([f"{told.summary.title} {told.summary.reference}", *said])


def _advice(told: AdviceTold, today: date) -> list[Json]:
    called = contacts(told.pack, told.advice.outcome.call)
    explained = explain(told.pack, told.advice, given(told.advice.path))
    body = [
        header(told.advice.outcome.headline),
        verdict(told.advice),
        *warnings(told.advice),
        *to_call(called, today),
        *to_do(told.advice.outcome),
        *drawn(weighing(told.advice, explained, today)),
        *notices(told.advice),
        *drawn(reasoning(told.advice, explained)),
    ]
    end = [
        note(f"Reference {told.reference}. {told.pack.name} ({told.pack.version})"),
        actions(button("Record a decision", "decide", told.check)),
        emergency_line(),
    ]
    return fitted(body, end, MESSAGE, "The rest stands in the check itself.")
