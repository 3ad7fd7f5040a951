"""A fake Teams with a small bot behind it, for its own tests."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from tests.fakes.teams import FakeTeams
from tests.fakes.teams.server import SCOPE

CARD_TYPE = "application/vnd.microsoft.card.adaptive"


def execute(title: str, verb: str, **data: Any) -> dict[str, Any]:
    held = {"title": title, "data": data}
    return {
        "type": "Action.Execute",
        "verb": verb,
        **held,
        "fallback": {"type": "Action.Submit", **held},
    }


def a_card(**changed: Any) -> dict[str, Any]:
    asked = {
        "type": "Input.ChoiceSet",
        "id": "colour",
        "label": "Which colour?",
        "choices": [{"title": "Red", "value": "red"}, {"title": "Blue", "value": "blue"}],
        "isRequired": True,
        "errorMessage": "Choose one.",
    }
    card = {
        "type": "AdaptiveCard",
        "version": "1.5",
        "body": [{"type": "TextBlock", "text": "A colour", "wrap": True}, asked],
        "actions": [execute("Continue", "answer", _at={"view": "question"})],
        "fallbackText": "A colour: red or blue?",
    }
    return {**card, **changed}


@dataclass
class Bot:
    """Answers as a test tells it to, and remembers what it was sent."""

    teams: FakeTeams
    answer: Any = None
    status: int = 200
    seconds: float = 0.0
    received: list[dict[str, Any]] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    _session: aiohttp.ClientSession | None = None

    async def take(self, request: web.Request) -> web.Response:
        self.received.append(await request.json())
        self.tokens.append(request.headers.get("Authorization", "").removeprefix("Bearer "))
        await asyncio.sleep(self.seconds)
        return web.json_response(self.answer, status=self.status)

    async def token(self, **changed: str) -> aiohttp.ClientResponse:
        form = {
            "grant_type": "client_credentials",
            "client_id": self.teams.app_id,
            "client_secret": self.teams.app_password,
            "scope": SCOPE,
        }
        return await self.session.post(self.teams.token_url, data={**form, **changed})

    async def call(self, method: str, path: str, body: Any = None) -> aiohttp.ClientResponse:
        token = (await (await self.token()).json())["access_token"]
        url = f"{self.teams.service_url}v3/conversations{path}"
        headers = {"Authorization": f"Bearer {token}"}
        return await self.session.request(method, url, json=body, headers=headers)

    @property
    def session(self) -> aiohttp.ClientSession:
        self._session = self._session or aiohttp.ClientSession()
        return self._session

    async def close(self) -> None:
        if self._session:
            await self._session.close()


@pytest.fixture
async def bot() -> AsyncIterator[Bot]:
    async with FakeTeams(invoke_seconds=0.5) as teams:
        made = Bot(teams)
        application = web.Application()
        application.router.add_post("/api/messages", made.take)
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.2)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        teams.connect(f"http://127.0.0.1:{runner.addresses[0][1]}/api/messages")
        yield made
        await made.close()
        await runner.cleanup()
