"""Slack's Web API as this surface calls it: one try, a deadline, and an answer that is named.

The client's own retries are off. They would send a message a second time when only the reply was
lost, and report success. What a failed call means is for its caller to decide.
"""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.surfaces.slack.settings import SlackSettings

SECONDS = 10.0
DRAWING_SECONDS = 1.8
"""For a modal: Slack waits three seconds for the whole answer, and so does its trigger."""

# After these Slack may have done a part of the work.
HALF_DONE = frozenset({"fatal_error", "internal_error", "request_timeout", "service_unavailable"})
TOO_FAST = frozenset({"ratelimited", "rate_limited"})

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


class SlackApi:
    """Calls with one token, over one pool of connections that opens with the first call."""

    def __init__(self, settings: SlackSettings) -> None:
        """Connect to nothing yet."""
        self._settings = settings
        self._session: aiohttp.ClientSession | None = None
        self._client: AsyncWebClient | None = None

    async def open_view(self, trigger_id: str, view: dict[str, Any]) -> None:
        """Open a modal for whoever pressed or typed something just now."""
        await self.call(lambda c: c.views_open(trigger_id=trigger_id, view=view), DRAWING_SECONDS)

    async def push_view(self, trigger_id: str, view: dict[str, Any]) -> None:
        """Put a page on top of the open modal."""
        await self.call(lambda c: c.views_push(trigger_id=trigger_id, view=view), DRAWING_SECONDS)

    async def update_view(self, view_id: str, seen: str, view: dict[str, Any]) -> None:
        """Draw an open modal again, unless it has changed since it was seen."""
        await self.call(
            lambda c: c.views_update(view_id=view_id, hash=seen or None, view=view),
            DRAWING_SECONDS,
        )

    async def respond(self, response_url: str, text: str) -> None:
        """Say something to one person, below the message they pressed a button of."""
        said = {"response_type": "ephemeral", "replace_original": False, "text": text}
        session = self._connected().session
        assert session is not None
        try:
            async with asyncio.timeout(DRAWING_SECONDS), session.post(response_url, json=said):
                pass
        except (TimeoutError, aiohttp.ClientError):
            raise Unanswered from None

    async def call(self, call: Call, seconds: float = SECONDS) -> dict[str, Any]:
        """What Slack answers; raises `NotReached`, `Unanswered`, `TooFast` or `Refused`."""
        try:
            async with asyncio.timeout(seconds):
                answer = await call(self._connected())
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

    def _connected(self) -> AsyncWebClient:
        if self._client is None:
            # The SDK enforces no deadline of its own on a session that it is given.
            timeout = aiohttp.ClientTimeout(total=SECONDS)
            self._session = aiohttp.ClientSession(timeout=timeout)
            self._client = AsyncWebClient(
                token=self._settings.bot_token,
                base_url=self._settings.api_url,
                session=self._session,
                retry_handlers=[],
                logger=quiet_logger(),
            )
        return self._client


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
