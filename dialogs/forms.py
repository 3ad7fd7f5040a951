"""Reads a filled-in form by its fields: the values, and what is wrong, each by field id."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import assert_never

from dialogs.fields import Field

TYPED = ("line", "text")


def received(
    names: Iterable[str], form: Mapping[str, Collection[str]]
) -> dict[str, tuple[str, ...]]:
    """What the form holds under these names: trimmed, and without half characters."""
    return {
        name: tuple(value.encode(errors="replace").decode().strip() for value in form[name])
        for name in names
        if name in form
    }


def read(
    fields: Iterable[Field], form: Mapping[str, Collection[str]]
) -> tuple[dict[str, object], dict[str, str]]:
    """The values that were given, and the mistakes; a field is in one of them or in neither."""
    values: dict[str, object] = {}
    errors: dict[str, str] = {}
    for field in fields:
        value, error = _value(field, tuple(v for v in form.get(field.id, ()) if v.strip()))
        if error:
            errors[field.id] = error
        elif value is not None:
            values[field.id] = value
    return values, errors


def _value(field: Field, given: tuple[str, ...]) -> tuple[object, str | None]:
    if not given:
        missing = "Write something here." if field.kind in TYPED else "Choose an answer."
        return None, missing if field.required else None
    match field.kind:
        case "one" | "many":
            known = dict(field.options)
            if any(value not in known for value in given):
                return None, "Choose from the list."
            return (given if field.kind == "many" else given[0]), None
        case "date":
            try:
                return date.fromisoformat(given[0]), None
            except ValueError:
                return None, "Enter a date as year-month-day, for example 2027-03-31."
        case "line" | "text" | "channel":
            if len(given[0]) > field.most:
                return None, f"Use at most {field.most:,} characters."
            return given[0].strip(), None
        case _:
            assert_never(field.kind)
