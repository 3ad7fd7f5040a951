"""The advice, in the order in which a tired reader needs it."""

from collections.abc import Iterable
from datetime import date

from bot.surfaces.teams.frame import Screen, policy_line, superseded
from bot.surfaces.teams.page_cards import way_rows
from bot.surfaces.teams.pieces import (
    Json,
    emergency_line,
    execute,
    heading,
    note,
    part,
    words,
)
from bot.surfaces.teams.place import At
from dialogs.explain import NOT_RECORDED, Part, noticed, reasoning, sent_back, warned, weighing
from dialogs.lines import bulleted, contact_line, numbered
from dialogs.summary import VERDICTS
from dialogs.views import AdviceView
from policies.assess import Advice
from policies.model import Contact, Outcome


def advice_screen(view: AdviceView, at: At, today: date) -> Screen:
    """Everything that explains the advice, with what may be done next."""
    buttons = [execute("Record a decision", "decide", at.data(), inputs=False, style="positive")]
    if view.can_go_on:
        buttons.append(execute("What else may I share?", "go_on", at.data(), inputs=False))
    buttons += _back_to(view.advice, at)
    buttons.append(execute("Change my answers", "back", at.data(), inputs=False))
    body = [
        *superseded(view.policy),
        *what(view.advice),
        *([] if view.recorded else [words(NOT_RECORDED)]),
        *warnings(view.advice),
        *to_do(view.advice.outcome),
        *to_call(view.contacts, today),
        *drawn(weighing(view.advice, view.explained, today)),
        *notices(view.advice),
        *([note(view.law)] if view.law else []),
        *rules(view.advice),
        *drawn(reasoning(view.advice, view.explained)),
    ]
    foot = [
        *way_rows(view.ways, at.view),
        note(f"Reference {view.reference}"),
        policy_line(view.policy),
        emergency_line(),
    ]
    return Screen(body, buttons, foot)


def what(advice: Advice) -> list[Json]:
    """The headline, the verdict in words, and its reason."""
    said = [words(advice.outcome.reason)]
    verdict = heading(f"Advice: {VERDICTS[advice.verdict]}")
    return [heading(advice.outcome.headline, "Large"), verdict, *said]


def to_do(outcome: Outcome) -> list[Json]:
    """What to do now."""
    return part("What to do now", numbered(outcome.steps))


def to_call(contacts: tuple[Contact, ...], today: date) -> list[Json]:
    """Whom to call."""
    return part("Whom to call", bulleted(contact_line(each, today) for each in contacts))


def warnings(advice: Advice) -> list[Json]:
    """What the advice warns of."""
    return drawn(warned(advice))


def notices(advice: Advice) -> list[Json]:
    """What else the advice adds, under a heading for each kind."""
    return drawn(noticed(advice))


def _back_to(advice: Advice, at: At) -> list[Json]:
    """A button for the first notice that sends a worried reader to a question."""
    leads = sent_back(advice)
    if leads is None:
        return []
    return [execute(leads[1], "change", at.data(question=leads[0]), inputs=False)]


def rules(advice: Advice) -> list[Json]:
    """The rules that were weighed."""
    return part("Rules weighed", [rule.title for rule in advice.rules])


def drawn(parts: Iterable[Part]) -> list[Json]:
    """Parts of an explanation, each under its heading."""
    return [piece for each in parts for piece in part(each.heading, [each.lead, *_lines(each)])]


def _lines(told: Part) -> list[str]:
    if told.mark == "number":
        return numbered(told.lines)
    return bulleted(told.lines) if told.mark else list(told.lines)
