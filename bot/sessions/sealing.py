"""How a session and a desk item look in Redis: their keys, and the sealed envelope.

A value is sealed with its key's name as associated data, and inside it stands again whose it
is. A reply that reached the wrong reader, as happens when a shared connection goes out of step,
therefore never opens. Only the turn number stands outside the seal, so that a script can compare
it; the same number inside must agree.
"""

from dataclasses import dataclass, field

from bot.keys import Keyring, Unopenable

Owner = tuple[str, ...]


class Foreign(Exception):
    """A value that does not belong under the key where it was found."""


@dataclass(frozen=True, slots=True)
class Held:
    """A check as it stands: its turn number, and its session as bytes."""

    turn: int
    value: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class DeskItem:
    """One line of a practitioner's desk, by the check it belongs to."""

    check: str
    value: bytes = field(repr=False)


def check_key(owner: str, check: str) -> str:
    """Name a check's key; the owner is the hash tag, so that one slot holds all of a person's."""
    return f"check:{{{owner}}}:{check}"


def desk_key(owner: str) -> str:
    """Name a desk's key."""
    return f"desk:{{{owner}}}"


def seal_check(keyring: Keyring, owner: str, check: str, held: Held) -> bytes:
    """Seal a session, with its turn number in clear before it."""
    plain = _lead(owner, check, held.turn) + held.value
    return b"%d:" % held.turn + keyring.seal(plain, check_key(owner, check))


def open_check(keyring: Keyring, owner: str, check: str, stored: bytes) -> Held:
    """Open a stored session, or raise Foreign."""
    turn, sealed = _number(stored)
    plain = _opened(keyring, sealed, check_key(owner, check))
    return Held(turn, _without(_lead(owner, check, turn), plain))


def seal_item(keyring: Keyring, owner: str, item: DeskItem) -> bytes:
    """Seal a desk item."""
    return keyring.seal(_lead(owner, item.check) + item.value, _item_name(owner, item.check))


def open_items(keyring: Keyring, owner: str, stored: list[bytes]) -> tuple[DeskItem, ...]:
    """Open a desk as Redis lists it (field, value, field, value), the newest first."""
    fields = dict(zip(stored[::2], stored[1::2], strict=True))
    numbered = [(_number(value), check) for check, value in fields.items() if check != b"#"]
    numbered.sort(key=lambda item: item[0][0], reverse=True)
    return tuple(
        _open_item(keyring, owner, check.decode("utf-8", "replace"), sealed)
        for (_, sealed), check in numbered
    )


def _open_item(keyring: Keyring, owner: str, check: str, sealed: bytes) -> DeskItem:
    plain = _opened(keyring, sealed, _item_name(owner, check))
    return DeskItem(check, _without(_lead(owner, check), plain))


def _item_name(owner: str, check: str) -> str:
    return f"{desk_key(owner)}/{check}"


def _lead(*parts: str | int) -> bytes:
    return "".join(f"{part}\n" for part in parts).encode()


def _number(stored: bytes) -> tuple[int, bytes]:
    number, mark, rest = stored.partition(b":")
    if not mark or not number.isdigit():
        raise Foreign
    return int(number), rest


def _opened(keyring: Keyring, sealed: bytes, name: str) -> bytes:
    try:
        return keyring.open(sealed, name)
    except Unopenable as refusal:
        raise Foreign from refusal


def _without(lead: bytes, plain: bytes) -> bytes:
    if not plain.startswith(lead):
        raise Foreign
    return plain[len(lead) :]
