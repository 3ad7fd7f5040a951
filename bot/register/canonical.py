"""One spelling for each value: canonical JSON, so that equal values have equal bytes.

Theory. This is RFC 8785 without its floating-point numbers: keys sorted by UTF-16 code unit, no
spaces, UTF-8, whole numbers that every JSON reader holds exactly. The closed values of the
register never need a fraction, and a fraction has too many spellings to commit to.
"""

import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

Json: TypeAlias = "bool | int | str | Sequence[Json] | Mapping[str, Json] | None"

LARGEST_EXACT = 2**53 - 1


class NotCanonical(ValueError):
    """A value that has no canonical spelling was offered to the register."""


def canonical(value: Json) -> bytes:
    """Spell a value in its only spelling."""
    try:
        text = json.dumps(_ordered(value), ensure_ascii=False, separators=(",", ":"))
        return text.encode()
    except UnicodeEncodeError:
        raise NotCanonical("A text holds half a character and cannot be recorded.") from None


def _ordered(value: object) -> object:
    match value:
        case None | bool() | str():
            return value
        case int() if abs(value) <= LARGEST_EXACT:
            return value
        case list() | tuple():
            return [_ordered(item) for item in value]
        case Mapping():
            return {key: _ordered(value[key]) for key in sorted(value, key=_utf16)}
    raise NotCanonical(f"A value of type {type(value).__name__} cannot be recorded.")


def _utf16(key: object) -> bytes:
    if not isinstance(key, str):
        raise NotCanonical("Only texts can be the keys of a record.")
    return key.encode("utf-16-be")
