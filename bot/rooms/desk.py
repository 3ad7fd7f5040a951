"""The desk: what a practitioner left open, what waits to be recorded, and what is done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.conversation import Conversation
from bot.rooms import Practitioner, Shown, Visit
from dialogs import desk
from dialogs.desk import Desk
from dialogs.events import Deciding, Deleted
from dialogs.pages import ENQUIRIES, FOR_A_CODE, Way, way_to
from dialogs.views import TryAgainView

COMMANDS = {
    "desk": "Your open checks, decisions to record, and what is done",
    "resume": "Go on with a check that you left open",
    "record": "Record a decision on advice that you were given",
}
ONWARD = {
    "ask": "Ask an adviser",
    "rules": "Golden rules",
    "contacts": "Whom to call",
    "practise": "Practise",
    "privacy": "What is kept",
    "help": "All there is",
}
"""Where the desk leads to, as far as there is such a room, with the words of the button."""

COLLECT = Way("Answer for my code", ENQUIRIES, FOR_A_CODE)
"""The desk cannot list questions: whoever asked with a code brings the words of it."""


@dataclass(frozen=True)
class DeskRoom:
    """One page, and the checks that it leads to; `known` are the sub-commands that there are."""

    conversation: Conversation
    known: frozenset[str]
    name: str = desk.ROOM
    commands: Mapping[str, str] = field(default_factory=lambda: COMMANDS)

    async def enter(self, who: Practitioner, command: str) -> Shown:
        """The desk, or its checks to resume or to record; a check itself where it is alone."""
        if command == "desk":
            return await self.take(who, Visit(command))
        lying = await self._desk(who)
        pile = lying.undecided if command == "record" else lying.unfinished
        if len(pile) == 1:
            verb = "decide" if command == "record" else "resume"
            return await self.take(who, Visit(verb, pile[0].check))
        page = desk.waiting(lying, command, self.conversation.emergency)
        return Shown(None, 0, page)

    async def take(self, who: Practitioner, visit: Visit) -> Shown:
        """Go on with a check, record its decision, delete it; or the whole desk."""
        match visit.verb:
            case "resume":
                return await self.conversation.resume(who, visit.value)
            case "decide":
                return await self._after_resuming(who, visit.value, Deciding)
            case "delete":
                return await self._after_resuming(who, visit.value, Deleted)
            case _:
                page = desk.page(
                    await self._desk(who), tuple(self._onward()), self.conversation.emergency
                )
                return Shown(None, 0, page)

    async def _after_resuming(
        self, who: Practitioner, check: str, event: type[Deciding | Deleted]
    ) -> Shown:
        """Take an event at the turn where a check stands, for a button that knows no turn."""
        shown = await self.conversation.resume(who, check)
        if shown.check is None or isinstance(shown.view, TryAgainView):
            return shown
        return await self.conversation.take(who, check, event(shown.turn))

    async def _desk(self, who: Practitioner) -> Desk:
        owner = self.conversation.keyring.owners(who.surface, who.tenant, who.person)
        return Desk.of(await self.conversation.keeper.desk(owner))

    def _onward(self) -> Iterator[Way]:
        known = self.known | {"help"}
        for word, label in ONWARD.items():
            if word in known:
                yield way_to(word, label)
            if word in known and word == "ask":
                yield COLLECT
