"""What the pages of askers and of advisers have in common."""

from __future__ import annotations

from dataclasses import dataclass, field

from dialogs.enquiry.forms import Filling, Wrong
from dialogs.enquiry.states import Message
from dialogs.enquiry.words import Approval, Words
from dialogs.pages import ENQUIRIES, Section
from policies.model import Contact

ROOM = ENQUIRIES


@dataclass(frozen=True, slots=True)
class Place:
    """Where a question is asked from, and when: whom it concerns, but never who asks."""

    words: Words
    emergency: Contact
    people: int | None = None
    floor: int = 0
    duty: str = ""
    open_now: bool = True
    minutes: int = 0
    can_deliver: bool = False
    is_adviser: bool = False
    approval: Approval | None = None


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as it comes back: what was typed, and what is to be put right."""

    form: Filling = field(default_factory=dict)
    wrong: Wrong = field(default_factory=lambda: Wrong({}))


def said(message: Message) -> tuple[Section, ...]:
    """Somebody's words: a paragraph for each of theirs, and no heading that they could imitate."""
    return (Section(lines=tuple(line for line in message.words.split("\n") if line.strip())),)


def attached(policy: str | None, lines: tuple[tuple[str, str], ...]) -> tuple[Section, ...]:
    """The answers of a check that go along."""
    if policy is None:
        return ()
    return (
        Section(
            "Answers of the check",
            (f"Policy: {policy}",),
            tuple(f"{question} {answer}" for question, answer in lines),
        ),
    )
