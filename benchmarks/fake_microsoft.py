"""Microsoft as far as a Teams bot needs it: keys, tokens, and a Bot Connector that takes all."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from aiohttp import web

ISSUER = "https://api.botframework.com"


def application(port: str, keys: dict[str, Any]) -> web.Application:
    """What was posted can be asked for once, at `/opened`."""
    opened: list[dict[str, Any]] = []

    async def metadata(_: web.Request) -> web.Response:
        return web.json_response({"issuer": ISSUER, "jwks_uri": f"http://127.0.0.1:{port}/keys"})

    async def published(_: web.Request) -> web.Response:
        return web.json_response(keys)

    async def token(_: web.Request) -> web.Response:
        return web.json_response({"access_token": "benchmark", "expires_in": 3600})

    async def post(request: web.Request) -> web.Response:
        opened.append({"chat": request.match_info["chat"], "activity": await request.json()})
        return web.json_response({"id": str(len(opened))}, status=201)

    async def hand_over(_: web.Request) -> web.Response:
        handed = list(opened)
        opened.clear()
        return web.json_response(handed)

    fake = web.Application()
    fake.router.add_get("/metadata", metadata)
    fake.router.add_get("/keys", published)
    fake.router.add_post("/token", token)
    fake.router.add_post("/teams/v3/conversations/{chat}/activities", post)
    fake.router.add_get("/opened", hand_over)
    return fake


def main(port: str, keys: str) -> None:
    """Serve until told to stop."""
    made = application(port, json.loads(Path(keys).read_text()))
    web.run_app(made, host="127.0.0.1", port=int(port), print=None)


if __name__ == "__main__":
    main(*sys.argv[1:])
