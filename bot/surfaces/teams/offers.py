"""What a card offers, as it is remembered for somebody who types an answer to it.

Of a room that must not be remembered nothing is: its cards are answered by their buttons.
"""

from collections.abc import Iterator
from typing import Any

from pydantic import Field

from bot.surfaces.teams.page_cards import GO, WHERE
from bot.surfaces.teams.pieces import Json
from bot.surfaces.teams.plain import actions_of, lines_of, names_of, plain_words
from dialogs.pages import FOR_A_CODE, UNREMEMBERED
from policies.model import Value

PRESS = "Use the buttons of that card: of such a question nothing is kept to type an answer to."


class Button(Value):
    """A button that could be pressed; `inputs` says whether it sends what the card holds.

    One that is `folded` away does something that lasts: its name has to be typed in full.
    """

    title: str
    verb: str
    data: dict[str, Any]
    inputs: bool = False
    folded: bool = False


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
    names = names_of(card)
    for action in actions_of(card):
        name = names[id(action)]
        if action["type"] == "Action.ShowCard":
            folded = [_button(each, _sure(name, each), folded=True) for each in _folded(action)]
            types = [f"Type: {each.title}" for each in folded]
            unfolding[name] = "\n".join([*lines_of(action["card"]["body"], names), *types])
            buttons += folded
        else:
            buttons.append(_button(action, name))
    inputs = tuple(_input(each) for each in card["body"] if each["type"].startswith("Input."))
    if is_unremembered(card):
        return Offer(words=PRESS, buttons=tuple(each for each in buttons if not _leads_back(each)))
    return Offer(
        words=plain_words(card), buttons=tuple(buttons), inputs=inputs, unfolding=unfolding
    )


def is_unremembered(card: Json) -> bool:
    """Whether a card is of a room of which nothing may be kept: it is answered by its buttons."""
    buttons = [_button(action, "") for action in _pressable(card)]
    return any(map(_leads_back, buttons)) and all(each.verb == GO for each in buttons)


def _pressable(card: Json) -> Iterator[Json]:
    for action in actions_of(card):
        yield from _folded(action) if action["type"] == "Action.ShowCard" else (action,)


def _folded(action: Json) -> list[Json]:
    folded: list[Json] = action["card"].get("actions", [])
    return folded


def _sure(name: str, folded: Json) -> str:
    """What to type for a button that is folded away behind a question whether one is sure."""
    title: str = folded["title"]
    if not name.startswith(title):
        return title
    return f"Yes, {title[:1].lower()}{name[1:]}".replace(" …", "")


def _leads_back(button: Button) -> bool:
    where = button.data.get(WHERE, {})
    return where.get("room") in UNREMEMBERED and where.get("verb") != FOR_A_CODE


def _button(action: Json, name: str, *, folded: bool = False) -> Button:
    return Button(
        title=name,
        verb=action["verb"],
        data=action["data"],
        inputs=action["associatedInputs"] == "auto",
        folded=folded,
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
