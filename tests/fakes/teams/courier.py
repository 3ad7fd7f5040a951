"""Signed activities from Teams to the bot, and the bot's replies in the time that Teams waits."""

import json
from dataclasses import dataclass
from typing import Any

import aiohttp

from . import limits
from .errors import TeamsWouldShow
from .signing import Signer

TROUBLE = "Something went wrong. Please try again."


@dataclass(frozen=True, slots=True)
class Reply:
    """What the bot answered."""

    status: int
    content_type: str
    body: bytes


class Courier:
    """Signs, sends, and waits no longer than Teams does."""

    def __init__(self, signer: Signer, invoke_seconds: float) -> None:
        self._signer = signer
        self._invoke_seconds = invoke_seconds
        self._session: aiohttp.ClientSession | None = None
        self._token = ""
        self.app_url = ""

    async def start(self) -> None:
        # A connection for each delivery: an app may be restarted between two of them.
        connector = aiohttp.TCPConnector(force_close=True)
        self._session = aiohttp.ClientSession(connector=connector)

    async def stop(self) -> None:
        if self._session is not None:
            await self._session.close()

    def new_token(self) -> None:
        """Sign the next deliveries anew; Teams uses one token for about an hour."""
        self._token = ""

    async def send(
        self, activity: Any, *, token: str | None = None, seconds: float = limits.MESSAGE_SECONDS
    ) -> Reply:
        """Deliver an activity, with a good token unless another is given ("" for none)."""
        body = json.dumps(activity, ensure_ascii=False).encode()
        good = self._good() if token is None else token
        return await self.send_raw(body, token=good, seconds=seconds)

    async def send_raw(
        self,
        body: bytes,
        *,
        token: str,
        content_type: str = "application/json; charset=utf-8",
        seconds: float = limits.MESSAGE_SECONDS,
    ) -> Reply:
        """Deliver bytes as they are."""
        assert self._session is not None
        headers = {"Content-Type": content_type}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        timeout = aiohttp.ClientTimeout(total=seconds)
        async with self._session.post(
            self.app_url, data=body, headers=headers, timeout=timeout, allow_redirects=False
        ) as answer:
            return Reply(answer.status, answer.content_type, await answer.read())

    async def acknowledged(self, activity: Any) -> Reply:
        """Deliver, and insist on a 200 in time."""
        invoke = activity["type"] == "invoke"
        seconds = self._invoke_seconds if invoke else limits.MESSAGE_SECONDS
        try:
            reply = await self.send(activity, seconds=seconds)
        except TimeoutError:
            raise TeamsWouldShow(TROUBLE, f"no answer within {seconds:g} s") from None
        if reply.status != 200:
            raise TeamsWouldShow(TROUBLE, f"HTTP {reply.status}")
        return reply

    def _good(self) -> str:
        self._token = self._token or self._signer.token()
        return self._token
