"""The fake workspace as a server on 127.0.0.1: its Web API, its response URLs, its faults."""

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Self

from aiohttp import web

from tests.fakes.faults import Armed, Faults

from . import chat_methods, conversation_methods, limits, payloads, view_methods
from .arguments import bearer_token, read_arguments
from .channels import Channel, Kind
from .checking import Json
from .clock import MovableClock
from .courier import Courier, Delivery, Reply
from .errors import Refused
from .failing import closed, refusal, spoil
from .faults import Fault
from .installing import Registration
from .responses import respond
from .sockets import Sockets
from .workspace import Identity, Workspace

METHODS = {**chat_methods.METHODS, **view_methods.METHODS, **conversation_methods.METHODS}
_HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Call:
    """One call of an API method, and how it ended: an error code, a fault's name, or None."""

    method: str
    arguments: Json
    error: str | None
    team: str = ""


class FakeSlack:
    """A workspace with one installed app, reachable by HTTP."""

    def __init__(
        self,
        *,
        signing_secret: str = "a-signing-secret-for-tests",
        bot_token: str = "xoxb-for-tests",
        identity: Identity | None = None,
        clock: MovableClock | None = None,
        acknowledge_seconds: float = limits.ACKNOWLEDGE_SECONDS,
    ) -> None:
        self.signing_secret = signing_secret
        self.bot_token = bot_token
        self.clock = clock or MovableClock()
        self.workspace = Workspace(identity or Identity(), self.clock)
        self.courier = Courier(signing_secret, acknowledge_seconds)
        self.registration = Registration()
        self.sockets = Sockets()
        self.calls: list[Call] = []
        self._workspaces = {bot_token: self.workspace}
        self._faults = Faults[Fault]()
        self._runner: web.AppRunner | None = None
        self._port = 0

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()

    @property
    def url(self) -> str:
        return f"http://{_HOST}:{self._port}"

    @property
    def api_url(self) -> str:
        """What a client takes as its base URL."""
        return f"{self.url}/api/"

    async def start(self) -> None:
        await self.courier.start()
        await self.listen()

    async def stop(self) -> None:
        await self.stop_listening()
        await self.courier.stop()

    async def listen(self) -> None:
        """Listen, on the same port as before if there was one."""
        app = web.Application(client_max_size=2**21)
        app.router.add_route("GET", "/api/{method}", self._serve_method)
        app.router.add_route("POST", "/api/{method}", self._serve_method)
        app.router.add_post("/response/{name}", self._serve_response)
        app.router.add_get("/link/{ticket}", self.sockets.serve)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, _HOST, self._port, reuse_address=True)
        await site.start()
        self._port = self._runner.addresses[0][1]

    async def stop_listening(self) -> None:
        """From now on every connection is refused."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    def connect(self, app_url: str) -> None:
        """Say where the app takes commands, interactions and events."""
        self.courier.app_url = app_url

    def use_sockets(self) -> None:
        """From now on tell the app along its own connection (Socket Mode)."""

        async def along(delivery: Delivery, wait_seconds: float) -> Reply:
            return await self.sockets.say(*delivery.read(), wait_seconds)

        self.courier.road = along

    def add_workspace(self, team_id: str) -> Workspace:
        """Another workspace, in which the app is not installed yet."""
        identity = replace(self.workspace.identity, team_id=team_id, team_name=team_id)
        return Workspace(identity, self.clock)

    async def uninstall(self, workspace: Workspace) -> None:
        """Take the app out of a workspace, of which it hears by two events."""
        kept = {token: held for token, held in self._workspaces.items() if held is not workspace}
        self._workspaces = kept
        revoked = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["U0FAKEBOT"]}}
        for inner in (revoked, {"type": "app_uninstalled"}):
            envelope = payloads.event(workspace, inner)
            await self.courier.acknowledged(self.courier.event(envelope), "nobody sees it")

    def add_channel(
        self,
        channel_id: str,
        name: str,
        *,
        kind: Kind = "public",
        archived: bool = False,
        with_bot: bool = True,
    ) -> Channel:
        return self.workspace.add_channel(
            channel_id, name, kind, archived=archived, with_bot=with_bot
        )

    def channel(self, channel_id: str) -> Channel:
        return self.workspace.channels[channel_id]

    def limit_posts(self) -> None:
        """From now on a channel takes one message a second."""
        self.workspace.one_post_a_second = True

    def fail(
        self,
        method: str,
        fault: Fault,
        *,
        times: int = 1,
        seconds: float = 1.0,
        code: str = "internal_error",
    ) -> None:
        """Arm a fault for the next calls of a method."""
        armed = Armed(fault=fault, times=times, seconds=seconds, code=code)
        self._faults.arm(method, armed)

    def heal(self) -> None:
        self._faults.disarm()

    def called(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method == method]

    async def until(self, holds: Callable[[], object], seconds: float = 2.0) -> None:
        """Wait for something that the app does in its own time."""
        async with asyncio.timeout(seconds):
            # What is waited for may lie in the app or in a database, where nothing sets an event.
            while not holds():  # noqa: ASYNC110
                await asyncio.sleep(0.01)

    async def _serve_method(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        armed = self._faults.take(method)
        spoiled = spoil(request, armed) if armed else None
        if armed and spoiled is not None:
            self.calls.append(Call(method, {}, armed.fault.name))
            return spoiled
        if armed and armed.fault is Fault.DELAY:
            await asyncio.sleep(armed.seconds)
        answer = await self._answer(method, request)
        return closed(request) if armed and armed.fault is Fault.LOSE_REPLY else answer

    async def _answer(self, method: str, request: web.Request) -> web.Response:
        arguments: Json = {}
        team = ""
        try:
            arguments = await read_arguments(request)
            token = bearer_token(request, arguments)
            if method == "oauth.v2.access":
                done = self.registration.exchange(arguments, self._issue)
            elif method == "apps.connections.open":
                done = self._socket_address(token)
            else:
                workspace = self._workspace_of(token)
                team = workspace.identity.team_id
                done = METHODS.get(method, _unknown)(workspace, arguments)
        except Refused as refused:
            self.calls.append(Call(method, arguments, refused.code, team))
            return refusal(refused)
        self.calls.append(Call(method, arguments, None, team))
        return web.json_response({"ok": True, **done})

    def _issue(self, workspace: Workspace) -> str:
        token = f"xoxb-{secrets.token_hex(8)}"
        self._workspaces[token] = workspace
        return token

    def _workspace_of(self, token: str | None) -> Workspace:
        if token is None:
            raise Refused("not_authed")
        if token not in self._workspaces:
            raise Refused("invalid_auth")
        return self._workspaces[token]

    def _socket_address(self, token: str | None) -> Json:
        if token != self.sockets.app_token:
            raise Refused("invalid_auth")
        return {"url": f"ws://{_HOST}:{self._port}/link/{self.sockets.ticket()}"}

    async def _serve_response(self, request: web.Request) -> web.StreamResponse:
        try:
            permit = self.workspace.permits.use_response_url(request.match_info["name"])
            respond(self.workspace, permit, await read_arguments(request))
        except Refused as refused:
            status = 404 if refused.code.endswith("_url") else 400
            return web.json_response({"ok": False, "error": refused.code}, status=status)
        return web.Response(text="ok")


def _unknown(workspace: Workspace, arguments: Json) -> Json:
    raise Refused("unknown_method")
