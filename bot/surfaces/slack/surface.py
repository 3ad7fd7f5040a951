"""The Slack surface put together: the roads on which Slack comes, and the sender of messages."""

import time
from collections.abc import Mapping
from typing import Protocol

import structlog
from aiohttp import web

from bot.outbox import Drawing as Drawn
from bot.reception import Reception
from bot.surfaces.bodies import Unreadable, raw_body
from bot.surfaces.slack import door, payloads
from bot.surfaces.slack.api import SlackApi, Tokens
from bot.surfaces.slack.arrivals import Arrivals
from bot.surfaces.slack.directory import SlackDirectory
from bot.surfaces.slack.dispatch import Dispatch, bolt
from bot.surfaces.slack.drawing import Drawing
from bot.surfaces.slack.home import Home
from bot.surfaces.slack.listeners import Listeners
from bot.surfaces.slack.oauth import Installing
from bot.surfaces.slack.payloads import Asked
from bot.surfaces.slack.sender import SlackSender
from bot.surfaces.slack.settings import OneToken, SlackSettings
from bot.surfaces.slack.socket import Socket
from bot.surfaces.telling import Marks, Telling

PATH = "/slack/events"
INSTALL, REDIRECT = "/slack/install", "/slack/oauth_redirect"

log = structlog.get_logger(__name__)


class Installed(Tokens, Protocol):
    """The tokens of many workspaces."""

    async def put(self, tenant: str, token: str) -> None:
        """Installed, now or again."""

    async def gone(self, tenant: str, at: float) -> None:
        """Not installed any more, since this time."""


class SlackSurface:
    """Everything that this process does with Slack."""

    def __init__(
        self, reception: Reception, slack: SlackSettings, installed: Installed | None = None
    ) -> None:
        """Connect to nothing yet; `installed` is needed where the app is installed by OAuth."""
        self._conversation = reception.conversation
        self._settings = slack
        self._secret = (slack.signing_secret or "").encode()
        tokens = OneToken(slack.bot_token) if slack.bot_token else installed
        assert tokens is not None
        self._installed = installed
        self._api = SlackApi(tokens, slack.api_url)
        self._drawing = Drawing(self._api)
        home = Home(reception, self._drawing)
        listeners = Listeners(reception, self._api, self._drawing, home)
        arrivals = Arrivals(reception, self._drawing, home, tokens.gone)
        routes = bolt(listeners, arrivals, slack.api_url)
        self._dispatch = Dispatch(listeners, routes, slack.answer_seconds)
        self._socket = Socket(self._api, slack.app_token, self.told) if slack.app_token else None

    def sender(self, marks: Marks, drawings: Mapping[str, Drawn]) -> SlackSender:
        """Sends the outbox's rows; `marks` finds the register mark of a summary."""
        return SlackSender(self._api, Telling(self._conversation, marks, drawings))

    def directory(self) -> SlackDirectory:
        """Who is who, as Slack says."""
        return SlackDirectory(self._api)

    def add_routes(self, router: web.UrlDispatcher) -> None:
        """Take what Slack and people's browsers ask for over HTTP."""
        if self._settings.signing_secret:
            router.add_post(PATH, self.receive)
        if self._settings.oauth and self._installed:
            keyring = self._conversation.keyring
            installing = Installing(self._settings.oauth, self._api, keyring, self._installed)
            router.add_get(INSTALL, installing.begin)
            router.add_get(REDIRECT, installing.end)

    def start(self) -> None:
        """Connect to Slack, where that is the road; it is never waited for."""
        if self._socket:
            self._socket.start()

    async def close(self) -> None:
        """Finish what is being answered and drawn, and let go of the connections."""
        if self._socket:
            await self._socket.close()
        await self._drawing.close()
        await self._api.close()

    async def receive(self, request: web.Request) -> web.Response:
        """Answer one request of Slack's."""
        body = await raw_body(request, *door.KINDS)
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

    async def told(self, payload: dict[str, object]) -> str:
        """Answer what came over the socket; nothing for what cannot be read."""
        try:
            asked = payloads.read(payload)
        except Unreadable as problem:
            log.warning("slack.request_unreadable", why=str(problem))
            return ""
        return "" if asked is None else (await self._dispatch.answer(asked)).body

    async def _answered(self, asked: Asked) -> web.Response:
        answer = await self._dispatch.answer(asked)
        content_type = door.JSON if answer.body else None
        return web.Response(
            status=answer.status, body=answer.body.encode(), content_type=content_type
        )


def attach(
    application: web.Application,
    reception: Reception,
    slack: SlackSettings,
    installed: Installed | None = None,
) -> SlackSurface:
    """Take Slack's requests at `/slack/events` of this application, or over a socket of ours."""
    surface = SlackSurface(reception, slack, installed)
    surface.add_routes(application.router)
    return surface
