"""The objects that blocks and elements are made of: text, options, confirmations."""

from typing import Any

from . import limits
from .checking import Findings, Rule, boolean, by_type, list_of, one_of, record, string


def plain_text(maximum: int) -> Rule:
    return by_type({"plain_text": _plain(maximum)})


def any_text(maximum: int) -> Rule:
    return by_type({"plain_text": _plain(maximum), "mrkdwn": _mrkdwn(maximum)})


def option(text: Rule, description: Rule) -> Rule:
    return record(
        {"text": text, "value": string(limits.OPTION_VALUE)},
        {"description": description},
    )


def initial_choice_is_offered(element: Any, pointer: str, findings: Findings) -> None:
    """Slack compares the whole option, not its value: text and description count too."""
    offered = [_canonical(offer) for offer in offered_options(element)]
    if "initial_option" in element and _canonical(element["initial_option"]) not in offered:
        findings.add("must be one of the provided options", f"{pointer}/initial_option")
    for place, chosen in enumerate(element.get("initial_options", [])):
        if _canonical(chosen) not in offered:
            where = f"{pointer}/initial_options/{place}"
            findings.add("must be one of the provided options", where)


def offered_options(element: Any) -> list[Any]:
    """Every option of an element, out of its groups if it has them."""
    grouped = [held for group in element.get("option_groups", []) for held in group["options"]]
    return [*element.get("options", []), *grouped]


def _canonical(value: Any) -> Any:
    # Slack writes these defaults into what it echoes, so both spellings are one option.
    if isinstance(value, dict):
        defaults = {"plain_text": {"emoji": True}, "mrkdwn": {"verbatim": False}}
        kind = value.get("type")
        filled = {**defaults.get(kind, {}), **value} if isinstance(kind, str) else value
        return {name: _canonical(held) for name, held in filled.items()}
    return value


def _plain(maximum: int) -> Rule:
    return record({"type": one_of("plain_text"), "text": string(maximum)}, {"emoji": boolean})


def _mrkdwn(maximum: int) -> Rule:
    return record({"type": one_of("mrkdwn"), "text": string(maximum)}, {"verbatim": boolean})


CONFIRMATION = record(
    {
        "title": plain_text(limits.CONFIRM_TITLE),
        "text": any_text(limits.CONFIRM_TEXT),
        "confirm": plain_text(limits.CONFIRM_BUTTON),
        "deny": plain_text(limits.CONFIRM_BUTTON),
    },
    {"style": one_of(*limits.BUTTON_STYLES)},
)

DISPATCH_CONFIGURATION = record(
    {"trigger_actions_on": list_of(one_of("on_enter_pressed", "on_character_entered"), 2)}
)

# Menus are drawn by the operating system on some clients, so they take no mrkdwn.
MENU_OPTION = option(
    plain_text(limits.OPTION_TEXT),
    plain_text(limits.OPTION_DESCRIPTION),
)
LISTED_OPTION = option(
    any_text(limits.OPTION_TEXT),
    any_text(limits.OPTION_DESCRIPTION),
)
OPTION_GROUP = record(
    {
        "label": plain_text(limits.OPTION_GROUP_LABEL),
        "options": list_of(MENU_OPTION, limits.SELECT_OPTIONS),
    }
)
