"""The forms of a question and of an answer: their fields, and what was filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dialogs import forms
from dialogs.enquiry.states import Back
from dialogs.enquiry.words import Words
from dialogs.fields import Field
from dialogs.screen import TooLong
from dialogs.screening import (
    FAILED,
    TOO_LONG,
    WORDS_MOST,
    NotScreened,
    answerable,
    plain,
    removed,
    screened,
)

Filling = Mapping[str, tuple[str, ...]]

REMOVE, KEEP, CHANGED = "remove", "keep:", "changed"
ATTACH = Field(
    "attach",
    "Let the answers of your check go along?",
    "Advisers then see which policy you followed and what you answered, as it stands in the form.",
    "one",
    (("yes", "Yes, attach my answers"), ("no", "No, send my words alone")),
    required=True,
)
ROLE = Field(
    "role",
    "In which role do you answer?",
    "The asker sees the role and not your name.",
    "one",
    (
        ("safeguarding_lead", "Safeguarding lead"),
        ("caldicott_guardian", "Caldicott Guardian"),
        ("data_protection_officer", "Data protection officer"),
        ("adviser", "Another adviser"),
    ),
    required=True,
)
CODE = Field(
    "code",
    "The words of your code",
    "Thirteen words, in their order.",
    "line",
    required=True,
    most=300,
)


@dataclass(frozen=True, slots=True)
class Filled:
    """A form without a mistake in it; `words` are as they would go out."""

    words: str = field(repr=False)
    back: Back = "code"
    at_once: bool = False
    attach: bool = False
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is to be put right, by field id; `held` that the screen waits for an answer."""

    errors: Mapping[str, str]
    held: str | None = None


def question(
    words: Words, *, can_deliver: bool, attachable: bool, slots: bool
) -> tuple[Field, ...]:
    """The fields of a new question."""
    ways = [("code", words.back["code"])]
    ways += [("delivered", words.back["delivered"])] if can_deliver else []
    back = Field("back", "How does the answer reach you?", "", "one", tuple(ways), required=True)
    when = Field(
        "when",
        "When should it go?",
        "",
        "one",
        (("slot", "With the next release"), ("now", "At once: the time may show who I am")),
        required=True,
    )
    own = Field(
        "words",
        "Your question",
        "No names, numbers, addresses, dates or places. Say what troubles you.",
        "text",
        required=True,
        most=WORDS_MOST,
    )
    return (own, *((ATTACH,) if attachable else ()), back, *((when,) if slots else ()))


def further() -> tuple[Field, ...]:
    """The fields of a further question."""
    label, hint = "Your further question", "No names, numbers, addresses, dates or places."
    return (Field("words", label, hint, "text", required=True, most=WORDS_MOST),)


def answer(words: Words) -> tuple[Field, ...]:
    """The fields of an adviser's answer."""
    hint = words.adviser["answer_hint"]
    own = Field("words", "Your answer", hint, "text", required=True, most=WORDS_MOST)
    return (own, ROLE)


def with_seen(fields: tuple[Field, ...], mark: str | None) -> tuple[Field, ...]:
    """The fields; below the words what to do about them, while the screen holds them."""
    own, *others = fields
    return (own, seen(mark), *others) if mark else fields


def seen(mark: str) -> Field:
    """The field that stands there when something looks like personal data."""
    return Field(
        "seen",
        "What about what looks like personal data?",
        "You see the exact words before they go.",
        "one",
        (
            (REMOVE, "Take it out for me"),
            (f"{KEEP}{mark}", "Keep it: it is not personal data"),
            (CHANGED, "I have changed my words above"),
        ),
        required=True,
    )


def read(fields: tuple[Field, ...], form: Filling) -> Filled | Wrong:
    """What was filled in, or what is to be put right."""
    filling = forms.received((*(each.id for each in fields), "seen"), form)
    values, errors = forms.read(fields, filling)
    words, error, held = _words(str(values.get("words", "")), filling.get("seen", ()))
    if error and "words" not in errors:
        errors["words"] = error
    if errors:
        return Wrong(errors, held)
    return Filled(
        words=words,
        back="delivered" if values.get("back") == "delivered" else "code",
        at_once=values.get("when") == "now",
        attach=values.get("attach") == "yes",
        role=str(values["role"]) if "role" in values else None,
    )


def _words(typed: str, said: tuple[str, ...]) -> tuple[str, str | None, str | None]:
    """The words as they would go, what is wrong, and the mark that an answer must carry."""
    words = plain(typed)
    if len(words) > WORDS_MOST:
        return words, TOO_LONG, None
    if not words:
        return words, "Write something here.", None
    if REMOVE in said:
        try:
            words = removed(words)
        except (NotScreened, TooLong):
            return words, FAILED, None
    kept = tuple(each.removeprefix(KEEP) for each in said)
    error = screened(words, kept)
    return words, error, answerable(words) if error else None
