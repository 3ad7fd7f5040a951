"""Socket Mode: the app connects to Slack, and is told along its connection."""

import asyncio
import json
import secrets
from typing import Any

from aiohttp import WSMsgType, web

from .checking import Json
from .courier import Reply
from .errors import SlackWouldShow


class Sockets:
    """The app's connections; what is said goes along the newest, as Slack may choose any."""

    def __init__(self) -> None:
        self.app_token = "xapp-for-tests"
        self.open: list[web.WebSocketResponse] = []
        self.made = 0
        self.deaf = False
        self.rude = False
        self._tickets: set[str] = set()
        self._waiting: dict[str, asyncio.Future[Any]] = {}

    def ticket(self) -> str:
        """Good for one connection."""
        ticket = secrets.token_hex(8)
        self._tickets.add(ticket)
        return ticket

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """One connection, from its greeting to its end."""
        ticket = request.match_info["ticket"]
        if ticket not in self._tickets:
            return web.Response(status=404)
        self._tickets.remove(ticket)
        socket = web.WebSocketResponse(autoping=False)
        await socket.prepare(request)
        if not self.rude:
            await socket.send_json({"type": "hello", "num_connections": len(self.open) + 1})
        self.open.append(socket)
        self.made += 1
        try:
            async for message in socket:
                if message.type is WSMsgType.PING and not self.deaf:
                    await socket.pong(message.data)
                elif message.type is WSMsgType.TEXT:
                    self._answered(json.loads(message.data))
        finally:
            self.open.remove(socket)
        return socket

    async def say(self, kind: str, payload: Json, wait_seconds: float) -> Reply:
        """Tell the app, and wait for its acknowledgement no longer than Slack does."""
        if not self.open:
            raise SlackWouldShow("Sorry, that didn't work.", "the app is not connected")
        envelope = secrets.token_hex(8)
        answered = self._waiting[envelope] = asyncio.get_running_loop().create_future()
        told = {"envelope_id": envelope, "type": kind, "accepts_response_payload": True}
        await self.open[-1].send_json({**told, "payload": payload})
        try:
            async with asyncio.timeout(wait_seconds):
                said = await answered
        finally:
            del self._waiting[envelope]
        body = json.dumps(said).encode() if said is not None else b""
        return Reply(200, "application/json" if body else "", body)

    async def say_raw(self, text: str) -> None:
        """Send something as it is."""
        await self.open[-1].send_str(text)

    async def warn(self) -> None:
        """Say that the newest connection will be closed soon."""
        await self.open[-1].send_json({"type": "disconnect", "reason": "warning"})

    async def hang_up(self) -> None:
        """Close every connection."""
        for socket in tuple(self.open):
            await socket.close()

    def _answered(self, said: Json) -> None:
        waiting = self._waiting.get(said.get("envelope_id", ""))
        if waiting is not None and not waiting.done():
            waiting.set_result(said.get("payload"))
