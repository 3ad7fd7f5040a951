"""The fields of any form as Block Kit inputs, and what was wrong with them."""

from collections.abc import Iterable, Mapping

from bot.surfaces.slack.blocks import Json, listed, plain
from dialogs.fields import CHOICE, Field
from dialogs.lines import bulleted

MOST_RADIOS = 5
MOST_TYPED = 3_000
"""Characters that an input of Slack's may be told to hold."""


def input_of(field: Field, values: tuple[str, ...], screen: str) -> Json:
    """A field as an input; `screen` keeps its block apart from the one of another screen."""
    block: Json = {
        "type": "input",
        "block_id": f"{field.id}:{screen}",
        "optional": not field.required,
        "label": plain(field.label),
        "element": {"action_id": field.id, **_element(field, values)},
    }
    if field.hint:
        block["hint"] = plain(field.hint)
    return block


def problems(fields: Iterable[Field], errors: Mapping[str, str]) -> list[Json]:
    """What was wrong, under the labels of the fields."""
    labels = {field.id: field.label for field in fields}
    told = [f"{labels.get(field, field)}: {error}" for field, error in errors.items()]
    lines = bulleted(line.replace("?: ", "? ", 1) for line in told)
    return listed("There is a problem", lines) if told else []


def _element(field: Field, values: tuple[str, ...]) -> Json:
    match field.kind:
        case "one":
            return _one(field, values)
        case "many":
            options = _options(field)
            chosen = [option for option in options if option["value"] in values]
            kept = {"initial_options": chosen} if chosen else {}
            return {"type": "checkboxes", "options": options, **kept}
        case "date":
            return {"type": "datepicker", **({"initial_date": values[0]} if values else {})}
        case "channel":
            chosen_before = {"initial_conversation": values[0]} if values and values[0] else {}
            shown = {"include": ["public", "private"], "exclude_bot_users": True}
            return {"type": "conversations_select", "filter": shown, **chosen_before}
        case "line" | "text":
            typed = {"initial_value": values[0]} if values and values[0] else {}
            most = min(field.most, MOST_TYPED)
            multiline = field.kind == "text"
            kind = {"type": "plain_text_input", "multiline": multiline, "max_length": most}
            return {**kind, **typed}


def _one(field: Field, values: tuple[str, ...]) -> Json:
    options = _options(field)
    chosen = [option for option in options if option["value"] in values]
    kept = {"initial_option": chosen[0]} if chosen else {}
    if field is CHOICE or len(options) <= MOST_RADIOS:
        return {"type": "radio_buttons", "options": options, **kept}
    placeholder = plain("Choose one")
    return {"type": "static_select", "placeholder": placeholder, "options": options, **kept}


def _options(field: Field) -> list[Json]:
    return [{"value": value, "text": plain(label)} for value, label in field.options]
