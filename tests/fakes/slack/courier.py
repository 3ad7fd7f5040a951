"""Signed requests from Slack to the app, and the app's replies within three seconds."""

import hashlib
import hmac
import json
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode

import aiohttp

from .checking import Json
from .errors import SlackWouldShow

USER_AGENT = "Slackbot 1.0 (+https://api.slack.com/robots)"
_FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Delivery:
    """The bytes of one request to the app."""

    body: bytes
    headers: Mapping[str, str]

    def read(self) -> tuple[str, Json]:
        """What it says, as Socket Mode names and writes it."""
        if self.headers["Content-Type"] == "application/json":
            return "events_api", json.loads(self.body)
        fields = dict(parse_qsl(self.body.decode(), keep_blank_values=True))
        if "payload" in fields:
            return "interactive", json.loads(fields["payload"])
        return "slash_commands", fields

    def altered(self) -> "Delivery":
        """The same signature over other bytes."""
        return replace(self, body=self.body + b"&altered=1")

    def unsigned(self) -> "Delivery":
        kept = {name: held for name, held in self.headers.items() if name != "X-Slack-Signature"}
        return replace(self, headers=kept)

    def again(self, retry: int = 1, reason: str = "http_timeout") -> "Delivery":
        """The same bytes as Slack delivers them when it saw no answer in time."""
        marks = {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": reason}
        return replace(self, headers={**self.headers, **marks})


@dataclass(frozen=True, slots=True)
class Reply:
    """What the app answered."""

    status: int
    content_type: str
    body: bytes


class Courier:
    """Signs, sends, and waits no longer than Slack does."""

    def __init__(self, signing_secret: str, wait_seconds: float) -> None:
        self._secret = signing_secret.encode()
        self._wait_seconds = wait_seconds
        self._session: aiohttp.ClientSession | None = None
        self.app_url = ""
        self.road: Callable[[Delivery, float], Awaitable[Reply]] | None = None

    async def start(self) -> None:
        timeout = aiohttp.ClientTimeout(total=self._wait_seconds)
        # A connection for each delivery: an app may be restarted between two of them.
        connector = aiohttp.TCPConnector(force_close=True)
        self._session = aiohttp.ClientSession(timeout=timeout, connector=connector)

    async def stop(self) -> None:
        if self._session is not None:
            await self._session.close()

    def form(self, fields: Mapping[str, str]) -> Delivery:
        return self.sign(urlencode(fields).encode(), _FORM)

    def interaction(self, payload: Json) -> Delivery:
        return self.form({"payload": json.dumps(payload, separators=(",", ":"))})

    def event(self, envelope: Json) -> Delivery:
        return self.sign(json.dumps(envelope).encode(), "application/json")

    def sign(self, body: bytes, content_type: str, age: float = 0.0) -> Delivery:
        """Sign these bytes as https://docs.slack.dev/authentication says, `age` seconds ago."""
        # The app checks the age against its own clock, so the movable clock has no say here.
        timestamp = str(int(time.time() - age))
        signed = b":".join([b"v0", timestamp.encode(), body])
        signature = hmac.new(self._secret, signed, hashlib.sha256).hexdigest()
        headers = {
            "Content-Type": content_type,
            "User-Agent": USER_AGENT,
            "Accept": "application/json,*/*",
            "Accept-Encoding": "gzip,deflate",
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": f"v0={signature}",
        }
        return Delivery(body, headers)

    async def send(self, delivery: Delivery) -> Reply:
        """Deliver as it is, and hand back whatever comes."""
        if self.road is not None:
            return await self.road(delivery, self._wait_seconds)
        if self._session is None or not self.app_url:
            raise SlackWouldShow("Sorry, that didn't work.", "no request URL is configured")
        url, headers = self.app_url, dict(delivery.headers)
        async with self._session.post(
            url, data=delivery.body, headers=headers, allow_redirects=False
        ) as answer:
            return Reply(answer.status, answer.content_type, await answer.read())

    async def acknowledged(self, delivery: Delivery, shown: str) -> Reply:
        """Deliver, and insist on a 200 in time; `shown` is what the person reads otherwise."""
        try:
            reply = await self.send(delivery)
        except TimeoutError:
            reason = f"operation_timeout: no answer within {self._wait_seconds:g} s"
            raise SlackWouldShow(shown, reason) from None
        except aiohttp.ClientError as error:
            raise SlackWouldShow(shown, f"http_client_error: {type(error).__name__}") from error
        if reply.status != 200:
            raise SlackWouldShow(shown, f"dispatch_failed: HTTP {reply.status}")
        return reply
