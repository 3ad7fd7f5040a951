"""What a person can press or choose, and how Slack reports it."""

from collections.abc import Sequence
from typing import TypeAlias

from .blocks import elements_of
from .checking import Json
from .errors import NotOnScreen
from .fields import fields_of

Choice: TypeAlias = str | Sequence[str] | None


def find_element(
    blocks: Sequence[Json], action_id: str, block_id: str | None
) -> tuple[Json, Json]:
    """The one element with this action id, after its block."""
    found = [
        (block, element)
        for block in blocks
        for _, element in elements_of(block)
        if element.get("action_id") == action_id and block_id in (None, block["block_id"])
    ]
    if len(found) != 1:
        raise NotOnScreen(f"{len(found)} elements are called {action_id!r}")
    block, element = found[0]
    if block["type"] == "input" and not block["dispatch_action"]:
        raise NotOnScreen(f"{action_id!r} is only sent with the whole view")
    return block, element


def action_on(block: Json, element: Json, choice: Choice, action_ts: str) -> Json:
    """What Slack says was done to this element."""
    action = {
        "type": element["type"],
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "action_ts": action_ts,
    }
    for field in fields_of([block]):
        if field.action_id == element["action_id"]:
            return {**action, **field.holding(choice)}
    if element["type"] == "overflow":
        return {**action, "selected_option": _chosen(element, choice)}
    kept = ("text", "value", "style", "url", "accessibility_label")
    return {**action, **{name: element[name] for name in kept if name in element}}


def _chosen(element: Json, choice: Choice) -> Json:
    for option in element["options"]:
        if option["value"] == choice:
            return dict(option)
    raise NotOnScreen(f"{element['action_id']!r} does not offer {choice!r}")
