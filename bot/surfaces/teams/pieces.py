"""The few Adaptive Card pieces that the cards are made of, as plain dictionaries.

Text of packs and people goes into text runs, where nothing is formatted or linked. Only headings
are text blocks, because that is what a screen reader finds headings by, and those are escaped.
What cannot be seen of a text is taken out.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from dialogs.lines import emergency_words
from dialogs.visible import visible
from policies.model import Contact

Json: TypeAlias = dict[str, Any]

CARD = "application/vnd.microsoft.card.adaptive"
MARKUP = re.compile(r"([\\`*_\[\]~]|^[-+#>])")
BRACES = re.compile(r"(?<=\{)(?=\{)")
"""Where a text is cut in two: clients fill in dates and times at two braces, in a run as well."""

AT = "_at"
"""Where a button carries the place that it was drawn at; no question's id begins like this."""
VERB = "_verb"
ASKED = "_asked"
"""Where the button under a question says which one: a client may send no input at all."""


def words(text: str, **more: Any) -> Json:
    """A paragraph, in which nothing is formatted."""
    return _run({"type": "TextRun", "text": text}, **more)


def note(text: str) -> Json:
    """A small line."""
    return _run({"type": "TextRun", "text": text, "size": "Small"})


def bold(text: str) -> Json:
    """A line that stands out."""
    return _run({"type": "TextRun", "text": text, "weight": "Bolder"})


def hints(lines: Iterable[str]) -> list[Json]:
    """What helps to fill in an input, close under it."""
    return [words(line, spacing="Small") for line in lines if line]


def heading(text: str, size: str = "Medium") -> Json:
    """A heading, for the eye and for a screen reader."""
    return {
        "type": "TextBlock",
        "text": MARKUP.sub(r"\\\1", BRACES.sub(" ", visible(text))),
        "style": "heading",
        "size": size,
        "weight": "Bolder",
        "wrap": True,
    }


def part(label: str, lines: Iterable[str]) -> list[Json]:
    """Lines under a heading; nothing at all when there are none."""
    said = [line for line in lines if line]
    return [heading(label), *map(words, said)] if said else []


def execute(title: str, verb: str, data: Mapping[str, Any], *, inputs: bool, **more: Any) -> Json:
    """A button whose answer is the next card; older clients send the same as a message.

    With `inputs` the client sends what the card holds, once what is required is filled in.
    """
    title = visible(title)
    held = {"associatedInputs": "auto" if inputs else "none", **more}
    return {
        "type": "Action.Execute",
        "title": title,
        "verb": verb,
        "data": dict(data),
        **held,
        "fallback": {
            "type": "Action.Submit",
            "title": title,
            "data": {**data, VERB: verb},
            **held,
        },
    }


def unfold(title: str, body: list[Json], *buttons: Json) -> Json:
    """A button that unfolds more of the card, without asking anybody."""
    card: Json = {"type": "AdaptiveCard", "body": body}
    if buttons:
        card["actions"] = list(buttons)
    return {"type": "Action.ShowCard", "title": visible(title), "card": card}


def row(*buttons: Json) -> Json:
    """Buttons in the middle of a card."""
    return {"type": "ActionSet", "actions": list(buttons)}


def choices(
    name: str,
    label: str,
    options: Iterable[tuple[str, str]],
    *,
    value: str = "",
    required: bool,
    many: bool = False,
    compact: bool = False,
) -> Json:
    """One or many of some options; the label is part of the input, so that it is read out."""
    made: Json = {
        "type": "Input.ChoiceSet",
        "id": name,
        "label": visible(label),
        "style": "compact" if compact else "expanded",
        "wrap": True,
        "isRequired": required,
        "choices": [{"title": visible(title), "value": option} for option, title in options],
    }
    if many:
        made["isMultiSelect"] = True
    if required:
        made["errorMessage"] = "Choose an answer."
    if compact:
        made["placeholder"] = "Choose one"
    return {**made, "value": value} if value else made


def emergency_line(contact: Contact | None = None) -> Json:
    """The words that every card carries, as a small line."""
    return note(emergency_words(contact))


def _run(run: Json, **more: Any) -> Json:
    runs = [{**run, "text": text} for text in BRACES.split(visible(run["text"]))]
    return {"type": "RichTextBlock", "inlines": runs, **more}
