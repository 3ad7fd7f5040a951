"""From what was asked to the listener that answers it, in time.

Bolt is handed what is already verified, decoded and read. Its own verification would decode the
body first and log it when a signature is wrong, and its default way of running a listener looks
for the answer every ten milliseconds.
"""

import asyncio
import re
from dataclasses import dataclass
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.surfaces.slack.api import quiet_logger
from bot.surfaces.slack.arrivals import Arrivals
from bot.surfaces.slack.listeners import Listeners
from bot.surfaces.slack.payloads import EVENTS, Asked, Routed, Submission

ANY = re.compile("")


@dataclass(frozen=True, slots=True)
class Dispatch:
    """Answers whatever Slack asks, on whichever road it came."""

    listeners: Listeners
    bolt: AsyncApp
    answer_seconds: float

    async def answer(self, asked: Asked) -> BoltResponse:
        """Answer in time, or say how to go on."""
        try:
            async with asyncio.timeout(self.answer_seconds):
                return await self._answer(asked)
        except TimeoutError:
            return self.listeners.late(asked)

    async def _answer(self, asked: Asked) -> BoltResponse:
        """Submissions are the way of every answer and go to one listener; Bolt finds the rest."""
        if not isinstance(asked, Submission):
            return await self._dispatched(asked)
        try:
            return await self.listeners.submitted(asked)
        except Exception as error:  # noqa: BLE001
            # The last resort, as Bolt has one: whatever broke, the practitioner is told.
            return await self.listeners.failed(error, asked)

    async def _dispatched(self, asked: Routed) -> BoltResponse:
        """Let Bolt find the listener, which gets `asked` by the name of its argument.

        Bolt trusts the shape of a body wherever it looks, and breaks on another one. So it is
        handed what it routes by and no more, built from what has been read.
        """
        routing, context = asked.routing(), {"asked": asked}
        request = AsyncBoltRequest(body=routing, context=context, mode="socket_mode")
        return await self.bolt.async_dispatch(request)


def bolt(listeners: Listeners, arrivals: Arrivals, api_url: str) -> AsyncApp:
    """Bolt without the parts that the front door has made needless."""
    app = AsyncApp(
        name="share-check",
        logger=quiet_logger(),
        client=AsyncWebClient(base_url=api_url, retry_handlers=[], logger=quiet_logger()),
        authorize=_Anybody(),
        process_before_response=True,
        request_verification_enabled=False,
        ssl_check_enabled=False,
        url_verification_enabled=False,
        ignoring_self_events_enabled=False,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )
    app.action(ANY)(listeners.pressed)
    app.command(ANY)(listeners.commanded)
    app.shortcut(ANY)(listeners.shortcut)
    app.view_closed(ANY)(arrivals.closed)
    for event in EVENTS:
        app.event(event)(arrivals.happened)
    app.error(listeners.failed)
    return app


class _Anybody(AsyncAuthorize):
    """Bolt asks who is calling; the token is found when Slack is called, by the workspace."""

    def __init__(self) -> None:
        """Nothing is looked up."""

    async def __call__(
        self, *, enterprise_id: str | None, team_id: str | None, **_: Any
    ) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id)
