"""Rooms: what can be visited beyond a check. Each makes stores and pure pages into a view."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from bot.conversation import Practitioner, Shown

__all__ = ["Practitioner", "Room", "Shown", "Visit"]


@dataclass(frozen=True, slots=True)
class Visit:
    """A button of a room, or a form of it filled in; `value` and the fields may hold anything."""

    verb: str
    value: str = ""
    form: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)


class Room(Protocol):
    """One place to go to. A verb or a value that it does not know leads to its first page."""

    @property
    def name(self) -> str:
        """The name that its ways and forms carry."""

    @property
    def commands(self) -> Mapping[str, str]:
        """The sub-commands that lead here, each with what it does, in one line."""

    async def enter(self, who: Practitioner, command: str) -> Shown:
        """What a sub-command opens."""

    async def take(self, who: Practitioner, visit: Visit) -> Shown:
        """What a button or a form comes to; never raises for a caller's fault."""
