"""Whole surfaces checked at once: a modal, a Home tab, a message with its metadata."""

import json
import re
from collections.abc import Iterator
from typing import Any

from . import limits
from .blocks import blocks_rule
from .checking import Findings, Json, Rule, also, boolean, by_type, one_of, record, string
from .errors import Refused
from .objects import plain_text


def refuse_bad_view(view: Any, kind: str) -> None:
    """Raise what views.open, views.push, views.update and views.publish would answer."""
    if len(json.dumps(view).encode()) > limits.VIEW_BYTES:
        raise Refused("view_too_large")
    findings = Findings()
    by_type({kind: {"modal": _MODAL, "home": _HOME}[kind]})(view, "/view", findings)
    if findings.lines:
        lines = ["failed to match all allowed schemas [json-pointer:/view]", *findings.lines]
        raise Refused("invalid_arguments", [f"[ERROR] {line}" for line in lines])


def refuse_bad_message(text: str, blocks: Any) -> None:
    """Raise what chat.postMessage and its relatives would answer."""
    if blocks is not None:
        _refuse_bad_blocks(blocks)
    # Slack only warns here; a notification or a screen reader would have nothing to say.
    if not text.strip():
        raise Refused("no_text")
    if len(text) > limits.MESSAGE_TEXT:
        raise Refused("msg_too_long")


def refuse_bad_metadata(metadata: Any) -> None:
    """Raise what chat.postMessage would answer to this `metadata`."""
    if not isinstance(metadata, dict) or set(metadata) != {"event_type", "event_payload"}:
        raise Refused("invalid_metadata_format")
    name, payload = metadata["event_type"], metadata["event_payload"]
    # Slack drops metadata silently when the name has a dot or a dash in it:
    # https://github.com/slackapi/bolt-python/issues/863
    if not isinstance(name, str) or re.fullmatch(r"[A-Za-z0-9_]+", name) is None:
        raise Refused("invalid_metadata_format")
    if len(name) > limits.METADATA_EVENT_TYPE:
        raise Refused("invalid_metadata_format")
    if not isinstance(payload, dict) or not all(map(_may_be_in_payload, payload.values())):
        raise Refused("invalid_metadata_schema")
    if len(json.dumps(metadata).encode()) > limits.METADATA_BYTES:
        raise Refused("metadata_too_large")


def words_in(value: Any) -> Iterator[str]:
    """Every `text` that a person would read, in the order in which it stands."""
    if isinstance(value, dict):
        for name, held in value.items():
            if name == "text" and isinstance(held, str):
                yield held
            else:
                yield from words_in(held)
    elif isinstance(value, list):
        for held in value:
            yield from words_in(held)


def _refuse_bad_blocks(blocks: Any) -> None:
    findings = Findings()
    blocks_rule(limits.BLOCKS_IN_MESSAGE)(blocks, "/blocks", findings)
    if findings.lines:
        raise Refused("invalid_blocks", [f"[ERROR] {line}" for line in findings.lines])
    words = sum(len(text) for text in words_in(blocks))
    if words + limits.MESSAGE_COST_OF_A_BLOCK * len(blocks) > limits.MESSAGE_BLOCKS_BUDGET:
        raise Refused("msg_blocks_too_long")


def _may_be_in_payload(value: Any) -> bool:
    if isinstance(value, str | int | float | bool):
        return True
    if isinstance(value, list):
        return all(isinstance(held, str | int | float | bool) or _is_flat(held) for held in value)
    return _is_flat(value)


def _is_flat(value: Any) -> bool:
    return isinstance(value, dict) and all(
        isinstance(held, str | int | float | bool) for held in value.values()
    )


def _submit_where_input(view: Json, pointer: str, findings: Findings) -> None:
    if "submit" in view:
        return
    for place, block in enumerate(view["blocks"]):
        if block["type"] == "input":
            spot = f"{pointer}/blocks/{place}/input"
            findings.add("must define `submit` to use `input` block", spot)


_CARRIED: dict[str, Rule] = {
    "private_metadata": string(limits.PRIVATE_METADATA, minimum=0),
    "callback_id": string(limits.CALLBACK_ID),
    "external_id": string(limits.EXTERNAL_ID),
}
_MODAL = also(
    record(
        {
            "type": one_of("modal"),
            "title": plain_text(limits.VIEW_TITLE),
            "blocks": blocks_rule(limits.BLOCKS_IN_VIEW),
        },
        {
            "submit": plain_text(limits.VIEW_SUBMIT),
            "close": plain_text(limits.VIEW_CLOSE),
            "clear_on_close": boolean,
            "notify_on_close": boolean,
            **_CARRIED,
        },
    ),
    _submit_where_input,
)
_HOME = record(
    {"type": one_of("home"), "blocks": blocks_rule(limits.BLOCKS_IN_VIEW)},
    _CARRIED,
)
