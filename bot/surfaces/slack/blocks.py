"""The few Block Kit pieces that the screens are made of, as plain dictionaries.

Text of packs and people goes into plain_text, where nothing is formatted. Where a label in bold
stands in one block with such text, the text is escaped and marked verbatim, so that Slack makes
no links or mentions of it. There is no escape for `*`, `_`, `~` and the backtick: where a text
holds one, its label does without bold. What cannot be seen is taken out.
"""

import re
from collections.abc import Iterable
from typing import Any, TypeAlias

from dialogs.lines import emergency_words
from dialogs.visible import visible
from policies.model import Contact

Json: TypeAlias = dict[str, Any]

SECTION = 2_900
"""Characters that go into one section; Slack takes 3,000."""

FORMATS = re.compile(r"[*_~`]")
COLON = ":"


def plain(text: str) -> Json:
    """Text in which nothing is formatted, and no :name: becomes a picture."""
    made = {"type": "plain_text", "text": visible(text)}
    return {**made, "emoji": False} if COLON in text else made


def paragraphs(text: str) -> list[Json]:
    """A paragraph, or as many as it takes."""
    return [words(piece) for piece in _pieces(visible(text))]


def words(text: str) -> Json:
    """A paragraph."""
    return {"type": "section", "text": plain(text)}


def header(text: str) -> Json:
    """A large line."""
    return {"type": "header", "text": plain(text)}


def note(text: str) -> Json:
    """A small line."""
    return {"type": "context", "elements": [plain(text)]}


def button(label: str, action_id: str, value: str | None = None, **more: Any) -> Json:
    """A button that says one thing."""
    made = {"type": "button", "text": plain(label), "action_id": action_id, **more}
    return made if value is None else {**made, "value": value}


def actions(*buttons: Json, block_id: str = "actions") -> Json:
    """A row of buttons."""
    return {"type": "actions", "block_id": block_id, "elements": list(buttons)}


def labelled(label: str, text: str, **more: Any) -> Json:
    """A paragraph under a label in bold; without bold, if escaping would make it too long."""
    sections = listed(label, [text])
    section = sections[0] if len(sections) == 1 else words(f"{label}\n{text}")
    return {**section, **more}


def listed(label: str, lines: Iterable[str]) -> list[Json]:
    """Lines under a label in bold, in as many sections as they need."""
    told = list(lines)
    if FORMATS.search("".join([label, *told])):
        return [words(held) for held in _filled(label, told)]
    marked = _filled(f"*{escaped(label)}*", map(escaped, told))
    return [{"type": "section", "text": _marked(held)} for held in marked]


def _filled(first: str, lines: Iterable[str]) -> Iterable[str]:
    """The lines, as many together as go into one section."""
    held = first
    for line in lines:
        for piece in _pieces(line):
            if len(held) + len(piece) + 1 > SECTION:
                yield held
                held = piece
            else:
                held = f"{held}\n{piece}"
    yield held


def escaped(text: str) -> str:
    """Text whose characters Slack does not read as its own."""
    return visible(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def emergency_line(contact: Contact | None = None) -> Json:
    """The words that every screen carries, as a small line."""
    return note(emergency_words(contact))


def _marked(text: str) -> Json:
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def _pieces(line: str) -> Iterable[str]:
    """A line that is too long for one section, cut where a word ends."""
    while len(line) > SECTION:
        cut = line.rfind(" ", 1, SECTION)
        cut = cut if cut > 0 else SECTION
        yield line[:cut]
        line = line[cut:].lstrip()
    yield line
