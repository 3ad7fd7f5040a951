"""Pages and forms beyond a check: drawn alike, whatever they are about."""

from collections.abc import Iterable, Iterator
from itertools import count

from bot.surfaces.slack.blocks import (
    Json,
    actions,
    button,
    emergency_line,
    listed,
    note,
    paragraphs,
    plain,
)
from bot.surfaces.slack.fields import input_of, problems
from bot.surfaces.slack.fitting import MODAL, Space, fitted
from bot.surfaces.slack.frame import Screen
from dialogs.lines import bulleted
from dialogs.pages import FormView, PageView, Section, Way

GO = "go:"
FORM = "form"
HOME = "home"
REST = "There is more than fits here."
MOST_BUTTONS = 25
"""Buttons in one row (Slack)."""
LABEL, CONFIRM, VALUE = 75, 300, 2_000
"""Characters of a button, of a question before it is pressed, and of what it carries (Slack)."""


def page_screen(view: PageView) -> Screen:
    """A page as a modal."""
    return Screen("page", page_blocks(view, MODAL), title=view.title)


def page_blocks(view: PageView, space: Space) -> list[Json]:
    """What a page says, for a modal, a message or the home tab, as far as there is space."""
    numbers = count(1)
    body = list(_sections(view.sections, numbers))
    end = [*way_row(view.ways, numbers), emergency_line(view.emergency)]
    return fitted(body, end, space, REST)


def home_view(view: PageView) -> Json:
    """A page on the Home tab."""
    return {"type": HOME, "callback_id": HOME, "blocks": page_blocks(view, MODAL)}


def form_screen(view: FormView) -> Screen:
    """A form as a modal, with what was wrong with it just now."""
    numbers = count(1)
    blocks = [
        *problems(view.fields, view.errors),
        *_sections(view.sections, numbers),
        *(input_of(field, tuple(view.form.get(field.id, ())), FORM) for field in view.fields),
        *way_row(view.ways, numbers),
        *_sections(view.after, numbers),
        emergency_line(view.emergency),
    ]
    return Screen(FORM, blocks, view.submit, title=view.title)


def text_of(view: PageView) -> str:
    """A page in one line, for notifications: its title and no more."""
    return view.title


def _sections(sections: Iterable[Section], numbers: Iterator[int]) -> Iterator[Json]:
    for section in sections:
        yield from _said(section)
        yield from way_row(section.ways, numbers)


def _said(section: Section) -> Iterator[Json]:
    lines = [*section.lines, *bulleted(section.bullets)]
    if section.heading:
        yield from listed(section.heading, lines)
    else:
        for line in lines:
            yield from paragraphs(line)
    if section.source:
        yield note(f"Source: {section.source}")


def way_row(ways: tuple[Way, ...], numbers: Iterator[int]) -> Iterator[Json]:
    """Buttons, in as many rows as they need."""
    for start in range(0, len(ways), MOST_BUTTONS):
        row = ways[start : start + MOST_BUTTONS]
        number = next(numbers)
        yield actions(
            *(_button(way, f"{number}.{place}") for place, way in enumerate(row)),
            block_id=f"ways:{number}",
        )


def _button(way: Way, place: str) -> Json:
    more: Json = {} if way.style == "plain" else {"style": way.style}
    if way.confirm:
        more["confirm"] = {
            "title": plain("Are you sure?"),
            "text": plain(way.confirm[:CONFIRM]),
            "confirm": plain(way.label[:30]),
            "deny": plain("Go back"),
        }
    action_id = f"{GO}{way.room}:{way.verb}:{place}"
    return button(way.label[:LABEL], action_id, way.value[:VALUE] or None, **more)
