"""Reading the body of a platform's request: small, of a kind that is expected, and in time."""

import asyncio
from typing import Any

from aiohttp import web
from pydantic_core import from_json

MOST_BYTES = 256 * 1024
READING_SECONDS = 2.0


class Unreadable(Exception):
    """A body is not what its content type says; the text says why, and quotes nothing."""


async def raw_body(request: web.Request, *kinds: str) -> bytes:
    """The body as it came; raises the HTTP answer to one that is too large or of another kind."""
    if (request.content_length or 0) > MOST_BYTES:
        raise web.HTTPRequestEntityTooLarge(MOST_BYTES, request.content_length or 0)
    # The platforms compress nothing, and a body opened before its sender is known is a risk.
    if request.content_type not in kinds or "Content-Encoding" in request.headers:
        raise web.HTTPUnsupportedMediaType
    body = await _read_in_time(request)
    if len(body) > MOST_BYTES:
        raise web.HTTPRequestEntityTooLarge(MOST_BYTES, len(body))
    return body


def json_object(body: bytes) -> dict[str, Any]:
    """The body as a JSON object; raises `Unreadable`."""
    try:
        value = from_json(body, allow_inf_nan=False)
    except ValueError:
        raise Unreadable("not JSON, or nested too deep") from None
    if not isinstance(value, dict):
        raise Unreadable("not a JSON object")
    return value


async def _read_in_time(request: web.Request) -> bytes:
    if request.content.is_eof():
        return request.content.read_nowait()
    try:
        async with asyncio.timeout(READING_SECONDS):
            return await request.read()
    except TimeoutError:
        raise web.HTTPRequestTimeout from None
