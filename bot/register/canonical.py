"""One spelling for each value: canonical JSON, so that equal values have equal bytes.

Theory. This is RFC 8785 without its floating-point numbers: keys sorted by UTF-16 code unit, no
spaces, UTF-8, whole numbers that every JSON reader holds exactly. The closed values of the
register never need a fraction, and a fraction has too many spellings to commit to.

It is written out in one pass, for every entry is spelt while a practitioner waits.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from json.encoder import encode_basestring
from typing import TypeAlias

Json: TypeAlias = "bool | int | str | Sequence[Json] | Mapping[str, Json] | None"

LARGEST_EXACT = 2**53 - 1


class NotCanonical(ValueError):
    """A value that has no canonical spelling was offered to the register."""


def canonical(value: Json) -> bytes:
    """Spell a value in its only spelling."""
    parts: list[str] = []
    _spell(value, parts.append)
    try:
        return "".join(parts).encode()
    except UnicodeEncodeError:
        raise NotCanonical("A text holds half a character and cannot be recorded.") from None


def _spell(value: object, put: Callable[[str], None]) -> None:
    match value:
        case str():
            put(encode_basestring(value))
        case bool():
            put("true" if value else "false")
        case int() if abs(value) <= LARGEST_EXACT:
            put(str(int(value)))
        case None:
            put("null")
        case dict() | Mapping():
            _spell_mapping(value, put)
        case list() | tuple():
            _spell_list(value, put)
        case _:
            raise NotCanonical(f"A value of type {type(value).__name__} cannot be recorded.")


def _spell_list(values: Iterable[object], put: Callable[[str], None]) -> None:
    mark = "["
    for value in values:
        put(mark)
        _spell(value, put)
        mark = ","
    put("[]" if mark == "[" else "]")


def _spell_mapping(values: Mapping[str, object], put: Callable[[str], None]) -> None:
    mark = "{"
    for key in _in_order(values):
        put(mark)
        put(encode_basestring(key))
        put(":")
        _spell(values[key], put)
        mark = ","
    put("{}" if mark == "{" else "}")


def _in_order(keys: Iterable[object]) -> Sequence[str]:
    """The keys in the order of their UTF-16 units, in which plain ASCII keeps its own."""
    texts = [key for key in keys if isinstance(key, str)]
    if len(texts) != len(list(keys)):
        raise NotCanonical("Only texts can be the keys of a record.")
    if "".join(texts).isascii():
        return sorted(texts)
    try:
        return sorted(texts, key=lambda key: key.encode("utf-16-be"))
    except UnicodeEncodeError:
        raise NotCanonical("A text holds half a character and cannot be recorded.") from None
