"""A card in plain words, for clients that cannot draw it, and for people who type.

The words are taken from the card itself, so that the two cannot say different things.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from bot.surfaces.teams.pieces import Json

ESCAPED = re.compile(r"\\([\\`*_\[\]~+#>-])")
NUMBER = "Type the number of your answer."
Names = Mapping[int, str]
"""What to type for a button, by which object it is."""


def plain_words(card: Json) -> str:
    """Everything that a card says, and what can be pressed, a line each."""
    names = names_of(card)
    inputs = [each for each in card["body"] if each["type"].startswith("Input.")]
    # As `typed.py` has it: where one thing is asked, a number is an answer.
    number = [NUMBER] if len(inputs) == 1 and "choices" in inputs[0] else []
    buttons = _buttons(card.get("actions", []), names)
    return "\n".join([*lines_of(card["body"], names), *number, *buttons])


def names_of(card: Json) -> Names:
    """What to type for each button; of those that are called alike, each has a number."""
    buttons = [*actions_of(card)]
    alike = Counter(button["title"] for button in buttons)
    met: Counter[str] = Counter()
    names = {}
    for button in buttons:
        title = button["title"]
        met[title] += 1
        names[id(button)] = f"{title} {met[title]}" if alike[title] > 1 else title
    return names


def actions_of(card: Json) -> Iterator[Json]:
    """The buttons of a card, in the order of reading; not those that are folded away."""
    for element in card["body"]:
        yield from _within(element)
    yield from card.get("actions", [])


def lines_of(body: Iterable[Json], names: Names) -> Iterator[str]:
    """What these elements say, a line each."""
    for element in body:
        yield from _element(element, names)


def _within(element: Json) -> Iterator[Json]:
    match element:
        case {"type": "ActionSet", "actions": actions}:
            yield from actions
        case {"type": "ColumnSet", "columns": columns}:
            for column in columns:
                for item in column["items"]:
                    yield from _within(item)


def _element(element: Json, names: Names) -> Iterator[str]:
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
            yield from _buttons(actions, names)
        case {"type": "ColumnSet", "columns": columns}:
            for column in columns:
                yield from lines_of(column["items"], names)
        case _:
            raise ValueError("A card holds an element that has no plain words.")


def _buttons(actions: list[Json], names: Names) -> Iterator[str]:
    if actions:
        yield f"Type: {', '.join(names[id(action)] for action in actions)}"
