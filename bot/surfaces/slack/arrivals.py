"""Ways in that are no window yet: the Home tab, a mention, a direct message, a closed window.

What somebody wrote to the app is not read. They are answered with the way in, once, however often
Slack tells of it; nothing else hangs on these events, so that one told twice does no harm.
"""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog
from slack_bolt.response import BoltResponse

from bot.reception import Reception
from bot.sessions import Unavailable
from bot.surfaces.slack.answers import nothing
from bot.surfaces.slack.blocks import Json
from bot.surfaces.slack.drawing import Drawing
from bot.surfaces.slack.frame import CAN_BE_LEFT
from bot.surfaces.slack.home import Home
from bot.surfaces.slack.messages import page_message
from bot.surfaces.slack.page_screens import HOME
from bot.surfaces.slack.payloads import GONE, Closing, Happening
from bot.surfaces.slack.read import place_of
from dialogs import desk

log = structlog.get_logger(__name__)

REMEMBERED_SECONDS = 3_600


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Bolt calls these by the names of their arguments; `gone` hears which workspace has left."""

    reception: Reception
    drawing: Drawing
    home: Home
    gone: Callable[[str, float], Awaitable[None]]

    async def happened(self, asked: Happening) -> BoltResponse:
        """Answer one event, unless it has been answered already."""
        event, who = asked.event, asked.who
        if event.type in GONE:
            await self._gone(asked)
            return nothing()
        if not event.user or event.bot_id or event.subtype or not await self._is_new(asked):
            return nothing()
        match event.type:
            case "app_home_opened" if event.tab == HOME:
                await self.home.show(who)
            case "app_mention":
                way_in = self._way_in()
                thread = event.thread_ts
                await self.drawing.whisper(who.tenant, event.channel, event.user, way_in, thread)
            case "message" if event.channel_type == "im":
                await self.drawing.post(who.tenant, event.channel, self._way_in())
            case _:
                pass
        return nothing()

    async def closed(self, asked: Closing) -> BoltResponse:
        """Closing is not cancelling: say where the answers are, if there are any."""
        place = place_of(asked.view)
        if place.turn and asked.view.callback_id in CAN_BE_LEFT:
            page = desk.left_open(place.check, self.reception.conversation.emergency)
            await self.drawing.post(asked.who.tenant, asked.user.id, page_message(page))
        return nothing()

    async def _gone(self, asked: Happening) -> None:
        """Stop sending to a workspace; its data stays. A person's own token is not the app's."""
        if asked.event.type == "tokens_revoked" and not asked.event.tokens.bot:
            return
        await self.gone(asked.who.tenant, asked.event_time or time.time())

    def _way_in(self) -> Json:
        return page_message(desk.way_in(self.reception.conversation.emergency))

    async def _is_new(self, asked: Happening) -> bool:
        """Whether nobody has answered it yet; where that is not known, it is answered again."""
        if asked.event.type == "app_home_opened":
            return True
        sessions = self.reception.conversation.keeper.sessions
        try:
            return await sessions.first(f"event:{asked.event_id}", REMEMBERED_SECONDS)
        except Unavailable:
            return True
