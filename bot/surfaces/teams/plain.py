"""A card in plain words, for clients that cannot draw it, and for people who type.

The words are taken from the card itself, so that the two cannot say different things.
"""

import re
from collections.abc import Iterable, Iterator

from bot.surfaces.teams.pieces import Json

ESCAPED = re.compile(r"\\([\\`*_\[\]~+#>-])")


def plain_words(card: Json) -> str:
    """Everything that a card says, and what can be pressed, a line each."""
    return "\n".join([*lines_of(card["body"]), *_buttons(card.get("actions", []))])


def lines_of(body: Iterable[Json]) -> Iterator[str]:
    """What these elements say, a line each."""
    for element in body:
        yield from _element(element)


def _element(element: Json) -> Iterator[str]:
    match element:
        case {"type": "TextBlock", "text": text}:
            yield ESCAPED.sub(r"\1", text)
        case {"type": "RichTextBlock", "inlines": inlines}:
            yield "".join(run["text"] for run in inlines)
        case {"type": "Input.ChoiceSet", "label": label, "choices": choices}:
            yield label
            for number, choice in enumerate(choices, start=1):
                yield f"{number}. {choice['title']}"
        case {"type": "Input.Text" | "Input.Date", "label": label}:
            yield label
        case {"type": "ActionSet", "actions": actions}:
            yield from _buttons(actions)
        case {"type": "Container", "items": items}:
            for item in items:
                yield from _element(item)
        case {"type": "ColumnSet", "columns": columns}:
            for column in columns:
                for item in column["items"]:
                    yield from _element(item)
        case _:
            raise ValueError("A card holds an element that has no plain words.")


def _buttons(actions: list[Json]) -> Iterator[str]:
    titles = [action["title"] for action in actions]
    if titles:
        yield f"Type: {', '.join(titles)}"
