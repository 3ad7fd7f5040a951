"""What a workspace has chosen before, change by change: when, who, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dialogs.fields import Field
from dialogs.pages import PageView, Section, Way
from dialogs.setup import ROOM, TITLE, as_chosen
from policies.model import Contact

NOTHING = "Saved with nothing changed."


@dataclass(frozen=True, slots=True)
class Saved:
    """The choices as they stood once somebody had saved them: filled in, who (in words), when."""

    who: str
    when: str
    held: Mapping[str, tuple[str, ...]]


def page(
    fields: Sequence[Field],
    saved: Sequence[Saved],
    before: Mapping[str, tuple[str, ...]],
    emergency: Contact,
) -> PageView:
    """The changes, newest first as they are given; `before` is what held before the oldest."""
    earlier = (*(each.held for each in saved[1:]), before)
    sections = tuple(
        Section(f"{each.when}, {each.who}", bullets=tuple(_changed(fields, each.held, last)))
        for each, last in zip(saved, earlier, strict=True)
    )
    return PageView(TITLE, sections, (Way("What holds now", ROOM, "show"),), emergency)


def _changed(
    fields: Sequence[Field],
    held: Mapping[str, tuple[str, ...]],
    last: Mapping[str, tuple[str, ...]],
) -> Iterator[str]:
    changed = [field for field in fields if held.get(field.id) != last.get(field.id)]
    if not changed:
        yield NOTHING
    for field in changed:
        yield as_chosen(field, held)
