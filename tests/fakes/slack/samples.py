"""Small valid views and blocks for the tests to break."""

import json
from typing import Any

from .checking import Json


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def option(value: str, text: str | None = None) -> Json:
    return {"text": plain(text or value), "value": value}


def radio_buttons(*values: str) -> Json:
    options = [option(value) for value in values or ("yes", "no")]
    return {"type": "radio_buttons", "action_id": "answer", "options": options}


def text_input() -> Json:
    return {"type": "plain_text_input", "action_id": "typed"}


def button(action_id: str = "why", text: str = "Why are we asking?") -> Json:
    return {"type": "button", "action_id": action_id, "text": plain(text), "value": "1"}


def select() -> Json:
    return {"type": "static_select", "action_id": "chosen", "options": [option("a"), option("b")]}


def input_block(element: Json, block_id: str = "purpose:1") -> Json:
    label = plain("Is there a clear purpose?")
    return {"type": "input", "block_id": block_id, "label": label, "element": element}


def section(text: str = "Some words") -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "block_id": "buttons", "elements": list(elements or [button()])}


def confirmation() -> Json:
    return {
        "title": plain("Post it?"),
        "text": plain("Your team will see it."),
        "confirm": plain("Post"),
        "deny": plain("Not now"),
    }


def modal(*blocks: Json, **changes: object) -> Json:
    return {
        "type": "modal",
        "callback_id": "question",
        "title": plain("Share Check"),
        "submit": plain("Continue"),
        "close": plain("Close"),
        "blocks": list(blocks or [input_block(radio_buttons())]),
        **changes,
    }


def home(*blocks: Json) -> Json:
    return {"type": "home", "blocks": list(blocks or [section()])}


def changed(sample: Json, place: str, value: object) -> Json:
    """A copy of the sample with one value put in at a JSON pointer."""
    copied: Any = json.loads(json.dumps(sample))
    held = copied
    *path, last = place.split("/")
    for step in path:
        held = held[int(step)] if isinstance(held, list) else held[step]
    held[int(last) if isinstance(held, list) else last] = value
    return dict(copied)


def with_element(element: Json, place: str, value: object) -> Json:
    return modal(input_block(changed(element, place, value)))


def without(sample: Json, name: str) -> Json:
    return {key: held for key, held in sample.items() if key != name}


def option_group(label: str = "Group") -> Json:
    return {"label": plain(label), "options": [option("a")]}
