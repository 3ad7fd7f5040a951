"""Reads `words.toml`: every sentence of the enquiries, in one file that can be approved."""

from __future__ import annotations

import hashlib
import tomllib
from datetime import date, datetime
from functools import cache
from pathlib import Path

from pydantic import Field

from dialogs.enquiry import hours
from policies.model import Value

PLACE = Path(__file__).with_name("words.toml")


class Approval(Value):
    """Who has read the words and agreed to them, by role, and when; `of` is which words.

    The file's own approval is of the words that it holds.
    """

    role: str = ""
    on: date | None = None
    of: str = ""


class Before(Value):
    """What is said before the first word, in a line each."""

    heading: str
    hidden: str
    not_hidden: str
    not_a_referral: str
    danger: str

    def lines(self, number: str) -> tuple[str, str, str]:
        """All of it, with the number to call in an emergency."""
        return self.hidden, self.not_hidden, f"{self.not_a_referral} {self.urgent(number)}"

    def urgent(self, number: str) -> str:
        """That nobody in danger can wait for an answer."""
        return self.danger.format(number=number)


class More(Value):
    """The same at length."""

    heading: str
    lines: tuple[str, ...]
    referral: str


class Hours(Value):
    """When advisers look at questions, and what to do at other times."""

    days: tuple[int, ...]
    opens: int = Field(alias="from")
    closes: int = Field(alias="until")
    open: str
    closed_on: tuple[date, ...] = ()
    closed: str
    duty: str
    no_duty: str

    def now(self, at: datetime) -> bool:
        """Whether it is their hours."""
        if hours.uk_time(at).date() in self.closed_on:
            return False
        return hours.is_open(at, self.days, self.opens, self.closes)


class Promises(Value):
    """What may be promised, and what may not."""

    kept: tuple[str, ...]
    not_kept: tuple[str, ...]


class GivesAway(Value):
    """What a compromise of one part gives away, and what it does not."""

    part: str
    gives: str
    spares: str = Field(alias="not")


class Words(Value):
    """The whole file; a sentence that is missing stops the bot from starting."""

    approval: Approval
    before: Before
    more: More
    crowd: dict[str, str]
    hours: Hours
    release: dict[str, str]
    status: dict[str, str]
    expected: dict[str, str]
    back: dict[str, str]
    notice: dict[str, str]
    gone: dict[str, str]
    adviser: dict[str, str]
    promises: Promises
    gives_away: tuple[GivesAway, ...]

    @property
    def mark(self) -> str:
        """A short digest of every sentence: an approval of it is of no others."""
        said = self.model_dump_json(exclude={"approval"}).encode()
        return hashlib.sha256(said).hexdigest()[:16]


@cache
def read_words() -> Words:
    """The words as the file has them."""
    return Words.model_validate(tomllib.loads(PLACE.read_text("utf-8")))
