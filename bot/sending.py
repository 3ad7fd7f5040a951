"""What the outbox asks of a surface: a sender of rows, and what became of one."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from bot.register.deliveries import Row
from dialogs.pages import PageView


@dataclass(frozen=True, slots=True)
class Sent:
    """The message is out, under this name on its platform."""

    message: str | None


@dataclass(frozen=True, slots=True)
class Unknown:
    """The message may be out: look again later."""

    reason: str


@dataclass(frozen=True, slots=True)
class Parked:
    """The message is not out and will not go out until somebody does something."""

    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Later:
    """Nothing was done; the platform asks to wait."""

    seconds: float


Outcome: TypeAlias = Sent | Unknown | Parked | Later


Drawing: TypeAlias = Callable[[Row], Awaitable[PageView | None]]
"""Puts a row into words when it is sent, by its purpose; None when there is nothing to say."""


class Sender(Protocol):
    """Posts rows on one surface."""

    async def send(self, row: Row, *, retry: bool) -> Outcome:
        """Post a row; with retry an earlier attempt may be out, so look before sending."""
