"""What somebody sees on a surface, and whether it says what the engine says, in the same order."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from dialogs.explain import NOTICES, changes, reasoning, warned, weighing
from dialogs.summary import MARK_TO_COME, VERDICTS
from dialogs.views import (
    AdviceView,
    Asked,
    CheckAnswersView,
    DangerView,
    DoneView,
    PreviewView,
    QuestionView,
    View,
)

TODAY = datetime.now(UTC).date()
CHANGES = "What would change it"
"""Its lines stand under their questions on a page and after them elsewhere."""

NAMES = {
    "DangerView": "danger",
    "QuestionView": "question",
    "CheckAnswersView": "check_answers",
    "AdviceView": "advice",
    "PreviewView": "preview",
    "DoneView": "done",
}


@dataclass(frozen=True, slots=True)
class Seen:
    """A screen: its view, the question it asks, the options in order, and all its words.

    `question` is None on a surface that shows no ids.
    """

    view: str
    question: str | None
    options: tuple[tuple[str, str], ...]
    words: str


class Driver(Protocol):
    """Somebody at one surface, in the middle of a check."""

    async def begin(self) -> Seen:
        """Start a new check."""

    async def answer(self, value: str) -> Seen:
        """Choose an answer and continue."""

    async def confirm(self) -> Seen:
        """Ask for the advice."""

    async def go_on(self) -> Seen:
        """Ask what else may be shared."""

    async def change(self, question: str) -> Seen:
        """Ask, from the answers in review, to answer one question again."""

    async def back(self) -> Seen:
        """Ask for the screen before this one."""

    async def press_an_old_screen(self) -> Seen:
        """Send the first answer of the check once more, from a screen that has been left."""

    async def leave_and_resume(self) -> Seen:
        """Leave the check, and take it up again from the first screen of another."""

    async def decide(self, form: Mapping[str, tuple[str, ...]]) -> Seen:
        """Record a decision, as far as the preview of its summary."""

    async def post(self) -> Seen:
        """Record it, and post the summary."""


def plain(text: str) -> str:
    """Words with single spaces."""
    return re.sub(r"\s+", " ", text).strip()


def differences(view: View, seen: Seen) -> list[str]:
    """What a surface does not show as the engine does; empty when all is the same."""
    found: list[str] = []
    if seen.view != NAMES[type(view).__name__]:
        return [f"shows {seen.view} where the engine shows {NAMES[type(view).__name__]}"]
    match view:
        case DangerView(asked=asked) | QuestionView(asked=asked):
            found += _asked(asked, seen)
        case _:
            pass
    for group in _said(view):
        found += _in_order(group, seen.words)
    return found


def _asked(asked: Asked, seen: Seen) -> Iterator[str]:
    if seen.question not in (None, asked.id):
        yield f"asks {seen.question}, not {asked.id}"
    offered = tuple((choice.value, choice.label) for choice in asked.choices)
    if seen.options != offered:
        yield f"{asked.id}: offers {seen.options}, not {offered}"


def _said(view: View) -> Iterator[list[str]]:
    """Groups of words; those of one group must stand in this order."""
    match view:
        case DangerView(asked=asked, contacts=contacts):
            yield [asked.text]
            yield [asked.hint]
            yield [contact.number for contact in contacts[:1]]
            yield [contact.name for contact in contacts[1:]]
        case QuestionView(asked=asked, emergency=emergency):
            yield [asked.text]
            yield [asked.hint]
            yield [emergency.number]
        case CheckAnswersView(path=path):
            yield [part for said in path for part in (said.text, said.label)]
        case AdviceView():
            yield from _advised(view)
        case PreviewView(summary=summary):
            yield [summary.title, summary.reference]
            yield [part for line in summary.marked(MARK_TO_COME) for part in line]
        case DoneView():
            yield [view.reference]
            yield [view.decision or ""]
            yield [view.next_step]
        case _:
            raise AssertionError(f"The suite does not know {type(view).__name__}.")


def _advised(view: AdviceView) -> Iterator[list[str]]:
    advice = view.advice
    outcome = advice.outcome
    yield [outcome.headline, outcome.reason]
    yield [VERDICTS[advice.verdict]]
    warnings = [text for part in warned(advice) for text in part.lines]
    yield [outcome.reason, *warnings, *outcome.steps]
    yield [contact.name for contact in view.contacts]
    told = (*weighing(advice, view.explained, TODAY), *reasoning(advice, view.explained))
    for part in told:
        if part.heading != CHANGES:
            yield [part.lead, *part.lines]
    for kind in NOTICES:
        yield [notice.text for notice in advice.notices if notice.kind == kind]
    yield [rule.title for rule in advice.rules]
    for change in changes(advice):
        yield [change.answer]
        yield [change.follows]


def _in_order(group: list[str], words: str) -> list[str]:
    at = 0
    for part in filter(None, map(plain, group)):
        place = words.find(part, at)
        if place < 0:
            where = "not in its place" if part in words else "not shown"
            return [f"{where}: {part}"]
        at = place + len(part)
    return []
