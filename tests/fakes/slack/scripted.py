"""An app that answers as a test tells it to, for testing what Slack makes of the answers."""

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from aiohttp import web

from .checking import Json


@dataclass(slots=True)
class ScriptedApp:
    """Gives every request the same answer, and remembers what it was sent."""

    status: int = 200
    body: Any = None
    text: str = ""
    delay: float = 0.0
    url: str = ""
    bodies: list[bytes] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    async def serve(self, request: web.Request) -> web.Response:
        self.bodies.append(await request.read())
        self.headers.append(dict(request.headers))
        await asyncio.sleep(self.delay)
        if self.body is not None:
            return web.json_response(self.body, status=self.status)
        return web.Response(text=self.text, status=self.status)

    def answer(self, **body: object) -> None:
        """Answer with this JSON from now on."""
        self.body = body

    @property
    def form(self) -> dict[str, str]:
        """The fields of the last request."""
        return {name: held[0] for name, held in parse_qs(self.bodies[-1].decode()).items()}

    @property
    def payload(self) -> Json:
        return dict(json.loads(self.form["payload"]))
