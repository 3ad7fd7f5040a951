"""The way without cards: what somebody types is taken as pressing a button of the last card.

Pure. What the last card offered is remembered (`offers.py`), and an answer typed to it carries
the place that the card had, so that an answer to an old card is known as one.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

from bot.surfaces.teams.offers import Button, Input, Offer

Named = TypeVar("Named")

ODD = re.compile(r"[^\w\s-]")
SKIP, KEEP = "skip", "keep"
NO_ANSWER = "That is not one of the answers. Type help for what else you can type."
IN_A_FORM = (
    "You are filling in a form, one line at a time. Type back to go back, or share-check help for "
    "all that you can type."
)
STAYS = "What you type stays in this chat, where your organisation keeps it."
ALIASES = {"back": "back", "unsure": "not sure", "dont know": "not sure", "y": "yes", "n": "no"}


@dataclass(frozen=True, slots=True)
class Press:
    """A button, pressed by typing."""

    verb: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Say:
    """Something to say, and what is offered from then on."""

    text: str
    offer: Offer


Understood: TypeAlias = Press | Say | None


def understood(offer: Offer, text: str) -> Understood:
    """What typing this means, where the offer stands; None when it means nothing there."""
    if offer.asking is not None:
        return _filled_in(offer, offer.asking, text)
    said = _plain(text)
    if not said:
        return None
    if len(offer.inputs) == 1 and offer.inputs[0].options:
        chosen = _chosen(offer.inputs[0], said)
        if chosen:
            return _sent(offer, {offer.inputs[0].id: chosen})
    if (button := _named(offer, said)) is not None:
        if button.inputs and len(offer.inputs) > 1:
            return _ask(offer, 0, {each.id: each.value for each in offer.inputs})
        return Press(button.verb, button.data)
    unfolded = _begun([(_plain(title), words) for title, words in offer.unfolding.items()], said)
    return Say(unfolded, offer) if unfolded is not None else None


def once_more(offer: Offer, first: str = NO_ANSWER) -> Say:
    """What was typed means nothing here: say so, and say again what can be typed."""
    asked = offer.inputs[offer.asking] if offer.asking is not None else None
    again = _question(asked, offer.values) if asked else offer.words
    return Say(f"{first}\n{again}", offer)


def _filled_in(offer: Offer, asking: int, text: str) -> Understood:
    """One field of a form, and then the next; the last one sends the form."""
    field, said = offer.inputs[asking], _plain(text)
    if said == "back":
        back = offer.model_copy(update={"asking": None})
        return _ask(back, asking - 1, offer.values) if asking else Say("You left the form.", back)
    held = _typed(field, said, text, offer.values.get(field.id, ""))
    if held is None:
        return once_more(offer)
    values = {**offer.values, field.id: held}
    if asking + 1 < len(offer.inputs):
        return _ask(offer, asking + 1, values)
    return _sent(offer, values)


def _typed(field: Input, said: str, text: str, before: str) -> str | None:
    """The value of a field; empty when it is left out, None when it is not one of its options."""
    if said == KEEP and before:
        return before
    if said == SKIP and not field.required:
        return ""
    if not field.options:
        return text.strip() or None
    words = re.split(r"[,\s]+", said) if field.many else [said]
    found = [_chosen(field, word) for word in words]
    if field.many and not all(found):
        found = [_chosen(field, said)]
    return ",".join(each for each in found if each) if all(found) else None


def _ask(offer: Offer, asking: int, values: Mapping[str, str]) -> Say:
    asked = offer.model_copy(update={"asking": asking, "values": dict(values)})
    return Say(_question(offer.inputs[asking], values), asked)


def _question(field: Input, values: Mapping[str, str] | None = None) -> str:
    lines = [field.label, *(f"{n}. {label}" for n, (_, label) in enumerate(field.options, 1))]
    before = (values or {}).get(field.id, "")
    if before:
        labels = dict(field.options)
        named = ", ".join(labels.get(each, each) for each in before.split(","))
        lines.append(f"Type {KEEP} for: {named if field.options else before}")
    if not field.options:
        lines.append(STAYS)
    if not field.required:
        lines.append(f"Type {SKIP} to leave it out.")
    return "\n".join(lines)


def _sent(offer: Offer, values: Mapping[str, str]) -> Press | None:
    for button in offer.buttons:
        if button.inputs:
            return Press(button.verb, {**button.data, **values})
    return None


def _chosen(field: Input, said: str) -> str | None:
    """The option that is meant by its number, its label, its value, or how its label begins."""
    if said.isascii() and said.isdigit():
        place = int(said[:4]) - 1
        return field.options[place][0] if 0 <= place < len(field.options) else None
    said = ALIASES.get(said, said)
    names = {value: _plain(label) for value, label in field.options}
    exact = [value for value, name in names.items() if said in (name, _plain(value))]
    begun = [value for value, name in names.items() if re.search(rf"\b{re.escape(said)}\b", name)]
    first = [value for value, name in names.items() if name.startswith(said)]
    for found in (exact, first, begun):
        if len(found) == 1:
            return found[0]
    return None


def _named(offer: Offer, said: str) -> Button | None:
    names = [(_plain(button.title), button) for button in offer.buttons]
    found = next((button for name, button in names if said == name), None)
    return found or _begun([(name, button) for name, button in names if not button.folded], said)


def _begun(named: list[tuple[str, Named]], said: str) -> Named | None:
    """The only one whose name begins like this."""
    begun = [found for name, found in named if name.startswith(said)]
    return begun[0] if len(begun) == 1 else None


def _plain(text: str) -> str:
    return " ".join(ODD.sub("", text.replace("_", " ").casefold()).split())
