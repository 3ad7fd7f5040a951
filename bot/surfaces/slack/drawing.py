"""Draws out of band: soon, if Slack is quick, and without keeping an answer waiting.

Nothing depends on it. A check is saved before it is drawn, and a modal that has been closed, or
has moved on since the button was pressed, is a normal end of drawing.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any

import structlog

from bot.surfaces.slack.api import NotDone, Refused, SlackApi
from bot.surfaces.slack.blocks import Json
from bot.surfaces.slack.modal import OpenModal

log = structlog.get_logger(__name__)

PATIENCE = 0.4
"""Seconds that the empty answer to a button waits for its drawing."""
MOVED_ON = frozenset({"hash_conflict", "not_found", "view_not_found"})


class Drawing:
    """What is being drawn just now; each call names the workspace first."""

    def __init__(self, api: SlackApi) -> None:
        """Draw through this API."""
        self._api = api
        self._under_way: set[asyncio.Task[bool]] = set()

    async def open(self, team: str, trigger_id: str, view: Json) -> bool:
        """Open a modal, and say whether it is there."""
        return await _done(self._api.open_view(team, trigger_id, view))

    async def push(
        self, team: str, trigger_id: str, view: Json, seen: OpenModal, otherwise: Json
    ) -> None:
        """Put a page on top of the open modal; where Slack will not, draw the modal otherwise.

        The trigger of a press runs out after three seconds; drawing a modal again takes none.
        """
        await self.soon(self._pushed(team, trigger_id, view, seen, otherwise))

    async def _pushed(
        self, team: str, trigger_id: str, view: Json, seen: OpenModal, otherwise: Json
    ) -> None:
        try:
            await self._api.draw(team, lambda c: c.views_push(trigger_id=trigger_id, view=view))
        except NotDone as problem:
            log.warning("slack.page_not_pushed", why=type(problem).__name__)
            await self._updated(team, seen, otherwise)

    async def update(self, team: str, seen: OpenModal, view: Json) -> None:
        """Draw an open modal again, unless it has changed since it was seen."""
        await self.soon(self._updated(team, seen, view))

    async def _updated(self, team: str, seen: OpenModal, view: Json) -> None:
        named: Json = {"view_id": seen.id, "hash": seen.hash or None}
        await self._api.draw(team, lambda c: c.views_update(**named, view=view))

    async def publish(self, team: str, user: str, view: Json) -> None:
        """Show this on a person's Home tab."""
        await self.soon(self._api.draw(team, lambda c: c.views_publish(user_id=user, view=view)))

    async def post(self, team: str, channel: str, message: Json) -> None:
        """Post a message that nothing depends on; a person's id means their direct messages."""
        await self.soon(
            self._api.draw(team, lambda c: c.chat_postMessage(channel=channel, **message))
        )

    async def whisper(
        self, team: str, channel: str, user: str, message: Json, thread: str
    ) -> None:
        """Show a message in a channel, or in a thread of it, to one person only."""
        said = {name: held for name, held in message.items() if name in ("text", "blocks")}
        said |= {"thread_ts": thread} if thread else {}
        await self.soon(
            self._api.draw(
                team, lambda c: c.chat_postEphemeral(channel=channel, user=user, **said)
            )
        )

    async def respond(self, response_url: str, text: str) -> None:
        """Say something below the message that a button was pressed of."""
        await self.soon(self._api.respond(response_url, text))

    def meanwhile(self, work: Coroutine[Any, Any, None]) -> None:
        """Begin what nobody waits for at all."""
        self._begin(work)

    async def close(self) -> None:
        """Finish what is being drawn."""
        await asyncio.gather(*self._under_way)

    async def soon(self, call: Coroutine[Any, Any, None]) -> None:
        """Begin, and wait a little; what is not done by then goes on by itself."""
        await asyncio.wait((self._begin(call),), timeout=PATIENCE)

    def _begin(self, call: Coroutine[Any, Any, None]) -> asyncio.Task[bool]:
        task = asyncio.create_task(_done(call))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        return task


async def _done(call: Coroutine[Any, Any, None]) -> bool:
    try:
        await call
    except NotDone as problem:
        if isinstance(problem, Refused) and problem.code in MOVED_ON:
            log.info("slack.view_moved_on")
        else:
            log.warning("slack.view_not_drawn", why=type(problem).__name__)
        return False
    except Exception:
        # Nobody waits for this any more, so nobody else would hear of it.
        log.exception("slack.drawing_failed")
        return False
    return True
