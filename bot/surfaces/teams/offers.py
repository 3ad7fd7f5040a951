"""What a card offers, as it is remembered for somebody who types an answer to it.

Of a room that must not be remembered nothing is: its cards are answered by their buttons.
"""

from collections.abc import Iterator
from typing import Any

from pydantic import Field

from bot.surfaces.teams.page_cards import GO, WHERE
from bot.surfaces.teams.pieces import Json
from bot.surfaces.teams.plain import lines_of, plain_words
from dialogs.pages import UNREMEMBERED
from policies.model import Value

PRESS = "Use the buttons of that card: of such a question nothing is kept to type an answer to."


class Button(Value):
    """A button that could be pressed; `inputs` says whether it sends what the card holds."""

    title: str
    verb: str
    data: dict[str, Any]
    inputs: bool = False


class Input(Value):
    """Something that could be filled in."""

    id: str
    label: str
    options: tuple[tuple[str, str], ...] = ()
    many: bool = False
    required: bool = False
    value: str = ""


class Offer(Value):
    """What the last card offered, and how far its form is filled in by typing."""

    words: str = ""
    buttons: tuple[Button, ...] = ()
    inputs: tuple[Input, ...] = ()
    unfolding: dict[str, str] = Field(default_factory=dict)
    values: dict[str, str] = Field(default_factory=dict)
    asking: int | None = None


def offer_of(card: Json) -> Offer:
    """What a card offers."""
    buttons: list[Button] = []
    unfolding: dict[str, str] = {}
    for action in _actions(card):
        if action["type"] == "Action.ShowCard":
            folded = action["card"]
            unfolding[action["title"]] = "\n".join(lines_of(folded["body"]))
            buttons += map(_button, folded.get("actions", []))
        else:
            buttons.append(_button(action))
    inputs = tuple(_input(each) for each in card["body"] if each["type"].startswith("Input."))
    if is_unremembered(card):
        return Offer(words=PRESS, buttons=tuple(each for each in buttons if not _leads_back(each)))
    return Offer(
        words=plain_words(card), buttons=tuple(buttons), inputs=inputs, unfolding=unfolding
    )


def is_unremembered(card: Json) -> bool:
    """Whether a card is of a room of which nothing may be kept: it is answered by its buttons."""
    buttons = [*map(_button, _pressable(card))]
    return any(map(_leads_back, buttons)) and all(each.verb == GO for each in buttons)


def _actions(card: Json) -> Iterator[Json]:
    for element in card["body"]:
        yield from _within(element)
    yield from card.get("actions", [])


def _within(element: Json) -> Iterator[Json]:
    match element:
        case {"type": "ActionSet", "actions": actions}:
            yield from actions
        case {"type": "ColumnSet", "columns": columns}:
            for column in columns:
                for item in column["items"]:
                    yield from _within(item)


def _pressable(card: Json) -> Iterator[Json]:
    for action in _actions(card):
        if action["type"] == "Action.ShowCard":
            yield from action["card"].get("actions", [])
        else:
            yield action


def _leads_back(button: Button) -> bool:
    return button.data.get(WHERE, {}).get("room") in UNREMEMBERED


def _button(action: Json) -> Button:
    return Button(
        title=action["tooltip"] if "tooltip" in action else action["title"],
        verb=action["verb"],
        data=action["data"],
        inputs=action["associatedInputs"] == "auto",
    )


def _input(element: Json) -> Input:
    return Input(
        id=element["id"],
        label=element["label"],
        options=tuple((each["value"], each["title"]) for each in element.get("choices", [])),
        many=element.get("isMultiSelect", False),
        required=element.get("isRequired", False),
        value=element.get("value", ""),
    )
