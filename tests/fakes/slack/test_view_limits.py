"""Views and blocks, each broken in one place, and each just within its limits."""

import pytest

from tests.fakes.slack.checking import Json
from tests.fakes.slack.errors import Refused
from tests.fakes.slack.samples import (
    actions,
    button,
    changed,
    home,
    input_block,
    modal,
    plain,
    section,
    text_input,
    without,
)
from tests.fakes.slack.surfaces import refuse_bad_view

FOCUSED = [input_block({**text_input(), "focus_on_load": True}, f"f:{n}") for n in range(2)]
PICTURE = {"type": "image", "image_url": "https://example.org/a.png", "alt_text": "A chart"}
WORDS = {"type": "plain_text", "text": "words"}
SPARE_BUTTONS = [button(f"b{n}") for n in range(26)]

# Each: the limit, a view that breaks it, what Slack says and where.
PLANTED: list[tuple[str, Json, str]] = [
    ("101 blocks", modal(*[section()] * 101), "no more than 100 items allowed [/view/blocks]"),
    ("no blocks", modal(blocks=[]), "no less than 1 items allowed [/view/blocks]"),
    ("title", modal(title=plain("t" * 25)), "must be less than 25 characters [/view/title/text]"),
    ("submit", modal(submit=plain("t" * 25)), "less than 25 characters [/view/submit/text]"),
    ("close", modal(close=plain("t" * 25)), "less than 25 characters [/view/close/text]"),
    ("empty title", modal(title=plain("")), "more than 0 characters [/view/title/text]"),
    ("no title", without(modal(), "title"), "missing required field: title [/view]"),
    (
        "mrkdwn title",
        modal(title=section()["text"]),
        "unsupported type: mrkdwn [/view/title/type]",
    ),
    (
        "input without submit",
        without(modal(), "submit"),
        "must define `submit` to use `input` block [/view/blocks/0/input]",
    ),
    ("null submit", modal(submit=None), "must provide an object [/view/submit]"),
    (
        "metadata",
        modal(private_metadata="m" * 3001),
        "must be less than 3001 characters [/view/private_metadata]",
    ),
    ("callback", modal(callback_id="c" * 256), "less than 256 characters [/view/callback_id]"),
    ("external", modal(external_id="e" * 256), "less than 256 characters [/view/external_id]"),
    ("view key", modal(submit_disabled=True), "invalid additional property: submit_disabled"),
    ("view flag", modal(notify_on_close="yes"), "must provide a boolean [/view/notify_on_close]"),
    ("block type", modal({"type": "sektion"}), "unsupported type: sektion [/view/blocks/0/type]"),
    ("no type", modal({"text": WORDS}), "missing required field: type [/view/blocks/0]"),
    ("block key", modal({**section(), "style": "x"}), "invalid additional property: style"),
    (
        "block id length",
        modal({**section(), "block_id": "b" * 256}),
        "less than 256 characters [/view/blocks/0/block_id]",
    ),
    (
        "block id twice",
        modal(input_block(text_input()), input_block(text_input())),
        "`block_id` purpose:1 already exists [/view/blocks/1/block_id]",
    ),
    (
        "action id twice",
        modal(actions(button(), button())),
        "`action_id` why already exists for block [/view/blocks/0/elements/1/action_id]",
    ),
    ("focus twice", modal(*FOCUSED), "only one element may set `focus_on_load`"),
    ("section text", modal(section("s" * 3001)), "less than 3001 [/view/blocks/0/text/text]"),
    ("section empty", modal(section("")), "more than 0 characters [/view/blocks/0/text/text]"),
    ("section bare", modal({"type": "section"}), "missing required field: text [/view/blocks/0]"),
    (
        "fields",
        modal({"type": "section", "fields": [WORDS] * 11}),
        "no more than 10 items allowed [/view/blocks/0/fields]",
    ),
    (
        "field text",
        modal({"type": "section", "fields": [plain("f" * 2001)]}),
        "less than 2001 characters [/view/blocks/0/fields/0/text]",
    ),
    (
        "header text",
        modal({"type": "header", "text": plain("h" * 151)}),
        "less than 151 characters [/view/blocks/0/text/text]",
    ),
    (
        "header mrkdwn",
        modal({"type": "header", "text": section()["text"]}),
        "unsupported type: mrkdwn",
    ),
    (
        "context elements",
        modal({"type": "context", "elements": [WORDS] * 11}),
        "no more than 10 items allowed [/view/blocks/0/elements]",
    ),
    ("context text", modal({"type": "context", "elements": [plain("c" * 3001)]}), "than 3001"),
    ("context button", modal({"type": "context", "elements": [button()]}), "type: button"),
    ("actions elements", modal(actions(*SPARE_BUTTONS)), "no more than 25 items allowed"),
    ("actions empty", modal({"type": "actions", "elements": []}), "no less than 1 items"),
    ("text input in actions", modal(actions(text_input())), "unsupported type: plain_text_input"),
    ("button in input", modal(input_block(button())), "unsupported type: button"),
    ("image address", modal({**PICTURE, "image_url": "u" * 3001}), "less than 3001 characters"),
    ("image words", modal({**PICTURE, "alt_text": "a" * 2001}), "less than 2001 characters"),
    ("image title", modal({**PICTURE, "title": plain("t" * 2001)}), "less than 2001 characters"),
    ("image text", modal(without(PICTURE, "alt_text")), "missing required field: alt_text"),
    ("label", changed(modal(), "blocks/0/label/text", "l" * 2001), "2001 characters"),
    (
        "label mrkdwn",
        changed(modal(), "blocks/0/label", section()["text"]),
        "unsupported type: mrkdwn [/view/blocks/0/label/type]",
    ),
    ("hint", changed(modal(), "blocks/0/hint", plain("h" * 2001)), "less than 2001 characters"),
    ("no label", modal(without(input_block(text_input()), "label")), "required field: label"),
]

