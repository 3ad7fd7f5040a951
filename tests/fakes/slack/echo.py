"""How Slack writes back what it was given: missing names made up, defaults filled in."""

import itertools
from collections.abc import Iterator, Sequence
from typing import Any

from .blocks import elements_of
from .checking import Json

_NAMELESS = ("image",)


class Names:
    """Ids that look like Slack's and never repeat in one workspace."""

    def __init__(self) -> None:
        self._counter: Iterator[int] = itertools.count(1)

    def make(self, prefix: str) -> str:
        return f"{prefix}{next(self._counter):06d}"


def echoed_blocks(blocks: Sequence[Json], names: Names) -> list[Json]:
    """The blocks as they stand in Slack's answers and payloads."""
    return [_echoed_block(block, names) for block in blocks]


def echoed_view(view: Json, names: Names) -> Json:
    """The view as it stands in Slack's answers and payloads, without what Slack adds around it."""
    shape = {name: _with_defaults(held) for name, held in view.items() if name != "blocks"}
    return {
        "private_metadata": "",
        "callback_id": "",
        "external_id": "",
        "close": None,
        "submit": None,
        "clear_on_close": False,
        "notify_on_close": False,
        **shape,
        "blocks": echoed_blocks(view["blocks"], names),
    }


def _echoed_block(block: Json, names: Names) -> Json:
    echoed: Json = _with_defaults(block)
    echoed.setdefault("block_id", names.make("b"))
    if echoed["type"] == "input":
        echoed = {"optional": False, "dispatch_action": False, **echoed}
    for _, element in elements_of(echoed):
        if element["type"] not in _NAMELESS:
            element.setdefault("action_id", names.make("a"))
    return echoed


def _with_defaults(value: Any) -> Any:
    """A deep copy in which every text object says what it left unsaid."""
    if isinstance(value, list):
        return [_with_defaults(held) for held in value]
    if not isinstance(value, dict):
        return value
    copied = {name: _with_defaults(held) for name, held in value.items()}
    match copied.get("type"):
        case "plain_text" if isinstance(copied.get("text"), str):
            copied.setdefault("emoji", True)
        case "mrkdwn":
            copied.setdefault("verbatim", False)
    return copied
