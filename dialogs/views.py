"""What is shown, free of any platform: a closed union that every surface draws in full.

A view holds the words themselves, so that two surfaces cannot say different things. A mistake of
the practitioner is a value on the view (`error`, `errors`), never an exception.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from dialogs.decision import Form
from dialogs.fields import Field
from dialogs.pages import FormView, PageView, Way
from dialogs.summary import Summary
from policies.assess import Advice, Step
from policies.explanation import Explanation
from policies.model import Contact, Term


@dataclass(frozen=True, slots=True)
class Policy:
    """Which policy is being followed, and whether it still stands.

    `replaced` says in words what stands instead and how to follow that; empty if this one stands.
    """

    id: str
    name: str
    version: str
    status: str
    superseded_by: str | None
    replaced: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer on offer."""

    value: str
    label: str
    description: str


@dataclass(frozen=True, slots=True)
class Said:
    """A question and what was answered, in words."""

    question: str
    text: str
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it stands on the screen; `selected` is the answer given before, if any.

    `terms` are the hard words on it: they are explained where it says why the question is asked.
    """

    id: str
    text: str
    hint: str
    why: str
    source: str
    choices: tuple[Choice, ...]
    selected: str | None
    error: str | None
    terms: tuple[Term, ...] = ()


def said(path: tuple[Step, ...]) -> tuple[Said, ...]:
    """The path in words."""
    return tuple(
        Said(s.question.id, s.question.text, s.option.value, s.option.label) for s in path
    )


Pile: TypeAlias = Literal["open", "undecided", "done"]


@dataclass(frozen=True, slots=True)
class OpenCheck:
    """A check on a practitioner's desk: where it stands, and since which day.

    It lies in one of three piles: not finished, no decision recorded yet, or done.
    """

    check: str
    reference: str
    standing: str
    day: str
    pile: Pile = "open"


@dataclass(frozen=True, slots=True)
class DangerView:
    """The first screen of every check: the emergency numbers and the danger question.

    `notice` is what the practitioner has to know before answering, if anything.
    """

    policy: Policy
    asked: Asked
    contacts: tuple[Contact, ...]
    open_checks: tuple[OpenCheck, ...] = ()
    notice: str = ""


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question; it is the `number`th, of at most `most`, after the `earlier` ones."""

    policy: Policy
    asked: Asked
    number: int
    most: int
    earlier: tuple[Step, ...]
    emergency: Contact

    @property
    def path(self) -> tuple[Said, ...]:
        """The answers so far, for a surface that shows them beside the question."""
        return said(self.earlier)


@dataclass(frozen=True, slots=True)
class CheckAnswersView:
    """Every answer that counts, each with a way to change it; `dropped` no longer count."""

    policy: Policy
    path: tuple[Said, ...]
    dropped: tuple[Said, ...]
    emergency: Contact


@dataclass(frozen=True, slots=True)
class AdviceView:
    """The advice, with whom to call and what may be done next.

    `law` is where the notices of the law come from, in one line; empty if there are none.
    """

    policy: Policy
    reference: str
    advice: Advice
    contacts: tuple[Contact, ...]
    path: tuple[Said, ...]
    can_go_on: bool
    decided: bool
    recorded: bool
    explained: Explanation
    ways: tuple[Way, ...] = ()
    law: str = ""


@dataclass(frozen=True, slots=True)
class DecisionView:
    """The form in which a practitioner records a decision.

    `can_leave` offers to post the advice alone, as long as no decision is recorded.
    """

    reference: str
    fields: tuple[Field, ...]
    form: Form
    errors: Mapping[str, str]
    can_leave: bool
    emergency: Contact


@dataclass(frozen=True, slots=True)
class PreviewView:
    """The exact words that would be posted, before anything is recorded or posted."""

    summary: Summary
    decided: bool


@dataclass(frozen=True, slots=True)
class DoneView:
    """The end of a check: what was recorded, and whether a summary is on its way.

    `earlier_stands` says that none was posted now, but one posted before is still in the channel.
    """

    reference: str
    decision: str | None
    posted: bool
    earlier_stands: bool
    next_step: str


@dataclass(frozen=True, slots=True)
class ExpiredView:
    """The check is not kept any more, and why."""

    why: Literal["expired", "deleted", "pack_changed"]
    emergency: Contact


@dataclass(frozen=True, slots=True)
class NotYoursView:
    """Somebody else's check."""

    emergency: Contact


@dataclass(frozen=True, slots=True)
class TryAgainView:
    """Something the bot needs does not answer just now; nothing is lost."""

    emergency: Contact


View: TypeAlias = (
    DangerView
    | QuestionView
    | CheckAnswersView
    | AdviceView
    | DecisionView
    | PreviewView
    | DoneView
    | ExpiredView
    | NotYoursView
    | TryAgainView
    | PageView
    | FormView
)
