"""Draws modals out of band: soon, if Slack is quick, and without keeping an answer waiting.

Nothing depends on it. A check is saved before it is drawn, and a modal that has been closed, or
has moved on since the button was pressed, is a normal end of drawing.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any

import structlog

from bot.surfaces.slack.api import NotDone, Refused, SlackApi
from bot.surfaces.slack.blocks import Json
from bot.surfaces.slack.payloads import OpenModal

log = structlog.get_logger(__name__)

PATIENCE = 0.4
"""Seconds that the empty answer to a button waits for its drawing."""
MOVED_ON = frozenset({"hash_conflict", "not_found", "view_not_found"})


class Drawing:
    """What is being drawn just now."""

    def __init__(self, api: SlackApi) -> None:
        """Draw through this API."""
        self._api = api
        self._under_way: set[asyncio.Task[bool]] = set()

    async def open(self, trigger_id: str, view: Json) -> bool:
        """Open a modal, and say whether it is there."""
        return await _done(self._api.open_view(trigger_id, view))

    async def push(self, trigger_id: str, view: Json) -> None:
        """Put a page on top of the open modal."""
        await self._soon(self._api.push_view(trigger_id, view))

    async def update(self, seen: OpenModal, view: Json) -> None:
        """Draw an open modal again."""
        await self._soon(self._api.update_view(seen.id, seen.hash, view))

    async def respond(self, response_url: str, text: str) -> None:
        """Say something below the message that a button was pressed of."""
        if response_url:
            await self._soon(self._api.respond(response_url, text))

    async def close(self) -> None:
        """Finish what is being drawn."""
        await asyncio.gather(*self._under_way)

    async def _soon(self, call: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(_done(call))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        await asyncio.wait((task,), timeout=PATIENCE)


async def _done(call: Coroutine[Any, Any, None]) -> bool:
    try:
        await call
    except NotDone as problem:
        if isinstance(problem, Refused) and problem.code in MOVED_ON:
            log.info("slack.view_moved_on")
        else:
            log.warning("slack.view_not_drawn", why=type(problem).__name__)
        return False
    return True
