"""Bolt with nothing needless, behind Share Check's front door: it keeps nothing either.

What a whole turn costs beyond this is the check itself: the session, the policy, the screen.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import uvloop
from aiohttp import web
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.surfaces.bodies import raw_body
from bot.surfaces.slack import door


class Anybody(AsyncAuthorize):
    """Nothing is looked up."""

    def __init__(self) -> None:
        """There is nothing to set up."""

    async def __call__(
        self, *, enterprise_id: str | None, team_id: str | None, **_: Any
    ) -> AuthorizeResult:
        """Whoever asks."""
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id)


def build(secret: str, slack: str, view: dict[str, Any]) -> web.Application:
    """One path, one listener, one answer."""
    app = AsyncApp(
        signing_secret=secret,
        client=AsyncWebClient(base_url=slack),
        authorize=Anybody(),
        process_before_response=True,
        request_verification_enabled=False,
        ssl_check_enabled=False,
        url_verification_enabled=False,
        ignoring_self_events_enabled=False,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )

    async def answer(ack: AsyncAck) -> None:
        await ack(response_action="update", view=view)

    app.view("question")(answer)

    async def receive(request: web.Request) -> web.Response:
        body = await raw_body(request, *door.KINDS)
        if not door.is_signed(secret.encode(), request.headers, body, time.time()):
            return web.Response(status=401)
        decoded = door.decoded(body, request.content_type)
        answered = await app.async_dispatch(AsyncBoltRequest(body=decoded, mode="socket_mode"))
        text = answered.body.encode()
        return web.Response(status=answered.status, body=text, content_type=door.JSON)

    application = web.Application()
    application.router.add_post("/slack/events", receive)
    return application


def main(port: str, slack: str, secret: str, view: str) -> None:
    """Serve on uvloop, as Share Check does."""
    application = build(secret, slack, json.loads(Path(view).read_text()))
    loop = uvloop.new_event_loop()
    web.run_app(application, host="127.0.0.1", port=int(port), access_log=None, loop=loop)


if __name__ == "__main__":
    main(*sys.argv[1:])
