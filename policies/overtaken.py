"""Whether what time has overtaken is shown only with what replaced it.

A document may print a telephone number that nobody answers any more. The number may stand in the
pack once: where the pack says that it is overtaken, and what to use instead. A contact may still
carry it if it names that warning, since whatever shows the contact then shows the two together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from policies.filing import Fault, fault
from policies.model import Pack, Stale

NUMBER = re.compile(r"\b0\d(?:[ -]?\d){7,10}\b")
"""A British telephone number as people write it; the short ones, such as 999, do not go stale."""


def faults(pack: Pack) -> Iterator[Fault]:
    """What is wrong with how a pack treats what time has overtaken."""
    yield from _unknown(pack)
    numbers = {digits: old for old in pack.stale for digits in found_in(old.item)}
    for contact in pack.contacts_by_role.values():
        for digits in found_in(contact.number):
            old = numbers.get(digits)
            if old and old.id not in contact.stale:
                yield _bare(pack, f"contact {contact.role}", old)
    for place, text in _texts(pack):
        for digits in found_in(text):
            if digits in numbers:
                yield _bare(pack, place, numbers[digits])


def found_in(text: str) -> list[str]:
    """The telephone numbers in a text, as digits alone."""
    return [re.sub(r"\D", "", number) for number in NUMBER.findall(text)]


def _unknown(pack: Pack) -> Iterator[Fault]:
    naming = [(f"matter {matter.id}", matter.stale) for matter in pack.matter]
    naming += [(f"rule {rule.id}", rule.stale) for rule in pack.rules]
    naming += [(f"contact {contact.role}", contact.stale) for contact in pack.contacts]
    for node, names in naming:
        for name in names:
            if name not in pack.stale_by_id:
                problem = f"Names '{name}' as overtaken, which is not among the stale items."
                yield fault(pack, node, problem, "Add it there or take the name out.")


def _bare(pack: Pack, place: str, old: Stale) -> Fault:
    problem = f"Shows a number that '{old.id}' says is overtaken, without that warning."
    return fault(pack, place, problem, f"Take it out, or let a contact name '{old.id}' as stale.")


def _texts(pack: Pack) -> Iterator[tuple[str, str]]:
    """Every text of the pack but those of its contacts' numbers and of its warnings."""
    plain = pack.model_dump(exclude={"stale": True, "contacts": {"__all__": {"number"}}})
    for kind, values in plain.items():
        for value in values if isinstance(values, tuple) else ():
            name = value.get("id") or value.get("role") or kind
            yield from ((f"{kind} {name}", text) for text in _strings(value))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list | tuple):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _strings(inner)
