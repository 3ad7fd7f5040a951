"""The room of what is kept from whom: the words of the enquiries, and the threat model's table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.conversation import Conversation
from bot.enquiries.office import approval_of
from bot.rooms import Practitioner, Shown, Visit
from dialogs.enquiry import privacy
from dialogs.enquiry.words import read_words

COMMANDS = {"privacy": "What is kept, and what advisers and others can find out"}


@dataclass(frozen=True)
class PrivacyRoom:
    """One page."""

    conversation: Conversation
    name: str = "privacy"
    commands: Mapping[str, str] = field(default_factory=lambda: COMMANDS)

    async def enter(self, who: Practitioner, command: str) -> Shown:  # noqa: ARG002
        """The page."""
        workspace = await self.conversation.workspaces.of(who.surface, who.tenant)
        approval = approval_of(workspace)
        page = privacy.page(read_words(), self.conversation.emergency, approval)
        return Shown(None, 0, page)

    async def take(self, who: Practitioner, visit: Visit) -> Shown:
        """The page, whatever was pressed."""
        return await self.enter(who, visit.verb)
