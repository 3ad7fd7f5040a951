"""The one way in for what is not an event of a check: sub-commands, and what is done in rooms.

A sub-command finds its room by its first word. What is not known gets help, and a store that does
not answer gets "try again": a caller's fault is never an error.
"""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from time import perf_counter

import structlog

from bot.conversation import Conversation, Practitioner, Shown
from bot.register.database import RegisterUnavailable
from bot.rooms import Room, Visit
from bot.sessions import Unavailable
from dialogs.pages import OPEN, PageView, Section, way_to
from dialogs.views import TryAgainView

__all__ = ["Reception", "Room", "Visit"]

log = structlog.get_logger(__name__)

HELP, OPENS = OPEN
BEGINNING = {
    "start": "Begin a check",
    "resume": "Go on with a check that you left open",
}
"""The sub-commands of a check itself; a room may have a better answer to one of them."""


@dataclass(frozen=True)
class Reception:
    """Shows a practitioner to the check or the room that they asked for."""

    conversation: Conversation
    rooms: Sequence[Room] = ()

    async def open(self, who: Practitioner, text: str) -> Shown:
        """What a sub-command opens; after its first word only the policy to start with is read."""
        word, _, rest = text.strip().lower().partition(" ")
        started = perf_counter()
        for room in self.rooms:
            if word in room.commands:
                return await self._seen(who, room.name, started, room.enter(who, word))
        if word in ("", *BEGINNING):
            return await self.conversation.begin(who, rest.strip())
        return self._help()

    def knows(self, word: str) -> bool:
        """Whether this is a sub-command."""
        return word in self.commands()

    async def visit(self, who: Practitioner, room_name: str, visit: Visit) -> Shown:
        """What a button or a form of a room comes to."""
        started = perf_counter()
        if room_name == HELP and visit.verb == OPENS:
            return await self.open(who, visit.value)
        for room in self.rooms:
            if room.name == room_name:
                return await self._seen(who, room.name, started, room.take(who, visit))
        return self._help()

    async def _seen(
        self, who: Practitioner, room: str, started: float, showing: Awaitable[Shown]
    ) -> Shown:
        try:
            shown = await showing
        except (TimeoutError, Unavailable, RegisterUnavailable):
            shown = Shown(None, 0, TryAgainView(self.conversation.emergency))
        spent = perf_counter() - started
        view = type(shown.view).__name__
        self.conversation.metrics.turn(who.surface, view, spent)
        log.info(
            "room.visited",
            surface=who.surface,
            room=room,
            view=view,
            milliseconds=round(spent * 1000, 2),
        )
        return shown

    def _help(self) -> Shown:
        lines = tuple(f"share-check {word}: {does}." for word, does in self.commands().items())
        said = "Share Check helps you decide whether you may share information, step by step."
        page = PageView(
            title="Share Check",
            sections=(Section(lines=(said,)), Section("What you can type", bullets=lines)),
            ways=(way_to("start", "Start a check"),),
            emergency=self.conversation.emergency,
        )
        return Shown(None, 0, page)

    def commands(self) -> dict[str, str]:
        """Every sub-command with what it does, in the order in which help lists them."""
        known = dict(BEGINNING)
        for room in self.rooms:
            known |= room.commands
        return {**known, HELP: "This page"}
