"""The advice, in the order in which a tired reader needs it."""

from collections.abc import Iterable
from datetime import date

from bot.surfaces.slack.blocks import (
    Json,
    actions,
    bulleted,
    button,
    contact_line,
    emergency_line,
    header,
    labelled,
    listed,
    note,
    numbered,
    words,
)
from bot.surfaces.slack.frame import Screen, policy_line, superseded
from dialogs.explain import NOT_RECORDED, NOTICES, changes, doubt
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
        *to_do(view.advice.outcome),
        *to_call(view.contacts, today),
        *_around(view.advice.outcome),
        *_notices(view.advice),
        *_reasons(view.advice),
        actions(*onward, *_back_to(view.advice), button("Change my answers", "back")),
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


def _around(outcome: Outcome) -> list[Json]:
    return [
        *_part("What you could say to the person or family", [outcome.family_words]),
        *_part("The risk of not sharing", [outcome.not_sharing_risk]),
        *_part("If someone may be at risk after all", [outcome.if_risk]),
    ]


def _notices(advice: Advice) -> list[Json]:
    blocks: list[Json] = []
    for kind, label in NOTICES.items():
        texts = [notice.text for notice in advice.notices if notice.kind == kind]
        blocks += _part(label, texts if len(texts) < 2 else bulleted(texts))
    return blocks


def _back_to(advice: Advice) -> list[Json]:
    """A button for the first notice that sends a worried reader to a question."""
    asked = {step.question.id: number for number, step in enumerate(advice.path)}
    thens = [notice.then for notice in advice.notices if notice.then in asked]
    if not thens:
        return []
    first = asked[thens[0]] == 0
    label = "Go back to the first question" if first else "Answer that question again"
    return [button(label, f"change:{thens[0]}")]


def _reasons(advice: Advice) -> list[Json]:
    return [
        *_part("Why this answer", bulleted(step.option.because for step in advice.path)),
        *_part("Rules weighed", [rule.title for rule in advice.rules]),
        *_part("What would change it", bulleted(_changes(advice))),
        *_part("What to record", [advice.outcome.record]),
    ]


def _changes(advice: Advice) -> Iterable[str]:
    for change in changes(advice):
        yield f"If you had answered “{change.answer}” to “{change.question}”: {change.follows}"
    if said := doubt(advice):
        yield said


def _part(label: str, lines: list[str]) -> list[Json]:
    said = [line for line in lines if line]
    return listed(label, said) if said else []
