"""Elements and options, each broken in one place, and each just within its limits."""

import pytest

from tests.fakes.slack.checking import Json
from tests.fakes.slack.errors import Refused
from tests.fakes.slack.samples import (
    actions,
    button,
    changed,
    confirmation,
    input_block,
    modal,
    option,
    option_group,
    plain,
    radio_buttons,
    section,
    select,
    text_input,
    with_element,
    without,
)
from tests.fakes.slack.surfaces import refuse_bad_view

CHECKBOXES = {**radio_buttons(), "type": "checkboxes"}
MENU_IN_GROUPS = {**without(select(), "options"), "option_groups": [option_group()]}
PRESSABLE = modal(actions({**button(), "confirm": confirmation()}))
OVERFLOWING = {"type": "overflow", "action_id": "more", "options": [option("a")] * 6}
UNLIKE = {**option("yes"), "description": plain("Only in the initial option")}

# Each: the limit, a view with an element that breaks it, what Slack says and where.
PLANTED: list[tuple[str, Json, str]] = [
    ("12 options", modal(input_block(radio_buttons(*"abcdefghijk"))), "no more than 10 items"),
    ("no options", with_element(radio_buttons(), "options", []), "no less than 1 items"),
    ("checkboxes", with_element(CHECKBOXES, "options", [option("a")] * 11), "more than 10 items"),
    ("select", with_element(select(), "options", [option("a")] * 101), "no more than 100 items"),
    ("option text", with_element(radio_buttons(), "options/0/text/text", "o" * 76), "than 76"),
    ("option empty", with_element(radio_buttons(), "options/0/text/text", ""), "more than 0"),
    ("option value", with_element(radio_buttons(), "options/0/value", "v" * 151), "than 151"),
    (
        "option description",
        with_element(radio_buttons(), "options/0/description", plain("d" * 76)),
        "must be less than 76 characters [/view/blocks/0/element/options/0/description/text]",
    ),
    ("option key", with_element(radio_buttons(), "options/0/label", "x"), "property: label"),
    ("menu mrkdwn", with_element(select(), "options/0/text", section()["text"]), "type: mrkdwn"),
    (
        "both sources",
        with_element(select(), "option_groups", [option_group()]),
        "must provide either",
    ),
    ("no source", modal(input_block(without(select(), "options"))), "must provide either"),
    (
        "group label",
        with_element(MENU_IN_GROUPS, "option_groups/0", option_group("g" * 76)),
        "than 76",
    ),
    (
        "initial option",
        with_element(radio_buttons(), "initial_option", UNLIKE),
        "must be one of the provided options [/view/blocks/0/element/initial_option]",
    ),
    (
        "initial options",
        with_element(CHECKBOXES, "initial_options", [option("other")]),
        "must be one of the provided options",
    ),
    ("no initial options", with_element(CHECKBOXES, "initial_options", []), "no less than 1"),
    ("action id", with_element(text_input(), "action_id", "a" * 256), "less than 256"),
    ("element key", with_element(text_input(), "label", "x"), "additional property: label"),
    ("placeholder", with_element(text_input(), "placeholder", plain("p" * 151)), "than 151"),
    ("longest text", with_element(text_input(), "max_length", 3001), "must be less than 3001"),
    ("longest of none", with_element(text_input(), "max_length", 0), "must be greater than 0"),
    ("shortest text", with_element(text_input(), "min_length", 3001), "must be less than 3001"),
    ("initial text", with_element(text_input(), "initial_value", "i" * 3001), "than 3001"),
    (
        "initial text over its own longest",
        with_element({**text_input(), "max_length": 5}, "initial_value", "sixsix"),
        "must be less than 6 characters",
    ),
    (
        "shortest over longest",
        with_element({**text_input(), "max_length": 5}, "min_length", 6),
        "`min_length` must not exceed `max_length`",
    ),
    ("button text", modal(actions(button(text="b" * 76))), "must be less than 76 characters"),
    ("button value", modal(actions({**button(), "value": "v" * 2001})), "less than 2001"),
    ("button address", modal(actions({**button(), "url": "u" * 3001})), "less than 3001"),
    ("overflow", modal(actions(OVERFLOWING)), "no more than 5 items allowed"),
    ("button style", modal(actions({**button(), "style": "default"})), "valid enum value"),
    ("null style", modal(actions({**button(), "style": None})), "must provide a string"),
    ("button label", modal(actions({**button(), "accessibility_label": "l" * 76})), "than 76"),
    (
        "confirm title",
        changed(PRESSABLE, "blocks/0/elements/0/confirm/title", plain("c" * 101)),
        "must be less than 101 characters",
    ),
    (
        "confirm text",
        changed(PRESSABLE, "blocks/0/elements/0/confirm/text", plain("c" * 301)),
        "must be less than 301 characters",
    ),
    (
        "confirm button",
        changed(PRESSABLE, "blocks/0/elements/0/confirm/deny", plain("c" * 31)),
        "must be less than 31 characters",
    ),
    (
        "confirm without deny",
        changed(PRESSABLE, "blocks/0/elements/0/confirm", without(confirmation(), "deny")),
        "missing required field: deny",
    ),
    ("date", with_element({"type": "datepicker"}, "initial_date", "1/2/2026"), "YYYY-MM-DD"),
]

WITHIN: list[tuple[str, Json]] = [
    ("10 options", modal(input_block(radio_buttons(*"abcdefghij")))),
    ("option text", with_element(radio_buttons(), "options/0/text/text", "o" * 75)),
    ("option value", with_element(radio_buttons(), "options/0/value", "v" * 150)),
    ("initial option", with_element(radio_buttons(), "initial_option", option("yes"))),
    ("confirmation", PRESSABLE),
    ("groups", modal(input_block(MENU_IN_GROUPS))),
]


@pytest.mark.parametrize(("limit", "view", "complaint"), PLANTED, ids=[p[0] for p in PLANTED])
def test_an_element_over_a_limit_is_refused(limit: str, view: Json, complaint: str) -> None:
    with pytest.raises(Refused) as refused:
        refuse_bad_view(view, "modal")

    said = "\n".join(refused.value.messages)
    words, _, pointer = complaint.partition(" [")
    assert refused.value.code == "invalid_arguments"
    assert words in said
    assert pointer == "" or f"[json-pointer:{pointer}" in said


@pytest.mark.parametrize(("limit", "view"), WITHIN, ids=[each[0] for each in WITHIN])
def test_an_element_within_its_limits_passes(limit: str, view: Json) -> None:
    refuse_bad_view(view, "modal")
