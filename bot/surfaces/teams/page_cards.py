"""Pages and forms beyond a check: drawn alike, whatever they are about."""

from collections.abc import Iterable, Iterator
from typing import Any

from bot.surfaces.teams.fields import MANY, field_inputs, many_of, problems
from bot.surfaces.teams.frame import Screen
from bot.surfaces.teams.pieces import (
    Json,
    emergency_line,
    execute,
    heading,
    note,
    row,
    unfold,
    words,
)
from bot.surfaces.teams.place import At
from dialogs.lines import bulleted
from dialogs.pages import FormView, PageView, Section, Way

GO = "go"
WHERE = "_go"
"""Where a button carries the room that takes it; no field's id begins like this."""
MOST_BUTTONS = 5
STYLES = {"primary": "positive", "danger": "destructive"}


def page_screen(view: PageView) -> Screen:
    """A page as a card."""
    body = [heading(view.title, "Large"), *_sections(view.sections)]
    return Screen(body, [], [*way_rows(view.ways), emergency_line(view.emergency)])


def form_screen(view: FormView) -> Screen:
    """A form as a card, with what was wrong with it just now."""
    form = {name: tuple(values) for name, values in view.form.items()}
    body = [
        heading(view.title, "Large"),
        *problems(view.fields, view.errors),
        *_sections(view.sections),
        *field_inputs(view.fields, form),
    ]
    submit = execute(
        view.submit,
        GO,
        {**_where(view.room, view.verb, view.value, GO), MANY: many_of(view.fields)},
        inputs=True,
        style="positive",
    )
    foot = [*way_rows(view.ways), *_sections(view.after), emergency_line(view.emergency)]
    return Screen(body, [submit], foot)


def _sections(sections: Iterable[Section]) -> Iterator[Json]:
    for section in sections:
        if section.heading:
            yield heading(section.heading)
        yield from map(words, (*section.lines, *bulleted(section.bullets)))
        if section.source:
            yield note(f"Source: {section.source}")
        yield from way_rows(section.ways)


def way_rows(ways: tuple[Way, ...], view: str = "") -> Iterator[Json]:
    """Buttons, in as many rows as they need; on the card of a check they carry its view."""
    for start in range(0, len(ways), MOST_BUTTONS):
        yield row(*(_way(way, view) for way in ways[start : start + MOST_BUTTONS]))


def _way(way: Way, view: str) -> Json:
    style = {"style": STYLES[way.style]} if way.style in STYLES else {}
    where = _where(way.room, way.verb, way.value, view)
    press = execute(way.label, GO, where, inputs=False, **style)
    return unfold(f"{way.label} …", [words(way.confirm)], press) if way.confirm else press


def _where(room: str, verb: str, value: str, view: str) -> dict[str, Any]:
    # A page may have forty buttons and one card for them all, so nothing is said twice.
    place = At(view=view).data() if view else {}
    return {**place, WHERE: {"room": room, "verb": verb, "value": value}}
