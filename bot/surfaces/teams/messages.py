"""The messages that last: a summary in the team's channel, the advice in a chat, and pages."""

from datetime import date
from typing import Any, assert_never

from bot.surfaces.teams.advice_card import drawn, notices, to_call, to_do, warnings, what
from bot.surfaces.teams.decision_cards import summary_body
from bot.surfaces.teams.frame import Screen, card
from bot.surfaces.teams.page_cards import page_screen
from bot.surfaces.teams.pieces import CARD, Json, emergency_line, execute, note
from bot.surfaces.teams.place import MESSAGE, At
from bot.surfaces.telling import AdviceTold, SummaryTold, Told
from dialogs.explain import reasoning, weighing
from dialogs.lines import EMERGENCY
from dialogs.pages import PageView
from dialogs.show import contacts
from dialogs.visible import visible
from policies.assess import given
from policies.explanation import explain


def message(told: Told, today: date) -> Json:
    """The activity for what a row tells."""
    match told:
        case SummaryTold():
            return carrying(card(_summary(told)), _in_a_line(told))
        case AdviceTold():
            said = f"Your advice, reference {told.reference}. {EMERGENCY}"
            return carrying(card(_advice(told, today)), said)
        case PageView():
            # Its notification, which others may see, says no more than its title.
            return carrying(card(page_screen(told)), told.title)
        case _:
            assert_never(told)


def carrying(drawn: Json, summary: str) -> dict[str, Any]:
    """A card as an activity; the summary is what its notification says."""
    attachment = {"contentType": CARD, "content": drawn}
    return {"type": "message", "summary": visible(summary), "attachments": [attachment]}


def _summary(told: SummaryTold) -> Screen:
    return Screen(summary_body(told.summary, told.mark))


def _in_a_line(told: SummaryTold) -> str:
    said = [f"{label}: {value}" for label, value in told.summary.lines]
    return ". ".join([f"{told.summary.title} {told.summary.reference}", *said])


def _advice(told: AdviceTold, today: date) -> Screen:
    called = contacts(told.pack, told.advice.outcome.call)
    explained = explain(told.pack, told.advice, given(told.advice.path))
    body = [
        *what(told.advice),
        *warnings(told.advice),
        *to_call(called, today),
        *to_do(told.advice.outcome),
        *drawn(weighing(told.advice, explained, today)),
        *notices(told.advice),
        *drawn(reasoning(told.advice, explained)),
    ]
    at = At(told.check, 0, MESSAGE)
    decide = execute("Record a decision", "decide", at.data(), inputs=False, style="positive")
    policy = f"Reference {told.reference}. {told.pack.name} ({told.pack.version})"
    return Screen(body, [decide], [note(policy), emergency_line()])
