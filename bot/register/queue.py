"""A row of the outbox as it is read: one thing to post, and what became of it so far."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, TypeAlias, get_args

from bot.register.canonical import Json

State: TypeAlias = Literal["waiting", "sent", "parked", "unknown"]
STATES: tuple[State, ...] = get_args(State)


@dataclass(frozen=True, slots=True)
class Row:
    """One thing to post, and what became of it so far."""

    position: int
    id: str
    check: str
    purpose: str
    surface: str
    tenant: str
    channel: str | None
    body: Mapping[str, Json]
    state: State
    reason: str | None
    remedy: str | None
    attempts: int
    next_at: float | None
    claimed_until: float | None
    message: str | None
    edits: str | None
    edits_message: str | None
    at: date
    since: float | None = None
    sealed_recipient: bytes | None = field(default=None, repr=False)
    sealed_owner: bytes | None = field(default=None, repr=False)
    recipient: str | None = field(default=None, repr=False)
    readable: bool = True


def read_row(row: Mapping[Any, Any]) -> Row:
    """A row as it stands; one whose body somebody damaged must not hold up all the others."""
    values = dict(row)
    sealed = {f"sealed_{name}": values.pop(name) for name in ("recipient", "owner")}
    try:
        body = json.loads(values.pop("body"))
    except ValueError:
        body = None
    readable = isinstance(body, dict)
    return Row(**values, **sealed, body=body if readable else {}, readable=readable)
