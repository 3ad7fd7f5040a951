"""Small rules that say, in Slack's words, what is wrong with a piece of JSON and where."""

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]


class Findings:
    """The complaints gathered so far, each with a JSON pointer."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def add(self, complaint: str, pointer: str) -> None:
        self.lines.append(f"{complaint} [json-pointer:{pointer}]")


Rule: TypeAlias = Callable[[Any, str, Findings], None]


def string(maximum: int, minimum: int = 1) -> Rule:
    def check(value: Any, pointer: str, findings: Findings) -> None:
        if not isinstance(value, str):
            findings.add("must provide a string", pointer)
        elif len(value) > maximum:
            findings.add(f"must be less than {maximum + 1} characters", pointer)
        elif len(value) < minimum:
            findings.add(f"must be more than {minimum - 1} characters", pointer)

    return check


def shaped(pattern: str, complaint: str) -> Rule:
    def check(value: Any, pointer: str, findings: Findings) -> None:
        if not isinstance(value, str) or re.fullmatch(pattern, value) is None:
            findings.add(complaint, pointer)

    return check


def one_of(*values: str) -> Rule:
    def check(value: Any, pointer: str, findings: Findings) -> None:
        if not isinstance(value, str):
            findings.add("must provide a string", pointer)
        elif value not in values:
            findings.add(f"must be a valid enum value: {', '.join(values)}", pointer)

    return check


def boolean(value: Any, pointer: str, findings: Findings) -> None:
    if not isinstance(value, bool):
        findings.add("must provide a boolean", pointer)


def whole_number(low: int, high: int) -> Rule:
    def check(value: Any, pointer: str, findings: Findings) -> None:
        if isinstance(value, bool) or not isinstance(value, int):
            findings.add("must provide an integer", pointer)
        elif value < low:
            findings.add(f"must be greater than {low - 1}", pointer)
        elif value > high:
            findings.add(f"must be less than {high + 1}", pointer)

    return check


def list_of(item: Rule, maximum: int, minimum: int = 1) -> Rule:
    def check(value: Any, pointer: str, findings: Findings) -> None:
        if not isinstance(value, list):
            findings.add("must provide an array", pointer)
            return
        if len(value) > maximum:
            findings.add(f"no more than {maximum} items allowed", pointer)
        if len(value) < minimum:
            findings.add(f"no less than {minimum} items allowed", pointer)
        for place, held in enumerate(value):
            item(held, f"{pointer}/{place}", findings)

    return check


def record(required: Mapping[str, Rule], optional: Mapping[str, Rule] | None = None) -> Rule:
    """An object with these keys and no others."""
    known = {**required, **(optional or {})}

    def check(value: Any, pointer: str, findings: Findings) -> None:
        if not isinstance(value, dict):
            findings.add("must provide an object", pointer)
            return
        for name in required:
            if name not in value:
                findings.add(f"missing required field: {name}", pointer)
        for name, held in value.items():
            if name in known:
                known[name](held, f"{pointer}/{name}", findings)
            else:
                findings.add(f"invalid additional property: {name}", pointer)

    return check


def by_type(table: Mapping[str, Rule]) -> Rule:
    """An object whose rule depends on its `type`."""

    def check(value: Any, pointer: str, findings: Findings) -> None:
        if not isinstance(value, dict):
            findings.add("must provide an object", pointer)
        elif "type" not in value:
            findings.add("missing required field: type", pointer)
        elif not isinstance(value["type"], str) or value["type"] not in table:
            findings.add(f"unsupported type: {value['type']}", f"{pointer}/type")
        else:
            table[value["type"]](value, pointer, findings)

    return check


def also(first: Rule, *more: Rule) -> Rule:
    """Every rule in turn, the later ones only where the earlier found nothing."""

    def check(value: Any, pointer: str, findings: Findings) -> None:
        for rule in (first, *more):
            before = len(findings.lines)
            rule(value, pointer, findings)
            if len(findings.lines) > before:
                return

    return check
