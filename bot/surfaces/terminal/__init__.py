"""The terminal: a check as plain questions and typed answers, at a prompt or in a pipe."""

from __future__ import annotations

import asyncio
import getpass

from bot.conversation import Conversation, Practitioner
from bot.surfaces.terminal.ask import Left, ask, say
from bot.surfaces.terminal.draw import draw

__all__ = ["converse"]


async def converse(conversation: Conversation) -> None:
    """Carry a check from the danger question to its end, or until it is left."""
    who = Practitioner("terminal", "local", getpass.getuser())
    shown = await conversation.begin(who)
    try:
        while True:
            say(draw(shown.view))
            wish = await asyncio.to_thread(ask, shown)
            if isinstance(wish, str):
                shown = await conversation.resume(who, wish)
            elif wish is not None and shown.check is not None:
                shown = await conversation.take(who, shown.check, wish)
            else:
                return
    except Left:
        say(["", "Your check is kept. Run share-check check again to go on with it."])
