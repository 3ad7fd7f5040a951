"""The advice, in the order in which a tired reader needs it."""

from collections.abc import Iterable
from datetime import date
from itertools import count

from bot.surfaces.slack.blocks import (
    Json,
    actions,
    button,
    emergency_line,
    header,
    labelled,
    listed,
    note,
    words,
)
from bot.surfaces.slack.frame import Screen, policy_line, superseded
from bot.surfaces.slack.page_screens import way_row
from dialogs.explain import NOT_RECORDED, Part, noticed, reasoning, sent_back, warned, weighing
from dialogs.lines import bulleted, contact_line, numbered
from dialogs.summary import VERDICTS
from dialogs.views import AdviceView
from policies.assess import Advice
from policies.model import Contact, Outcome


def advice_screen(view: AdviceView, today: date) -> Screen:
    """Everything that explains the advice, with what may be done next."""
    onward = [button("Record a decision", "decide")]
    onward += [button("What else may I share?", "go_on")] if view.can_go_on else []
    blocks = [
        *superseded(view.policy),
        *_what(view.advice),
        *([] if view.recorded else [words(NOT_RECORDED)]),
        *warnings(view.advice),
        *to_do(view.advice.outcome),
        *to_call(view.contacts, today),
        *drawn(weighing(view.advice, view.explained, today)),
        *notices(view.advice),
        *([note(view.law)] if view.law else []),
        *_rules(view.advice),
        *drawn(reasoning(view.advice, view.explained)),
        actions(*onward, *_back_to(view.advice), button("Change my answers", "back")),
        *way_row(view.ways, count(1)),
        note(f"Reference {view.reference}"),
        policy_line(view.policy),
        emergency_line(),
    ]
    return Screen("advice", blocks, "Record a decision")


def _what(advice: Advice) -> list[Json]:
    return [header(advice.outcome.headline), verdict(advice)]


def verdict(advice: Advice) -> Json:
    """The verdict in words, and its reason."""
    return labelled(f"Advice: {VERDICTS[advice.verdict]}", advice.outcome.reason)


def to_do(outcome: Outcome) -> list[Json]:
    """What to do now."""
    return _part("What to do now", numbered(outcome.steps))


def to_call(contacts: tuple[Contact, ...], today: date) -> list[Json]:
    """Whom to call."""
    return _part("Whom to call", bulleted(contact_line(each, today) for each in contacts))


def warnings(advice: Advice) -> list[Json]:
    """What the advice warns of."""
    return drawn(warned(advice))


def notices(advice: Advice) -> list[Json]:
    """What else the advice adds, under a heading for each kind."""
    return drawn(noticed(advice))


def _back_to(advice: Advice) -> list[Json]:
    """A button for the first notice that sends a worried reader to a question."""
    leads = sent_back(advice)
    return [button(leads[1], f"change:{leads[0]}")] if leads else []


def _rules(advice: Advice) -> list[Json]:
    return _part("Rules weighed", [rule.title for rule in advice.rules])


def drawn(parts: Iterable[Part]) -> list[Json]:
    """Parts of an explanation, each under its heading."""
    return [block for part in parts for block in _part(part.heading, [part.lead, *_lines(part)])]


def _lines(part: Part) -> list[str]:
    if part.mark == "number":
        return numbered(part.lines)
    return bulleted(part.lines) if part.mark else list(part.lines)


def _part(label: str, lines: list[str]) -> list[Json]:
    said = [line for line in lines if line]
    return listed(label, said) if said else []
