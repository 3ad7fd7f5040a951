"""The decision form as a page draws it: which component a field is, and what it holds already."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from dialogs.fields import KEPT, WORDS, Field
from dialogs.pages import FormView
from dialogs.screening import answerable
from dialogs.views import DecisionView

MOST_RADIOS = 5
"""More answers than this are a list to choose from."""

Drawn = Literal["radios", "checkboxes", "select", "date", "line", "text"]


@dataclass(frozen=True, slots=True)
class Kept:
    """The words hold what may be personal data; the box by which a practitioner says it is not."""

    value: str
    ticked: bool


def drawn_as(field: Field) -> Drawn:
    """The component for a field; an answer that may stay empty must be one that can be emptied."""
    match field.kind:
        case "one":
            return "radios" if field.required and len(field.options) <= MOST_RADIOS else "select"
        case "many":
            return "checkboxes"
        case "channel":
            return "line"
        case "date" | "line" | "text":
            return field.kind


def place_of(field: str) -> str:
    """The id of a field's first input."""
    return f"field-{field}"


def mistakes_of(view: DecisionView | FormView) -> Iterator[tuple[str, str]]:
    """What is wrong with the form, in the order of its fields, each with the input's id."""
    for field in view.fields:
        if field.id in view.errors:
            yield place_of(field.id), f"{field.label}{_pause(field.label)} {view.errors[field.id]}"


def kept_of(view: DecisionView) -> Kept | None:
    """The box to tick when the screen holds something against the words, and only then."""
    words = "".join(view.form.get(WORDS.id, ())[:1])
    mark = answerable(words)
    return Kept(mark, ticked=mark in view.form.get(KEPT, ())) if mark else None


def held(form: Mapping[str, tuple[str, ...]], field: Field) -> str:
    """The one value that a field holds, or nothing."""
    return "".join(form.get(field.id, ())[:1])


def _pause(label: str) -> str:
    return "" if label.endswith("?") else ":"
