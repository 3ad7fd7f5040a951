"""The rules for each block, and for a list of blocks taken together."""

from collections.abc import Iterator
from typing import Any

from . import limits
from .checking import Findings, Json, Rule, also, boolean, by_type, list_of, one_of, record, string
from .elements import IMAGE, IN_ACTIONS, IN_INPUT, IN_SECTION
from .objects import any_text, plain_text


def blocks_rule(maximum: int) -> Rule:
    """A list of blocks: each one, then what must be unique among them."""
    return also(list_of(BLOCK, maximum), _unique_block_ids, _unique_action_ids, _one_focus)


def elements_of(block: Json) -> Iterator[tuple[str, Json]]:
    """The elements of a checked block, each with its place below the block."""
    if "element" in block:
        yield "element", block["element"]
    if "accessory" in block:
        yield "accessory", block["accessory"]
    if block["type"] == "actions":
        for place, element in enumerate(block["elements"]):
            yield f"elements/{place}", element


def _block(
    kind: str, required: dict[str, Rule] | None = None, optional: dict[str, Rule] | None = None
) -> Rule:
    named = {"block_id": string(limits.BLOCK_ID)}
    return record({"type": one_of(kind), **(required or {})}, {**named, **(optional or {})})


def _has_text_or_fields(block: Any, pointer: str, findings: Findings) -> None:
    if "text" not in block and "fields" not in block:
        findings.add("missing required field: text", pointer)


def _unique_block_ids(blocks: Any, pointer: str, findings: Findings) -> None:
    seen: set[str] = set()
    for place, block in enumerate(blocks):
        name = block.get("block_id")
        if name in seen:
            findings.add(f"`block_id` {name} already exists", f"{pointer}/{place}/block_id")
        if name is not None:
            seen.add(name)


def _unique_action_ids(blocks: Any, pointer: str, findings: Findings) -> None:
    for place, block in enumerate(blocks):
        seen: set[str] = set()
        for where, element in elements_of(block):
            name = element.get("action_id")
            if name in seen:
                spot = f"{pointer}/{place}/{where}/action_id"
                findings.add(f"`action_id` {name} already exists for block", spot)
            if name is not None:
                seen.add(name)


def _one_focus(blocks: Any, pointer: str, findings: Findings) -> None:
    focused = [
        f"{pointer}/{place}/{where}/focus_on_load"
        for place, block in enumerate(blocks)
        for where, element in elements_of(block)
        if element.get("focus_on_load")
    ]
    for spot in focused[1:]:
        findings.add("only one element may set `focus_on_load`", spot)


BLOCK = by_type(
    {
        "section": also(
            _block(
                "section",
                {},
                {
                    "text": any_text(limits.SECTION_TEXT),
                    "fields": list_of(any_text(limits.SECTION_FIELD_TEXT), limits.SECTION_FIELDS),
                    "accessory": IN_SECTION,
                    "expand": boolean,
                },
            ),
            _has_text_or_fields,
        ),
        "header": _block("header", {"text": plain_text(limits.HEADER_TEXT)}),
        "divider": _block("divider"),
        "context": _block(
            "context",
            {
                "elements": list_of(
                    by_type(
                        {
                            "plain_text": any_text(limits.CONTEXT_TEXT),
                            "mrkdwn": any_text(limits.CONTEXT_TEXT),
                            "image": IMAGE,
                        }
                    ),
                    limits.CONTEXT_ELEMENTS,
                )
            },
        ),
        "actions": _block("actions", {"elements": list_of(IN_ACTIONS, limits.ACTIONS_ELEMENTS)}),
        "input": _block(
            "input",
            {"label": plain_text(limits.INPUT_LABEL), "element": IN_INPUT},
            {
                "hint": plain_text(limits.INPUT_HINT),
                "optional": boolean,
                "dispatch_action": boolean,
            },
        ),
        "image": _block(
            "image",
            {"alt_text": string(limits.IMAGE_ALT_TEXT)},
            {
                "image_url": string(limits.IMAGE_URL),
                "title": plain_text(limits.IMAGE_TITLE),
            },
        ),
    }
)