WITHIN: list[tuple[str, Json]] = [
    ("100 blocks", modal(*[section()] * 100)),
    ("title", modal(title=plain("t" * 24))),
    ("no submit without input", without(modal(section()), "submit")),
    ("metadata", modal(private_metadata="m" * 3000)),
    ("section text", modal(section("s" * 3000))),
    ("25 buttons", modal(actions(*SPARE_BUTTONS[:25]))),
    ("image", modal(PICTURE, {**section(), "accessory": PICTURE}, {"type": "divider"})),
]


@pytest.mark.parametrize(("limit", "view", "complaint"), PLANTED, ids=[p[0] for p in PLANTED])
def test_a_view_over_a_limit_is_refused(limit: str, view: Json, complaint: str) -> None:
    with pytest.raises(Refused) as refused:
        refuse_bad_view(view, "modal")

    said = "\n".join(refused.value.messages)
    words, _, pointer = complaint.partition(" [")
    assert refused.value.code == "invalid_arguments"
    assert words in said
    assert pointer == "" or f"[json-pointer:{pointer}" in said


@pytest.mark.parametrize(("limit", "view"), WITHIN, ids=[each[0] for each in WITHIN])
def test_a_view_within_its_limits_passes(limit: str, view: Json) -> None:
    refuse_bad_view(view, "modal")


def test_one_fault_is_named_by_one_pointer() -> None:
    with pytest.raises(Refused) as refused:
        refuse_bad_view(modal(title=plain("t" * 25)), "modal")

    assert refused.value.messages == (
        "[ERROR] failed to match all allowed schemas [json-pointer:/view]",
        "[ERROR] must be less than 25 characters [json-pointer:/view/title/text]",
    )


def test_a_home_tab_takes_no_submit_button() -> None:
    with pytest.raises(Refused, match="invalid additional property: submit"):
        refuse_bad_view({**home(), "submit": plain("Go")}, "home")


def test_a_modal_cannot_stand_in_home() -> None:
    with pytest.raises(Refused, match="unsupported type: modal"):
        refuse_bad_view(modal(), "home")


def test_a_view_of_many_bytes_is_refused() -> None:
    with pytest.raises(Refused, match="view_too_large"):
        refuse_bad_view(modal(*[section("s" * 3000)] * 83), "modal")
