"""Slack's Web API as this surface calls it: one try, a deadline, and an answer that is named.

The client's own retries are off. They would send a message a second time when only the reply was
lost, and report success. What a failed call means is for its caller to decide.
"""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol, TypeAlias

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.register.database import RegisterUnavailable
from bot.surfaces.slack.blocks import Json

SECONDS = 10.0
DRAWING_SECONDS = 1.8
"""For a modal: Slack waits three seconds for the whole answer, and so does its trigger."""

# After these Slack may have done a part of the work.
HALF_DONE = frozenset({"fatal_error", "internal_error", "request_timeout", "service_unavailable"})
NOT_INSTALLED = "not_installed"
"""Our own word, beside Slack's error codes: there is no token for this workspace."""

MOST_CLIENTS = 500
TOO_FAST = frozenset({"ratelimited", "rate_limited"})

CLOSING = aiohttp.ClientWSTimeout(ws_close=2.0)
SocketContext: TypeAlias = AbstractAsyncContextManager[aiohttp.ClientWebSocketResponse]
Call: TypeAlias = Callable[[AsyncWebClient], Awaitable[AsyncSlackResponse]]


class NotReached(Exception):
    """No connection to Slack came about, so nothing was done."""


class Unanswered(Exception):
    """Slack may or may not have done it: no answer came, or one that leaves it open."""


class TooFast(Exception):
    """Slack did nothing, and asks to wait."""

    def __init__(self, seconds: float) -> None:
        """Keep how long."""
        super().__init__(seconds)
        self.seconds = seconds


class Refused(Exception):
    """Slack did nothing, for the reason that its error code gives."""

    def __init__(self, code: str) -> None:
        """Keep the code."""
        super().__init__(code)
        self.code = code


NotDone = (NotReached, Unanswered, TooFast, Refused)


class Tokens(Protocol):
    """The bot token for each workspace."""

    async def token(self, tenant: str) -> str | None:
        """The token, or None where the app is not installed any more."""

    async def gone(self, tenant: str, at: float) -> None:
        """Slack has taken the token back, at this time."""


class SlackApi:
    """Calls for any workspace, over one pool of connections that opens with the first call."""

    def __init__(self, tokens: Tokens, api_url: str) -> None:
        """Connect to nothing yet."""
        self._tokens = tokens
        self._api_url = api_url
        self._session: aiohttp.ClientSession | None = None
        self._clients: dict[str, AsyncWebClient] = {}

    async def open_view(self, team: str, trigger_id: str, view: Json) -> None:
        """Open a modal for whoever pressed or typed something just now."""
        await self.draw(team, lambda c: c.views_open(trigger_id=trigger_id, view=view))

    async def draw(self, team: str, call: Call) -> None:
        """Draw something for somebody who waits for it, in the time that Slack gives."""
        await self.call(team, call, DRAWING_SECONDS)

    async def respond(self, response_url: str, text: str) -> None:
        """Say something to one person, below the message they pressed a button of."""
        said = {"response_type": "ephemeral", "replace_original": False, "text": text}
        session = self._connected()
        try:
            async with asyncio.timeout(DRAWING_SECONDS), session.post(response_url, json=said):
                pass
        except (TimeoutError, aiohttp.ClientError):
            raise Unanswered from None

    async def call(self, team: str, call: Call, seconds: float = SECONDS) -> dict[str, Any]:
        """What Slack answers; raises `NotReached`, `Unanswered`, `TooFast` or `Refused`."""
        try:
            token = await self._tokens.token(team)
        except RegisterUnavailable:
            raise NotReached from None
        if token is None:
            raise Refused(NOT_INSTALLED)
        return await self._called(token, call, seconds)

    async def exchanged(
        self, client_id: str, client_secret: str, code: str, redirect_uri: str
    ) -> dict[str, Any]:
        """The token that a code of an installation is worth; raises as `call` does."""
        asked = {
            "client_id": client_id,
            "client_secret": client_secret,
            "code": code,
            "redirect_uri": redirect_uri,
        }
        return await self._called("", lambda c: c.api_call("oauth.v2.access", data=asked), SECONDS)

    @property
    def authorize_url(self) -> str:
        """Where somebody agrees to an installation, in their browser."""
        return f"{self._api_url.removesuffix('api/')}oauth/v2/authorize"

    async def socket_address(self, app_token: str) -> str:
        """Where to connect for Socket Mode; good for one connection."""
        told = await self._called(
            app_token, lambda c: c.apps_connections_open(app_token=app_token), SECONDS
        )
        return str(told.get("url", ""))

    def socket(self, address: str, heartbeat: float, most: int) -> SocketContext:
        """A connection in Socket Mode: it is pinged, and ends when a ping is not answered."""
        return self._connected().ws_connect(
            address, heartbeat=heartbeat, max_msg_size=most, timeout=CLOSING
        )

    async def _called(self, token: str, call: Call, seconds: float) -> dict[str, Any]:
        try:
            async with asyncio.timeout(seconds):
                answer = await call(self._client(token))
        except SlackApiError as error:
            # Its message quotes the whole answer, which may hold what somebody wrote.
            raise _failure(error.response) from None
        except aiohttp.ClientConnectorError:
            raise NotReached from None
        except (TimeoutError, aiohttp.ClientError, AttributeError):
            # The SDK reads a 200 that is not JSON as if it were an object.
            raise Unanswered from None
        return answer.data if isinstance(answer.data, dict) else {}

    async def close(self) -> None:
        """Let go of the connections."""
        if self._session is not None:
            await self._session.close()

    def _client(self, token: str) -> AsyncWebClient:
        if token not in self._clients:
            if len(self._clients) >= MOST_CLIENTS:
                self._clients.clear()
            self._clients[token] = AsyncWebClient(
                token=token or None,
                base_url=self._api_url,
                session=self._connected(),
                retry_handlers=[],
                logger=quiet_logger(),
            )
        return self._clients[token]

    def _connected(self) -> aiohttp.ClientSession:
        if self._session is None:
            # The SDK enforces no deadline of its own on a session that it is given.
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=SECONDS))
        return self._session


def quiet_logger() -> logging.Logger:
    """For Slack's libraries: their messages quote the request that they are about."""
    logger = logging.getLogger("slack_bolt")
    logger.setLevel(logging.CRITICAL)
    return logger


def _failure(response: Any) -> Exception:
    status = getattr(response, "status_code", 0)
    data = getattr(response, "data", None)
    code = str(data.get("error", "")) if isinstance(data, dict) else ""
    if status == 429 or code in TOO_FAST:
        return TooFast(_seconds(response))
    if status != 200 or code in HALF_DONE or not re.fullmatch(r"[a-z_]{1,80}", code):
        return Unanswered()
    return Refused(code)


def _seconds(response: Any) -> float:
    asked = str(getattr(response, "headers", {}).get("Retry-After", ""))
    return float(asked) if asked.isdigit() else 1.0
