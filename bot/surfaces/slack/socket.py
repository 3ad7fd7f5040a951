"""Socket Mode: we connect to Slack, for organisations that cannot open a port.

Theory. A connection is good for some hours and may die without a word. So each is watched: our
pings must be answered, Slack's greeting must come, and whatever ends a connection begins the next
one. When Slack says beforehand that it will close one, the next is opened first, and the old one
goes on answering until it is closed.
"""

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import structlog

from bot.surfaces.slack.api import NotDone, SlackApi

log = structlog.get_logger(__name__)

HEARTBEAT_SECONDS = 15.0
GREETING_SECONDS = 10.0
MOST_BYTES = 1024 * 1024
AT_ONCE = 64
LONGEST_BACK_OFF = 30.0

Answer = Callable[[dict[str, Any]], Awaitable[str]]
"""Answers one payload with JSON, or with nothing."""


class Lost(Exception):
    """A connection ended, or never came about."""


class Socket:
    """Keeps one connection to Slack alive, and answers what comes along it."""

    def __init__(
        self,
        api: SlackApi,
        app_token: str,
        answer: Answer,
        heartbeat: float = HEARTBEAT_SECONDS,
    ) -> None:
        """Connect to nothing yet."""
        self._api = api
        self._app_token = app_token
        self._answer = answer
        self._heartbeat = heartbeat
        self._keeping: asyncio.Task[None] | None = None
        self._connections: set[asyncio.Task[None]] = set()
        self._answering: set[asyncio.Task[None]] = set()
        self._places = asyncio.Semaphore(AT_ONCE)

    def start(self) -> None:
        """Connect, and go on connecting, until closed."""
        self._keeping = asyncio.create_task(self._keep())

    async def close(self) -> None:
        """Take nothing more, and finish what is being answered."""
        if self._keeping is not None:
            self._keeping.cancel()
        if self._answering:
            await asyncio.wait(self._answering, timeout=3.0)
        for task in tuple(self._connections):
            task.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    async def _keep(self) -> None:
        failures = 0
        while True:
            over = asyncio.Event()
            try:
                await self._connect(over)
                failures = 0
            except Lost:
                failures += 1
                log.warning("slack.socket_not_connected", count=failures)
                await asyncio.sleep(min(0.25 * 2.0**failures, LONGEST_BACK_OFF))
                continue
            await over.wait()

    async def _connect(self, over: asyncio.Event) -> None:
        """A connection that has been greeted; `over` is set when the next one is due."""
        greeted = asyncio.Event()
        task = asyncio.create_task(self._serve(greeted, over))
        self._connections.add(task)
        task.add_done_callback(self._connections.discard)
        waiting = asyncio.create_task(greeted.wait())
        try:
            await asyncio.wait(
                (task, waiting), timeout=GREETING_SECONDS, return_when=asyncio.FIRST_COMPLETED
            )
        finally:
            waiting.cancel()
        if not greeted.is_set():
            task.cancel()
            raise Lost
        log.info("slack.socket_connected")

    async def _serve(self, greeted: asyncio.Event, over: asyncio.Event) -> None:
        """Read one connection to its end."""
        try:
            address = await self._api.socket_address(self._app_token)
            async with self._api.socket(address, self._heartbeat, MOST_BYTES) as socket:
                async for message in socket:
                    if message.type is aiohttp.WSMsgType.TEXT:
                        await self._take(socket, message.data, greeted, over)
        except (*NotDone, aiohttp.ClientError, OSError, TimeoutError) as problem:
            log.warning("slack.socket_lost", why=type(problem).__name__)
        finally:
            over.set()

    async def _take(
        self,
        socket: aiohttp.ClientWebSocketResponse,
        text: str,
        greeted: asyncio.Event,
        over: asyncio.Event,
    ) -> None:
        match _read(text):
            case {"type": "hello"}:
                greeted.set()
            case {"type": "disconnect"}:
                over.set()
            case {"envelope_id": str(envelope), "payload": dict(payload)}:
                await self._places.acquire()
                task = asyncio.create_task(self._answered(socket, envelope, payload))
                self._answering.add(task)
                task.add_done_callback(self._answering.discard)
            case _:
                log.info("slack.socket_message_passed_over")

    async def _answered(
        self, socket: aiohttp.ClientWebSocketResponse, envelope: str, payload: dict[str, Any]
    ) -> None:
        try:
            said = await self._answer(payload)
            answer: dict[str, Any] = {"envelope_id": envelope}
            if said:
                answer["payload"] = json.loads(said)
            with contextlib.suppress(ConnectionError, aiohttp.ClientError):
                # Where it is lost, Slack tells of it again on the next connection.
                await socket.send_str(json.dumps(answer))
        finally:
            self._places.release()


def _read(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
