"""What the outbox asks of a surface: a sender of rows, and what became of one."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol, TypeAlias, TypeVar

from bot.register.database import RegisterUnavailable
from bot.register.deliveries import Row
from dialogs.pages import PageView


@dataclass(frozen=True, slots=True)
class Sent:
    """The message is out, under this name on its platform."""

    message: str | None


@dataclass(frozen=True, slots=True)
class Unknown:
    """The message may be out: look again later, and not before so many seconds have passed.

    Where a platform cannot be asked (`can_look` is false), it is a person's turn at once.
    """

    reason: str
    seconds: float = 0.0
    can_look: bool = True


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


Message = TypeVar("Message")


class CannotBeMade(Exception):
    """A row asks for a message that cannot be put together; the text says why, and quotes none."""


Drawing: TypeAlias = Callable[[Row], Awaitable[PageView | None]]
"""Puts a row into words when it is sent, by its purpose; None when there is nothing to say."""


Address: TypeAlias = Callable[[Row], Awaitable[str | None]]
"""Finds, by purpose, whom a row is for where it does not say; None when nobody is any more."""


async def made(making: Awaitable[Message]) -> Message:
    """A message as it is put together before anything is sent; raises `CannotBeMade`.

    A row that cannot be put into words is told apart from one whose sending failed: it was not
    sent, and trying again would not help.
    """
    try:
        return await making
    except (CannotBeMade, RegisterUnavailable, TimeoutError):
        raise
    except Exception as error:  # noqa: BLE001
        # Nothing has gone out yet, so whatever broke is a fault of the row, which can be parked.
        raise CannotBeMade(f"It cannot be put into words ({type(error).__name__}).") from None


class Sender(Protocol):
    """Posts rows on one surface."""

    async def send(self, row: Row, *, retry: bool) -> Outcome:
        """Post a row; with retry an earlier attempt may be out, so look before sending."""
