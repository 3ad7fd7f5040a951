"""The states of a question to advisers: every transition is in one table of this file.

    received -> looking -> answered -> closed
         ^         |           |          |
         +---------+       reopened <-----+   (the asker asks further)

What does not fit where a question stands changes nothing, and what is shown is where it stands.
A step says what is to be done once, by whoever keeps the questions; here is no clock and no store.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, TypeAlias

from policies.model import Value

MOST_QUESTIONS = 6
"""Further messages give more of the asker away: after these, a call is the better way."""

KEPT_DAYS = 28
"""Days that a question is kept after it was asked, or asked further."""

CLOSED_DAYS = 7
"""Days that an asker may still read, and ask further, after an adviser has closed it."""

Back: TypeAlias = Literal["code", "delivered"]


class Status(StrEnum):
    """Where a question stands."""

    RECEIVED = "received"
    LOOKING = "looking"
    ANSWERED = "answered"
    CLOSED = "closed"
    REOPENED = "reopened"


class Did(StrEnum):
    """What was done about a question, by an adviser, by the asker, or by time."""

    CLAIMED = "claimed"
    PUT_BACK = "put_back"
    ANSWERED = "answered"
    CLOSED = "closed"
    ASKED = "asked"
    ENDED = "ended"


class Deed(StrEnum):
    """What a step asks for."""

    TELL = "tell"  # the asker, that there is something new
    REDRAW = "redraw"  # what stands in the advisers' channel
    FORGET_ROUTE = "forget_route"  # who the asker is, once they are told
    FORGET_WORDS = "forget_words"  # everything that was said


@dataclass(frozen=True, slots=True)
class Step:
    """Where something done leads, and what it asks for."""

    status: Status
    deeds: frozenset[Deed] = frozenset()


@dataclass(frozen=True, slots=True)
class Attached:
    """The answers of a check that an asker let go along: closed values, in words."""

    policy: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Message:
    """One thing said: by the asker, or by an adviser of some role."""

    by: Literal["asker", "adviser"]
    words: str = field(repr=False)
    role: str | None = None
    attached: Attached | None = None


@dataclass(frozen=True, slots=True)
class Enquiry:
    """A question as it stands; `mine` is for the adviser who looks, `id` is for advisers alone.

    No messages means that its words are destroyed.
    """

    id: str
    name: str
    status: Status
    back: Back
    messages: tuple[Message, ...]
    claimed: bool = False
    mine: bool = False

    @property
    def questions(self) -> int:
        """How often the asker has written."""
        return sum(message.by == "asker" for message in self.messages)


class Draft(Value):
    """What was typed and is not sent yet; `by` is the pseudonym of whoever typed it."""

    kind: Literal["new", "further", "answer"]
    by: str
    words: str
    back: Back = "code"
    at_once: bool = False
    role: str | None = None
    about: str | None = None
    policy: str | None = None
    attached: tuple[tuple[str, str], ...] = ()


def step(status: Status, did: Did) -> Step | None:
    """What it comes to; None when it does not fit where the question stands."""
    return STEPS.get((status, did))


def _step(status: Status, *deeds: Deed) -> Step:
    return Step(status, frozenset(deeds))


_OPEN = (Status.RECEIVED, Status.LOOKING, Status.ANSWERED, Status.REOPENED)
_GONE = _step(Status.CLOSED, Deed.REDRAW, Deed.FORGET_ROUTE, Deed.FORGET_WORDS)

STEPS: dict[tuple[Status, Did], Step] = {
    (Status.RECEIVED, Did.CLAIMED): _step(Status.LOOKING, Deed.TELL, Deed.REDRAW),
    (Status.REOPENED, Did.CLAIMED): _step(Status.LOOKING, Deed.TELL, Deed.REDRAW),
    (Status.LOOKING, Did.PUT_BACK): _step(Status.RECEIVED, Deed.REDRAW),
    (Status.RECEIVED, Did.ASKED): _step(Status.RECEIVED),
    (Status.LOOKING, Did.ASKED): _step(Status.LOOKING),
    (Status.ANSWERED, Did.ASKED): _step(Status.REOPENED, Deed.REDRAW),
    (Status.REOPENED, Did.ASKED): _step(Status.REOPENED),
    (Status.CLOSED, Did.ASKED): _step(Status.REOPENED, Deed.REDRAW),
    **{(status, Did.ANSWERED): _step(Status.ANSWERED, Deed.TELL, Deed.REDRAW) for status in _OPEN},
    **{
        (status, Did.CLOSED): _step(Status.CLOSED, Deed.TELL, Deed.REDRAW, Deed.FORGET_ROUTE)
        for status in _OPEN
    },
    **{(status, Did.ENDED): _GONE for status in Status},
}
"""Everything that may be done where; what is not here does not fit."""
