"""The Slack surface put together: the front door, Bolt behind it, and the sender of messages.

Bolt is handed a body that is already verified, decoded and read. Its own verification would
decode the body first and log it when a signature is wrong, and its default way of running a
listener looks for the answer every ten milliseconds.
"""

import asyncio
import re
import time
from collections.abc import Mapping
from typing import Any

import structlog
from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.outbox import Drawing as Drawn
from bot.reception import Reception
from bot.surfaces.slack import door, payloads
from bot.surfaces.slack.answers import nothing
from bot.surfaces.slack.api import SlackApi, quiet_logger
from bot.surfaces.slack.arrivals import GONE, Arrivals
from bot.surfaces.slack.directory import SlackDirectory
from bot.surfaces.slack.door import Unreadable
from bot.surfaces.slack.drawing import Drawing
from bot.surfaces.slack.listeners import Listeners
from bot.surfaces.slack.payloads import Asked, Happening, Submission
from bot.surfaces.slack.sender import Marks, SlackSender
from bot.surfaces.slack.settings import OneToken, SlackSettings

PATH = "/slack/events"
ANY = re.compile("")
EVENTS = ("app_home_opened", "app_mention", "message", *GONE)

log = structlog.get_logger(__name__)


class SlackSurface:
    """Everything that this process does with Slack."""

    def __init__(self, reception: Reception, slack: SlackSettings) -> None:
        """Connect to nothing yet."""
        self._conversation = reception.conversation
        self._secret = slack.signing_secret.encode()
        self._answer_seconds = slack.answer_seconds
        tokens = OneToken(slack.bot_token)
        self._api = SlackApi(tokens, slack.api_url)
        self._drawing = Drawing(self._api)
        self._listeners = Listeners(reception, self._api, self._drawing)
        self._bolt = _bolt(self._listeners, Arrivals(reception, self._drawing, tokens.gone), slack)

    def sender(self, marks: Marks, drawings: Mapping[str, Drawn]) -> SlackSender:
        """Sends the outbox's rows; `marks` finds the register mark of a summary."""
        return SlackSender(self._api, self._conversation, marks, drawings)

    def directory(self) -> SlackDirectory:
        """Who is who, as Slack says."""
        return SlackDirectory(self._api)

    async def close(self) -> None:
        """Finish what is being drawn, and let go of the connections."""
        await self._drawing.close()
        await self._api.close()

    async def receive(self, request: web.Request) -> web.Response:
        """Answer one request of Slack's."""
        body = await door.raw_body(request)
        if not door.is_signed(self._secret, request.headers, body, time.time()):
            log.warning("slack.signature_refused")
            return web.Response(status=401)
        try:
            decoded = door.decoded(body, request.content_type)
            if decoded.get("type") == "url_verification":
                return web.json_response({"challenge": str(decoded.get("challenge", ""))})
            asked = None if "ssl_check" in decoded else payloads.read(decoded)
        except Unreadable as problem:
            log.warning("slack.request_unreadable", why=str(problem))
            return web.Response(status=400)
        return web.Response() if asked is None else await self._answered(asked)

    async def _answered(self, asked: Asked) -> web.Response:
        """Answer in time, or say how to go on."""
        try:
            async with asyncio.timeout(self._answer_seconds):
                answer = await self._answer(asked)
        except TimeoutError:
            answer = self._listeners.late(asked)
        content_type = door.JSON if answer.body else None
        return web.Response(
            status=answer.status, body=answer.body.encode(), content_type=content_type
        )

    async def _answer(self, asked: Asked) -> BoltResponse:
        """Submissions are the way of every answer and go to one listener; Bolt finds the rest."""
        if isinstance(asked, Happening) and asked.event.type not in EVENTS:
            # Bolt would say 404, and Slack would tell of it again and again.
            return nothing()
        if not isinstance(asked, Submission):
            return await self._dispatched(asked)
        try:
            return await self._listeners.submitted(asked)
        except Exception as error:  # noqa: BLE001
            # The last resort, as Bolt has one: whatever broke, the practitioner is told.
            return await self._listeners.failed(error, asked)

    async def _dispatched(self, asked: Asked) -> BoltResponse:
        """Let Bolt find the listener, which gets `asked` by the name of its argument.

        Bolt trusts the shape of a body wherever it looks, and breaks on another one. So it is
        handed what it routes by and no more, built from what has been read.
        """
        routing, context = asked.routing(), {"asked": asked}
        request = AsyncBoltRequest(body=routing, context=context, mode="socket_mode")
        return await self._bolt.async_dispatch(request)


def attach(
    application: web.Application, reception: Reception, slack: SlackSettings
) -> SlackSurface:
    """Take Slack's requests at `/slack/events` of this application."""
    surface = SlackSurface(reception, slack)
    application.router.add_post(PATH, surface.receive)
    return surface


class _Anybody(AsyncAuthorize):
    """Bolt asks who is calling; the token is found when Slack is called, by the workspace."""

    def __init__(self) -> None:
        """Nothing is looked up."""

    async def __call__(
        self, *, enterprise_id: str | None, team_id: str | None, **_: Any
    ) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id)


def _bolt(listeners: Listeners, arrivals: Arrivals, slack: SlackSettings) -> AsyncApp:
    """Bolt without the parts that the front door has made needless."""
    app = AsyncApp(
        name="share-check",
        logger=quiet_logger(),
        signing_secret=slack.signing_secret,
        client=AsyncWebClient(base_url=slack.api_url, retry_handlers=[], logger=quiet_logger()),
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
