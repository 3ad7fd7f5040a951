"""A Slack that takes every call and keeps the views that were opened, as a process of its own."""

from __future__ import annotations

import sys
from typing import Any

from aiohttp import web

TAKEN = {
    "ok": True,
    "ts": "1790000000.000100",
    "channel": {"id": "D0BENCH001"},
    "team_id": "T0BENCH001",
    "user_id": "U0BENCHBOT",
    "bot_id": "B0BENCH001",
}
"""One answer with every key that any of the methods called here is asked for."""


def application() -> web.Application:
    """`/api/METHOD` as Slack has it, and `/opened`: what was opened since it was last asked."""
    opened: list[dict[str, Any]] = []

    async def call(request: web.Request) -> web.Response:
        if request.match_info["method"] == "views.open":
            opened.append(await request.json())
        return web.json_response(TAKEN)

    async def hand_over(_: web.Request) -> web.Response:
        handed = list(opened)
        opened.clear()
        return web.json_response(handed)

    fake = web.Application()
    fake.router.add_post("/api/{method}", call)
    fake.router.add_get("/opened", hand_over)
    return fake


if __name__ == "__main__":
    web.run_app(application(), host="127.0.0.1", port=int(sys.argv[1]), print=None)
