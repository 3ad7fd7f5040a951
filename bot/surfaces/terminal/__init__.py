"""The terminal: a check as plain questions and typed answers, at a prompt or in a pipe."""

from __future__ import annotations

import getpass

from bot.conversation import Practitioner, Shown
from bot.reception import Reception
from bot.surfaces.terminal.ask import Asking, Left, ask, say
from bot.surfaces.terminal.draw import draw
from dialogs.views import TryAgainView

__all__ = ["converse"]


async def converse(reception: Reception, words: str = "") -> None:
    """Carry a check from the danger question to its end, or go where the words lead.

    The prompt holds up the event loop: nothing else runs in a terminal.
    """
    who = Practitioner("terminal", "local", getpass.getuser())
    conversation = reception.conversation
    shown = await reception.open(who, words)
    wish: Asking = None
    try:
        while True:
            say(draw(shown.view, conversation.shelf.today()))
            again, before = isinstance(shown.view, TryAgainView), wish
            wish = ask(shown)
            if again:
                wish = before
            if isinstance(wish, str):
                shown = await conversation.resume(who, wish)
            elif isinstance(wish, tuple):
                shown = await reception.visit(who, *wish)
            elif wish is not None and shown.check is not None:
                shown = await conversation.take(who, shown.check, wish)
            else:
                return
    except Left:
        say(["", _parting(shown)])


def _parting(shown: Shown) -> str:
    """What to do to come back: a page is no check, and nothing is kept before the first answer."""
    if shown.check is None:
        return (
            "You have left the page. Run share-check check for a check, or with help for the rest."
        )
    kept = "" if shown.turn == 0 else " Your check is kept."
    return f"You have left the check.{kept} Run share-check check again to go on."
