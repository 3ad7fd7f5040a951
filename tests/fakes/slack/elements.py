"""The rules for each interactive element, and where each may stand."""

from typing import Any

from . import limits
from .checking import (
    Findings,
    Rule,
    also,
    boolean,
    by_type,
    list_of,
    one_of,
    record,
    shaped,
    string,
    whole_number,
)
from .objects import (
    CONFIRMATION,
    DISPATCH_CONFIGURATION,
    LISTED_OPTION,
    MENU_OPTION,
    OPTION_GROUP,
    initial_choice_is_offered,
    plain_text,
)


def _element(
    kind: str, required: dict[str, Rule] | None = None, optional: dict[str, Rule] | None = None
) -> Rule:
    named = {"action_id": string(limits.ACTION_ID)}
    return record({"type": one_of(kind), **(required or {})}, {**named, **(optional or {})})


def _one_source_of_options(element: Any, pointer: str, findings: Findings) -> None:
    if ("options" in element) == ("option_groups" in element):
        findings.add("must provide either `options` or `option_groups`", pointer)


def _shortest_within_longest(element: Any, pointer: str, findings: Findings) -> None:
    shortest = element.get("min_length", 0)
    longest = element.get("max_length", limits.TYPED_TEXT)
    if shortest > longest:
        findings.add("`min_length` must not exceed `max_length`", f"{pointer}/min_length")
    if len(element.get("initial_value", "")) > longest:
        findings.add(f"must be less than {longest + 1} characters", f"{pointer}/initial_value")


_FOCUS: dict[str, Rule] = {"focus_on_load": boolean}
_PLACEHOLDER: dict[str, Rule] = {"placeholder": plain_text(limits.PLACEHOLDER)}
_CONFIRM: dict[str, Rule] = {"confirm": CONFIRMATION}
_MENU: dict[str, Rule] = {
    "options": list_of(MENU_OPTION, limits.SELECT_OPTIONS),
    "option_groups": list_of(OPTION_GROUP, limits.SELECT_OPTIONS),
    **_PLACEHOLDER,
    **_FOCUS,
    **_CONFIRM,
}
_TYPED: dict[str, Rule] = {
    "initial_value": string(limits.TYPED_TEXT),
    "dispatch_action_config": DISPATCH_CONFIGURATION,
    **_PLACEHOLDER,
    **_FOCUS,
}

BUTTON = _element(
    "button",
    {"text": plain_text(limits.BUTTON_TEXT)},
    {
        "value": string(limits.BUTTON_VALUE),
        "url": string(limits.BUTTON_URL),
        "style": one_of(*limits.BUTTON_STYLES),
        "accessibility_label": string(limits.ACCESSIBILITY_LABEL),
        **_CONFIRM,
    },
)
RADIO_BUTTONS = also(
    _element(
        "radio_buttons",
        {"options": list_of(LISTED_OPTION, limits.RADIO_OPTIONS)},
        {"initial_option": LISTED_OPTION, **_FOCUS, **_CONFIRM},
    ),
    initial_choice_is_offered,
)
CHECKBOXES = also(
    _element(
        "checkboxes",
        {"options": list_of(LISTED_OPTION, limits.CHECKBOX_OPTIONS)},
        {
            "initial_options": list_of(LISTED_OPTION, limits.CHECKBOX_OPTIONS),
            **_FOCUS,
            **_CONFIRM,
        },
    ),
    initial_choice_is_offered,
)
STATIC_SELECT = also(
    _element("static_select", {}, {"initial_option": MENU_OPTION, **_MENU}),
    _one_source_of_options,
    initial_choice_is_offered,
)
MULTI_STATIC_SELECT = also(
    _element(
        "multi_static_select",
        {},
        {
            "initial_options": list_of(MENU_OPTION, limits.SELECT_OPTIONS),
            "max_selected_items": whole_number(1, limits.SELECT_OPTIONS),
            **_MENU,
        },
    ),
    _one_source_of_options,
    initial_choice_is_offered,
)
OVERFLOW = _element(
    "overflow", {"options": list_of(MENU_OPTION, limits.OVERFLOW_OPTIONS)}, _CONFIRM
)
PLAIN_TEXT_INPUT = also(
    _element(
        "plain_text_input",
        {},
        {
            "multiline": boolean,
            "min_length": whole_number(0, limits.TYPED_TEXT),
            "max_length": whole_number(1, limits.TYPED_TEXT),
            **_TYPED,
        },
    ),
    _shortest_within_longest,
)
EMAIL_INPUT = _element("email_text_input", {}, _TYPED)
DATEPICKER = _element(
    "datepicker",
    {},
    {
        "initial_date": shaped(r"\d{4}-\d{2}-\d{2}", "must be a date as YYYY-MM-DD"),
        **_PLACEHOLDER,
        **_FOCUS,
        **_CONFIRM,
    },
)
_FILTER = record(
    {},
    {
        "include": list_of(one_of("im", "mpim", "private", "public"), 4),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
)
CONVERSATIONS_SELECT = _element(
    "conversations_select",
    {},
    {
        "initial_conversation": string(limits.ACTION_ID),
        "default_to_current_conversation": boolean,
        "response_url_enabled": boolean,
        "filter": _FILTER,
        **_PLACEHOLDER,
        **_FOCUS,
        **_CONFIRM,
    },
)
CHANNELS_SELECT = _element(
    "channels_select",
    {},
    {"initial_channel": string(limits.ACTION_ID), **_PLACEHOLDER, **_FOCUS, **_CONFIRM},
)
USERS_SELECT = _element(
    "users_select",
    {},
    {"initial_user": string(limits.ACTION_ID), **_PLACEHOLDER, **_FOCUS, **_CONFIRM},
)
IMAGE = record(
    {"type": one_of("image"), "alt_text": string(limits.IMAGE_ALT_TEXT)},
    {"image_url": string(limits.IMAGE_URL)},
)

_CHOICES: dict[str, Rule] = {
    "radio_buttons": RADIO_BUTTONS,
    "checkboxes": CHECKBOXES,
    "static_select": STATIC_SELECT,
    "datepicker": DATEPICKER,
    "conversations_select": CONVERSATIONS_SELECT,
    "channels_select": CHANNELS_SELECT,
    "users_select": USERS_SELECT,
}
_MULTI: dict[str, Rule] = {"multi_static_select": MULTI_STATIC_SELECT}
_PRESSED: dict[str, Rule] = {"button": BUTTON, "overflow": OVERFLOW}

IN_ACTIONS = by_type({**_CHOICES, **_PRESSED})
IN_SECTION = by_type({**_CHOICES, **_MULTI, **_PRESSED, "image": IMAGE})
IN_INPUT = by_type(
    {
        **_CHOICES,
        **_MULTI,
        "plain_text_input": PLAIN_TEXT_INPUT,
        "email_text_input": EMAIL_INPUT,
    }
)
