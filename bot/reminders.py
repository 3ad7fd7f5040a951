"""Reminders to record a decision: rows of the outbox that wait for their day, and are let go."""

from __future__ import annotations

from dataclasses import dataclass

from bot.conversation import Conversation
from bot.outbox import Row
from bot.register.store import Register
from dialogs import reminder
from dialogs.pages import PageView


@dataclass(frozen=True, slots=True)
class Reminders:
    """Puts a reminder into words when it is due, unless there is nothing to be reminded of."""

    conversation: Conversation
    register: Register

    async def draw(self, row: Row) -> PageView | None:
        """The reminder; None where a decision is recorded, or the workspace wants none."""
        workspace = await self.conversation.workspaces.of(row.surface, row.tenant)
        entries = await self.register.find(row.check)
        if not workspace.reminders or any(entry.kind == "decision" for entry in entries):
            return None
        reference = str(row.body["reference"])
        return reminder.page(row.check, reference, row.at, self.conversation.emergency)
