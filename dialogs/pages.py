"""Pages and forms beyond a check, for every surface to draw without knowing what they are about.

Text here is plain: a surface escapes it, and nothing in it is a link, a mention or markup. What a
button or a form carries is an id or a closed value, never anything that somebody wrote.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from dialogs.fields import Field
from policies.model import Contact, Verdict

ENQUIRIES = "enquiries"
UNREMEMBERED = frozenset({ENQUIRIES})
"""Rooms of which no surface may keep what a button or a form carries: it leads to who asked."""

FOR_A_CODE = "code"
"""The verb of such a room that only asks for a code: it is the same button for everybody."""

OPEN = ("help", "open")
"""The room and the verb that open what a sub-command opens; the way's value is the word."""


LIBRARY = "library"
"""The room of what policies say beside their questions: a verb is a topic, a value a `Place`."""


@dataclass(frozen=True, slots=True)
class Place:
    """Which policy a page of the library is of, and the check that was left for it, if any."""

    pack: str
    check: str = ""

    def written(self) -> str:
        """As the value of a way."""
        return f"{self.pack}/{self.check}" if self.check else self.pack

    @classmethod
    def read(cls, value: str) -> Place:
        """From the value of a way; whatever it holds."""
        pack, _, check = value.partition("/")
        return cls(pack, check)


@dataclass(frozen=True, slots=True)
class Way:
    """A button: who takes it (`room`, `verb`), and what it is about.

    `confirm` is a question to ask first, where the button does something that lasts.
    """

    label: str
    room: str
    verb: str
    value: str = ""
    style: Literal["plain", "primary", "danger"] = "plain"
    confirm: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page: paragraphs, then a list, then what may be done about them."""

    heading: str = ""
    lines: tuple[str, ...] = ()
    bullets: tuple[str, ...] = ()
    ways: tuple[Way, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class PageView:
    """Something to read, with ways on; `title` fits a modal's (`limits.TITLE`)."""

    title: str
    sections: tuple[Section, ...]
    ways: tuple[Way, ...] = ()
    emergency: Contact | None = None


@dataclass(frozen=True, slots=True)
class FormView:
    """Something to fill in; `room`, `verb` and `value` say who takes it and what it is about.

    `sections` stand above the fields; `after` stands below them, for whoever wants to know more.
    """

    title: str
    room: str
    verb: str
    fields: tuple[Field, ...]
    submit: str
    value: str = ""
    sections: tuple[Section, ...] = ()
    form: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    ways: tuple[Way, ...] = ()
    emergency: Contact | None = None
    after: tuple[Section, ...] = ()


def way_to(command: str, label: str) -> Way:
    """A button that opens what this sub-command opens."""
    return Way(label, *OPEN, command)


def way_to_advisers(verdict: Verdict, check: str) -> tuple[Way, ...]:
    """A button that puts a question about this check to advisers, where that is the advice."""
    if verdict is not Verdict.SEEK_ADVICE:
        return ()
    return (Way("Ask without a name", ENQUIRIES, "about", check),)
