"""What changed between two versions of a pack, in words that its owner can read.

Every field of every value is compared, whatever it is called, so that no change of a word is left
out: two versions with no line between them have one digest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from policies.drawing import WORDS
from policies.library import Edition
from policies.model import Contact, Option, Outcome, Pack, Question, Value
from policies.rewording import quoted, reworded
from policies.storyboard import in_words, place

HEADINGS = {
    "outcomes": "The advice",
    "stale": "What time has overtaken",
    "missing": "What the document does not say",
    "matter": "What else the document says",
    "invariants": "What it promises on every path",
    "terms": "Words explained",
}


@dataclass(frozen=True, slots=True)
class Part:
    """What changed in one part of a pack, a line each."""

    heading: str
    lines: tuple[str, ...]


def changes(old: Edition, new: Edition) -> tuple[Part, ...]:
    """Everything that differs, part by part; nothing where nothing does."""
    parts = [Part("The policy itself", tuple(_fields("", old.pack, new.pack, old, new)))]
    for name in Pack.model_fields:
        if _is_list(getattr(old.pack, name)) or _is_list(getattr(new.pack, name)):
            heading = HEADINGS.get(name, name.capitalize())
            parts.append(Part(heading, tuple(_listed(name, old, new))))
    found = tuple(part for part in parts if part.lines)
    if not found and old.digest != new.digest:
        return (Part("The policy itself", ("Only words that no screen shows have changed.",)),)
    return found


def _listed(name: str, old: Edition, new: Edition) -> Iterator[str]:
    """What was added, taken out, changed and moved among values that have a name each."""
    before = {_key(value): value for value in getattr(old.pack, name)}
    after = {_key(value): value for value in getattr(new.pack, name)}
    for key, value in before.items():
        if key not in after:
            yield f"Taken out: {_in_full(old.pack, value)}"
    for key, value in after.items():
        if key not in before:
            yield f"Added: {_in_full(new.pack, value)}"
            continue
        called = _called(new.pack, value)
        yield from _fields(called, before[key], value, old, new)
        if isinstance(value, Question):
            yield from _options(called, before[key].options, value.options, old, new)
    stay = [key for key in before if key in after]
    order = [key for key in after if key in before]
    if stay != order:
        yield f"They stand in another order: {', '.join(order)}."


def _fields(called: str, before: Value, after: Value, old: Edition, new: Edition) -> Iterator[str]:
    for name in type(after).model_fields:
        was, now = getattr(before, name), getattr(after, name)
        if was == now or name == "options" or _is_list(was) or _is_list(now):
            continue
        for told in reworded(name, was, now, old.pack, new.pack):
            yield f"{called}, {told}" if called else f"{told[0].upper()}{told[1:]}"


def _options(
    called: str,
    before: tuple[Option, ...],
    after: tuple[Option, ...],
    old: Edition,
    new: Edition,
) -> Iterator[str]:
    """Options have no name of their own: one value may stand several times, under conditions."""
    gone, come = [*before], [*after]
    for option in [option for option in come if option in gone]:
        gone.remove(option)
        come.remove(option)
    for alike in (("value", "when"), ("value", "then"), ("value",)):
        for option in [*come]:
            match = next((o for o in gone if _alike(o, option, alike)), None)
            if match:
                yield from _fields(f"{called}, answer “{option.label}”", match, option, old, new)
                gone.remove(match)
                come.remove(option)
    for option in gone:
        yield f"{called}: the answer {_offered(old.pack, option)} was taken out."
    for option in come:
        yield f"{called}: the answer {_offered(new.pack, option)} was added."
    if [o.value for o in before] != [o.value for o in after] and not gone and not come:
        yield f"{called}: its answers stand in another order."


def _alike(one: Option, other: Option, names: tuple[str, ...]) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in names)


def _offered(pack: Pack, option: Option) -> str:
    when = f", offered when {in_words(pack, option.when)}" if option.when else ""
    return f"“{option.label}” (which leads to {place(pack, option.then)}{when})"


def _is_list(value: Any) -> bool:
    """Whether it is a list of values with a name each, which are compared one by one."""
    return isinstance(value, tuple) and any(isinstance(v, Value) and _key(v) for v in value)


def _key(value: Value) -> str:
    """What a value is called among its like; nothing where it has no name."""
    return next(
        (str(getattr(value, n)) for n in ("id", "role", "item", "term") if hasattr(value, n)), ""
    )


def _called(pack: Pack, value: Value) -> str:
    match value:
        case Question():
            return f"Question {pack.questions.index(value) + 1} (“{value.text}”)"
        case Outcome():
            return f"{WORDS[value.verdict]} (“{value.headline}”)"
        case Contact():
            return value.name
        case _:
            title = getattr(value, "title", None)
            return f"“{title}”" if title else f"“{_key(value).replace('_', ' ')}”"


def _in_full(pack: Pack, value: Value) -> str:
    """What a value is called, with what it says where it says one thing."""
    text = getattr(value, "text", "") if not isinstance(value, Question) else ""
    called = _called(pack, value)
    return f"{called}: {quoted(text)}" if text else f"{called}."
