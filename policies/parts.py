"""The parts of a pack that are not on its chart: sources, notices, rules, matter, contacts, gaps.

Every value is frozen and refuses keys it does not know: a misspelt key in a pack is a fault with
a place, never a silent gap.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from policies import limits

CHECKED_FOR = timedelta(days=90)
"""How long a checked telephone number is trusted."""

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
PackId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,39}$")]
Text = Annotated[str, Field(min_length=1)]
When = dict[str, tuple[str, ...]]

Origin = Literal["printed", "national", "inferred", "added"]
"""Printed in the pack's own document; in the national guidance or law behind it; following from
either without standing there; or added by this project."""

Topic = Literal["about", "rules", "myths", "law", "contacts", "agreements", "training"]
"""Where a practitioner finds a document's other matter; all but `about` are sub-commands."""

S16LA = Literal["unconfirmed", "confirmed"] | None
"""Words that stand only until, or only once, somebody has confirmed that the duty is in force."""


class Verdict(StrEnum):
    """What the policy says; the practitioner still decides."""

    ACT_NOW = "act_now"
    MUST_SHARE = "must_share"
    SHARE = "share"
    DO_NOT_SHARE = "do_not_share"
    SEEK_ADVICE = "seek_advice"


class Value(BaseModel):
    """A frozen value that refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Citation(Value):
    """Where words come from: the id of a source, and the place in it."""

    doc: Id
    at: Text


class Source(Value):
    """A document that a pack cites; `address` is where it was published, if it still stands."""

    id: Id
    title: Text
    publisher: Text
    published: Text
    address: str | None = None


class Notice(Value):
    """What the advice adds when the answers call for it.

    `verdicts` limits a notice to those verdicts. `without` is for the standing advice: only packs
    that ask none of these questions get the notice. `then` sends a worried reader to a question.
    """

    id: Id
    kind: Literal["law", "how", "warning", "record"]
    text: Annotated[Text, Field(max_length=limits.PARAGRAPH)]
    source: Citation
    origin: Origin
    s16la: S16LA = None
    when: When = {}
    verdicts: tuple[Verdict, ...] = ()
    without: tuple[Id, ...] = ()
    then: Id | None = None


class Rule(Value):
    """A golden rule or key point of the document, in our words and its order.

    `stale` names what time has overtaken in it: the two are never shown apart.
    """

    id: Id
    title: Annotated[Text, Field(max_length=limits.HEADLINE)]
    text: Annotated[Text, Field(max_length=limits.PARAGRAPH)]
    source: Citation
    origin: Origin
    stale: tuple[Id, ...] = ()


class Matter(Value):
    """What a document says beside its questions and rules, in our words, by topic.

    `stale` names what time has overtaken in it: the two are never shown apart.
    """

    id: Id
    topic: Topic
    title: Annotated[Text, Field(max_length=limits.HEADLINE)]
    text: Annotated[Text, Field(max_length=limits.PARAGRAPH)]
    points: tuple[Annotated[Text, Field(max_length=limits.HINT)], ...] = ()
    source: Citation
    origin: Origin
    stale: tuple[Id, ...] = ()


class Contact(Value):
    """Whom to call; `number` is empty where only the organisation can know it.

    A number that stays the same for the whole country, such as 999, is `lasting`. `stale` names
    what time has overtaken in it, such as a number that a document prints.
    """

    role: Id
    name: Text
    number: str = ""
    hours: str = ""
    checked_on: date | None = None
    note: str = ""
    lasting: bool = False
    stale: tuple[Id, ...] = ()

    def is_doubtful(self, on: date) -> bool:
        """Whether nobody has checked the number lately; nobody need look up 999."""
        if not self.number or self.lasting:
            return False
        return self.checked_on is None or on - self.checked_on > CHECKED_FOR


class Term(Value):
    """A word of the law or of the trade, and what it means to somebody who has never met it.

    `also` names other forms of the word, such as its plural where that is not just an s.
    """

    term: Annotated[Text, Field(max_length=60)]
    gloss: Annotated[Text, Field(max_length=limits.GLOSS)]
    also: tuple[Text, ...] = ()


class FindOut(Value):
    """How somebody who is not sure of an answer can find it, and how long that usually takes.

    `ask` is the role of the contact who can tell, if it takes somebody else.
    """

    how: Annotated[Text, Field(max_length=limits.HINT)]
    takes: Literal["minutes", "hours", "days"]
    ask: Id | None = None


class Missing(Value):
    """What the document does not say, so that nobody looks for it here."""

    item: Text
    note: str = ""
    s16la: S16LA = None


class Stale(Value):
    """What the document says that time has overtaken, and what stands now."""

    id: Id
    item: Text
    now: Text
    severity: Literal["high", "medium", "low"]
    checked_on: date


class Invariant(Value):
    """What must hold on every path whose answers match `when`."""

    id: Id
    text: Text
    when: When = {}
    never: tuple[Verdict, ...] = ()
    never_asks: tuple[Id, ...] = ()


class Include(Value):
    """Another pack's questions, outcomes and rules, taken over at one pinned version."""

    pack: PackId
    version: date


class Commencement(Value):
    """When somebody found a law in force; empty while nobody has, as the file's writer sees."""

    confirmed_on: date | None = None

    @field_validator("confirmed_on", mode="before")
    @classmethod
    def _empty_is_unconfirmed(cls, value: object) -> object:
        return None if value == "" else value

    @property
    def state(self) -> S16LA:
        """Which of the words of a pack stand."""
        return "confirmed" if self.confirmed_on else "unconfirmed"


class Option(Value):
    """One permitted answer; `because` is the sentence that the advice gives as its reason."""

    value: Id
    label: Annotated[Text, Field(max_length=limits.OPTION_LABEL)]
    description: Annotated[str, Field(max_length=limits.OPTION_DESCRIPTION)] = ""
    then: Id
    because: Text
    when: When = Field(default_factory=dict)
    origin: Origin | None = None
    s16la: S16LA = None
