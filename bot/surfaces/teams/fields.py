"""Fields of a form as inputs of a card, and what a card sends back as values of fields."""

from collections.abc import Iterable, Mapping
from typing import Any

from bot.surfaces.teams.pieces import Json, bold, choices, hints, words
from dialogs.fields import CHOICE, Field
from dialogs.lines import bulleted
from dialogs.visible import visible

MOST_SHOWN = 5
"""Options that are all shown at once; more of them are folded into a list."""
MOST_VALUES = 50
LONGEST = 20_000
MANY = "_many"


def field_inputs(fields: Iterable[Field], form: Mapping[str, tuple[str, ...]]) -> list[Json]:
    """Each field with what it held before, and its hint under it, well apart from the next."""
    made: list[Json] = []
    for field in fields:
        made.append({**_input(field, form.get(field.id, ())), "spacing": "Medium"})
        made += hints([field.hint])
    return made


def problems(fields: Iterable[Field], errors: Mapping[str, str]) -> list[Json]:
    """What was wrong with a form, at its top, by the names of its fields."""
    labels = {field.id: field.label for field in fields}
    told = [f"{labels.get(name, name)}: {error}" for name, error in errors.items()]
    lines = bulleted(line.replace("?: ", "? ", 1) for line in told)
    return [bold("There is a problem"), *map(words, lines)] if told else []


def many_of(fields: Iterable[Field], *more: str) -> list[str]:
    """The inputs whose choices come back as one text with commas: a form's button names them."""
    return [*(field.id for field in fields if field.kind == "many"), *more]


def form_of(data: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """What the card held, by the ids of its inputs."""
    named = data.get(MANY)
    many = named if isinstance(named, list) else []
    found: dict[str, tuple[str, ...]] = {}
    for name, value in list(data.items())[:MOST_VALUES]:
        if isinstance(value, str) and value and not name.startswith("_"):
            found[name] = tuple(value[:LONGEST].split(",")) if name in many else (value[:LONGEST],)
    return found


def _input(field: Field, values: tuple[str, ...]) -> Json:
    match field.kind:
        case "one" | "many":
            many = field.kind == "many"
            return choices(
                field.id,
                field.label,
                field.options,
                value=",".join(values),
                required=field.required,
                many=many,
                compact=not many and field is not CHOICE and len(field.options) > MOST_SHOWN,
            )
        case "date":
            return _typed("Input.Date", field, values)
        case _:
            made = _typed("Input.Text", field, values)
            return {**made, "isMultiline": field.kind == "text", "maxLength": field.most}


def _typed(kind: str, field: Field, values: tuple[str, ...]) -> Json:
    made: Json = {
        "type": kind,
        "id": field.id,
        "label": visible(field.label),
        "isRequired": field.required,
    }
    if field.required:
        made["errorMessage"] = "This is needed."
    if values and values[0]:
        made["value"] = values[0]
    return made
