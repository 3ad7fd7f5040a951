"""The room of what the policies say beside their questions: a page for each of their topics."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.conversation import Conversation
from bot.rooms import Practitioner, Shown, Visit
from dialogs.pages import Place
from dialogs.topics import BACK, POLICIES, ROOM, START, Reader, topic_of

COMMANDS = {
    "rules": "The golden rules of your policy",
    "myths": "What is often believed of the law, and what it says",
    "law": "The law that your policy names",
    "contacts": "Whom to call",
    "agreements": "What your policy says of agreements between organisations",
    "training": "What your policy says of training",
}


@dataclass(frozen=True)
class LibraryRoom:
    """Reads the workspace's policy, and any other that a button names."""

    conversation: Conversation
    name: str = ROOM
    commands: Mapping[str, str] = field(default_factory=lambda: COMMANDS)

    async def enter(self, who: Practitioner, command: str) -> Shown:
        """The page of this sub-command, from the workspace's policy."""
        return await self.take(who, Visit(command))

    async def take(self, who: Practitioner, visit: Visit) -> Shown:
        """Another page, a check with the policy that was read, or the check that was left."""
        place = Place.read(visit.value)
        match visit.verb:
            case verb if verb == START:
                return await self.conversation.begin(who, place.pack)
            case verb if verb == BACK:
                return await self.conversation.resume(who, place.check)
        shelf = self.conversation.shelf
        workspace = await self.conversation.workspaces.of(who.surface, who.tenant)
        pack = shelf.named(place.pack, workspace)
        reader = Reader(pack, shelf.every(workspace), shelf.today(), place.check)
        if visit.verb == POLICIES:
            return Shown(None, 0, reader.policies())
        return Shown(None, 0, reader.page(topic_of(visit.verb) or "rules"))
