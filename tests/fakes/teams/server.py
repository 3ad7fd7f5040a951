"""The fake on 127.0.0.1: the Bot Connector, the metadata and keys, and the token endpoint."""

import asyncio
import json
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from tests.fakes.faults import Armed, Faults

from . import limits
from .conversations import Conversation, Json, Kind, Message, complaint
from .courier import Courier
from .errors import Refused
from .faults import Fault
from .signing import ISSUER, Signer

_HOST = "127.0.0.1"
SCOPE = "https://api.botframework.com/.default"
TENANT = "11111111-2222-4333-8444-555555555555"


@dataclass(frozen=True, slots=True)
class Call:
    """One call, and the status that it was answered with (0 for none)."""

    endpoint: str
    status: int
    body: Any = None


class FakeTeams:
    """A tenant with one installed bot, reachable by HTTP."""

    def __init__(
        self,
        *,
        app_id: str = "00000000-aaaa-4bbb-8ccc-dddddddddddd",
        app_password: str = "a-client-secret-for-tests",
        tenant: str = TENANT,
        invoke_seconds: float = limits.INVOKE_SECONDS,
    ) -> None:
        self.app_id = app_id
        self.app_password = app_password
        self.tenant = tenant
        self.signer = Signer(app_id)
        self.courier = Courier(self.signer, invoke_seconds)
        self.conversations: dict[str, Conversation] = {}
        self.calls: list[Call] = []
        self.token_seconds = limits.TOKEN_SECONDS
        self._tokens: dict[str, float] = {}
        self._faults = Faults[Fault]()
        self._runner: web.AppRunner | None = None
        self._port = 0
        self._made = 0

    async def __aenter__(self) -> Self:
        await self.courier.start()
        await self.listen()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop_listening()
        await self.courier.stop()

    @property
    def host(self) -> str:
        """What goes into a list of allowed hosts."""
        return f"{_HOST}:{self._port}"

    @property
    def bot(self) -> str:
        return f"28:{self.app_id}"

    @property
    def service_url(self) -> str:
        return f"http://{self.host}/teams/"

    @property
    def metadata_url(self) -> str:
        return f"http://{self.host}/v1/.well-known/openidconfiguration"

    @property
    def token_url(self) -> str:
        return f"http://{self.host}/{self.tenant}/oauth2/v2.0/token"

    async def listen(self) -> None:
        """Listen, on the same port as before if there was one."""
        app = web.Application(client_max_size=2**21)
        add = app.router.add_route
        add("GET", "/v1/.well-known/openidconfiguration", self._served("metadata", self._metadata))
        add("GET", "/v1/.well-known/keys", self._served("keys", self._keys))
        add("POST", f"/{self.tenant}/oauth2/v2.0/token", self._served("token", self._token))
        chats = "/teams/v3/conversations"
        add("POST", chats, self._served("open", self._open))
        add("POST", f"{chats}/{{chat}}/activities", self._served("post", self._post))
        add("POST", f"{chats}/{{chat}}/activities/{{id}}", self._served("post", self._post))
        add("PUT", f"{chats}/{{chat}}/activities/{{id}}", self._served("put", self._put))
        add("GET", f"{chats}/{{chat}}/pagedmembers", self._served("members", self._members))
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        await web.TCPSite(self._runner, _HOST, self._port, reuse_address=True).start()
        self._port = self._runner.addresses[0][1]
        self.signer.service_url = self.service_url

    async def stop_listening(self) -> None:
        """From now on every connection is refused."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    def connect(self, app_url: str) -> None:
        """Say where the bot takes activities."""
        self.courier.app_url = app_url

    def add_conversation(self, name: str, kind: Kind, members: list[str]) -> Conversation:
        made = Conversation(name, kind, self.tenant, members)
        return self.conversations.setdefault(name, made)

    def add_channel(self, name: str, members: list[str] | None = None) -> Conversation:
        """A channel of a team in which the bot is installed."""
        return self.add_conversation(name, "channel", members or [])

    def chat_of(self, person: str) -> Conversation:
        """The conversation between a person and the bot."""
        return self.add_conversation(f"a:1-{person[3:]}", "personal", [person])

    def fail(
        self,
        endpoint: str,
        fault: Fault,
        *,
        times: int = 1,
        status: int = 500,
        seconds: float = 1.0,
        code: str = "ServiceError",
    ) -> None:
        """Arm a fault for the next calls: metadata, keys, token, open, post, put or members."""
        armed = Armed(fault=fault, times=times, status=status, seconds=seconds, code=code)
        self._faults.arm(endpoint, armed)

    def heal(self) -> None:
        self._faults.disarm()

    def called(self, endpoint: str) -> list[Call]:
        return [call for call in self.calls if call.endpoint == endpoint]

    def next_id(self) -> str:
        self._made += 1
        return f"{1_790_000_000_000 + self._made}"

    async def until(self, holds: Callable[[], object], seconds: float = 3.0) -> None:
        """Wait for something that the app does in its own time."""
        async with asyncio.timeout(seconds):
            while not holds():  # noqa: ASYNC110
                await asyncio.sleep(0.01)

    def _served(self, endpoint: str, serve: Any) -> Any:
        async def served(request: web.Request) -> web.StreamResponse:
            armed = self._faults.take(endpoint)
            fault = armed.fault if armed else None
            if armed and fault is Fault.HANG:
                self.calls.append(Call(endpoint, 0))
                await asyncio.sleep(60)
            if armed and fault is Fault.DELAY:
                await asyncio.sleep(armed.seconds)
            if armed and fault in (Fault.DROP, Fault.STATUS):
                self.calls.append(Call(endpoint, armed.status if fault is Fault.STATUS else 0))
                return _spoiled(request, armed)
            try:
                body = await serve(request)
                status = 200 if endpoint != "post" else 201
            except Refused as refused:
                body = {"error": {"code": refused.code, "message": refused.message}}
                status = refused.status
            self.calls.append(Call(endpoint, status, body))
            if armed and fault in (Fault.LOSE_REPLY, Fault.STATUS_BUT_DONE):
                return _spoiled(request, armed)
            return web.json_response(body, status=status)

        return served

    async def _metadata(self, request: web.Request) -> Json:
        return {
            "issuer": ISSUER,
            "jwks_uri": f"http://{self.host}/v1/.well-known/keys",
            "id_token_signing_alg_values_supported": ["RS256"],
        }

    async def _keys(self, request: web.Request) -> Json:
        return self.signer.published()

    async def _token(self, request: web.Request) -> Json:
        form = await request.post()
        wanted = {
            "grant_type": "client_credentials",
            "client_id": self.app_id,
            "client_secret": self.app_password,
            "scope": SCOPE,
        }
        if dict(form) != wanted:
            raise Refused(401, "invalid_client")
        token = secrets.token_urlsafe(24)
        self._tokens[token] = time.monotonic() + self.token_seconds
        return {"token_type": "Bearer", "expires_in": self.token_seconds, "access_token": token}

    async def _open(self, request: web.Request) -> Json:
        asked = await self._asked(request)
        match asked:
            case {"members": [{"id": str(person)}], "isGroup": False, "tenantId": self.tenant}:
                pass
            case _:
                raise Refused(400, "BadSyntax", "one member and the tenant")
        chat = self.chat_of(person)
        if chat.refuses:
            raise Refused(*chat.refuses)
        return {"id": chat.id}

    async def _post(self, request: web.Request) -> Json:
        activity = await self._asked(request)
        chat = self._chat(request)
        message = Message(self.next_id(), chat.id, activity)
        chat.messages.append(message)
        return {"id": message.id}

    async def _put(self, request: web.Request) -> Json:
        activity = await self._asked(request)
        chat = self._chat(request)
        for message in chat.messages:
            if message.id == request.match_info["id"]:
                message.edits.append(message.activity)
                message.activity = activity
                return {"id": message.id}
        raise Refused(404, "ActivityNotFoundInConversation")

    async def _members(self, request: web.Request) -> Json:
        self._authorized(request)
        chat = self._chat(request)
        size = int(request.query.get("pageSize", "200"))
        if not limits.PAGE_SIZE[0] <= size <= limits.PAGE_SIZE[1]:
            raise Refused(400, "BadArgument", "pageSize")
        start = int(request.query.get("continuationToken") or 0)
        page = chat.members[start : start + size]
        more = start + size < len(chat.members)
        members = [{"id": each, "aadObjectId": f"aad-{each}", "userRole": "user"} for each in page]
        return {"members": members, "continuationToken": str(start + size) if more else None}

    async def _asked(self, request: web.Request) -> Any:
        self._authorized(request)
        text = await request.text()
        if len(text.encode("utf-16-le")) > limits.MESSAGE_BYTES_UTF16:
            raise Refused(413, "MessageSizeTooBig")
        try:
            asked = json.loads(text)
        except ValueError:
            raise Refused(400, "BadSyntax") from None
        if "activities" in request.path and (why := complaint(asked)):
            raise Refused(400, "BadSyntax", why)
        return asked

    def _authorized(self, request: web.Request) -> None:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme != "Bearer" or self._tokens.get(token, 0.0) <= time.monotonic():
            raise Refused(401, "Unauthorized")

    def _chat(self, request: web.Request) -> Conversation:
        chat = self.conversations.get(request.match_info["chat"].partition(";")[0])
        if chat is None:
            raise Refused(404, "ConversationNotFound")
        if chat.refuses:
            raise Refused(*chat.refuses)
        return chat

    def revoke(self) -> None:
        """From now on no token that was given out is accepted."""
        self._tokens.clear()


def _spoiled(request: web.Request, armed: Armed[Fault]) -> web.Response:
    if armed.fault in (Fault.DROP, Fault.LOSE_REPLY):
        assert request.transport is not None
        request.transport.abort()
        return web.Response()
    headers = {"Retry-After": str(int(armed.seconds))} if armed.status == 429 else {}
    body = {"error": {"code": armed.code, "message": "armed by a test"}}
    return web.json_response(body, status=armed.status, headers=headers)
