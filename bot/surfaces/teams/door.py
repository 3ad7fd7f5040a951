"""The front door: what reaches the bot comes from Teams, for this bot, from a tenant on the list.

The token is settled before the body is parsed, because a parser is where a stranger's input does
harm. A caller's fault is a status of 4xx, never one of 5xx, and no part of a body is ever logged.
"""

import asyncio
from collections.abc import Collection
from typing import Any

from aiohttp import web
from pydantic_core import from_json

from bot.surfaces.teams.hosts import Hosts
from bot.surfaces.teams.payloads import Received
from bot.surfaces.teams.tokens import Claims

MOST_BYTES = 256 * 1024
READING_SECONDS = 2.0
JSON = "application/json"
CHANNEL = "msteams"


class Unreadable(ValueError):
    """A body is not an activity; the text says why, and quotes nothing."""


class NotAllowed(Exception):
    """An activity is not one that this bot may take; the text says why, and quotes nothing."""


async def raw_body(request: web.Request) -> bytes:
    """The body as it came; raises the HTTP answer to one that is too large or of another kind."""
    if (request.content_length or 0) > MOST_BYTES:
        raise web.HTTPRequestEntityTooLarge(MOST_BYTES, request.content_length or 0)
    # The platform compresses nothing, and a body opened before its sender is known is a risk.
    if request.content_type != JSON or "Content-Encoding" in request.headers:
        raise web.HTTPUnsupportedMediaType
    body = await _read_in_time(request)
    if len(body) > MOST_BYTES:
        raise web.HTTPRequestEntityTooLarge(MOST_BYTES, len(body))
    return body


async def _read_in_time(request: web.Request) -> bytes:
    if request.content.is_eof():
        return await request.read()
    try:
        async with asyncio.timeout(READING_SECONDS):
            return await request.read()
    except TimeoutError:
        raise web.HTTPRequestTimeout from None


def decoded(body: bytes) -> dict[str, Any]:
    """The body as a JSON object; raises `Unreadable`."""
    try:
        value = from_json(body, allow_inf_nan=False)
    except ValueError:
        raise Unreadable("not JSON, or nested too deep") from None
    if not isinstance(value, dict):
        raise Unreadable("not a JSON object")
    return value


def check(
    received: Received, claims: Claims | None, hosts: Hosts, tenants: Collection[str]
) -> None:
    """Whether what was read fits the token that it came with; raises `NotAllowed`.

    Without claims nothing is authenticated, which is for development on this machine.
    """
    if not hosts.allow(received.service_url):
        raise NotAllowed("its service address is not on the list")
    if claims is None:
        return
    if received.service_url != claims.service_url:
        raise NotAllowed("its service address is not the one in its token")
    if received.channel_id != CHANNEL or CHANNEL not in claims.endorsements:
        raise NotAllowed("its channel is not one that the key may speak for")
    named = received.tenants
    if not named or not named <= frozenset(tenants):
        raise NotAllowed("its tenant is not on the list")
