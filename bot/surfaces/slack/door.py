"""The front door: what reaches the app is signed by Slack, recent, small and readable.

Everything is checked on the raw bytes and before anything is parsed, because a parser is where a
stranger's input does harm. A caller's fault is a status of 4xx, never one of 5xx, and no part of
a body is ever logged.
"""

import asyncio
import hmac
import re
from collections.abc import Mapping
from typing import Any

from aiohttp import web
from fast_query_parsers import parse_query_string
from pydantic_core import from_json

MOST_BYTES = 256 * 1024
MOST_SECONDS_APART = 300
READING_SECONDS = 2.0
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
BROKEN_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")


class Unreadable(Exception):
    """A signed body is not what its content type says."""


async def raw_body(request: web.Request) -> bytes:
    """The body as it came; raises the HTTP answer to one that is too large or of another kind."""
    if (request.content_length or 0) > MOST_BYTES:
        raise web.HTTPRequestEntityTooLarge(MOST_BYTES, request.content_length or 0)
    # Slack compresses nothing, and a body opened before its signature is known is a risk.
    if request.content_type not in (FORM, JSON) or "Content-Encoding" in request.headers:
        raise web.HTTPUnsupportedMediaType
    body = await _read_in_time(request)
    if len(body) > MOST_BYTES:
        raise web.HTTPRequestEntityTooLarge(MOST_BYTES, len(body))
    return body


async def _read_in_time(request: web.Request) -> bytes:
    if request.content.is_eof():
        return request.content.read_nowait()
    try:
        async with asyncio.timeout(READING_SECONDS):
            return await request.read()
    except TimeoutError:
        raise web.HTTPRequestTimeout from None


def is_signed(secret: bytes, headers: Mapping[str, str], body: bytes, now: float) -> bool:
    """Whether Slack signed these bytes within the last five minutes."""
    timestamp = headers.get("X-Slack-Request-Timestamp", "")
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
        return False
    if abs(now - int(timestamp)) > MOST_SECONDS_APART:
        return False
    signed = b"v0:" + timestamp.encode() + b":" + body
    ours = "v0=" + hmac.digest(secret, signed, "sha256").hex()
    theirs = headers.get("X-Slack-Signature", "")
    # Bytes, because comparing text with non-ASCII characters raises.
    return hmac.compare_digest(ours.encode(), theirs.encode("utf-8", "surrogateescape"))


def decoded(body: bytes, content_type: str) -> dict[str, Any]:
    """The payload of an interaction, the fields of a command, or an event."""
    if content_type == JSON:
        return _object(body)
    form = _form(body)
    return _object(form["payload"].encode()) if "payload" in form else form


def _object(text: bytes) -> dict[str, Any]:
    try:
        value = from_json(text, allow_inf_nan=False)
    except ValueError:
        raise Unreadable("not JSON, or nested too deep") from None
    if not isinstance(value, dict):
        raise Unreadable("not a JSON object")
    return value


def _form(body: bytes) -> dict[str, str]:
    """The fields of a form; the parser lets some malformed ones through, so they are looked for.

    It hands an escape that is none back as it stands, and a pair that is not UTF-8 as a name.
    """
    if not body.isascii():
        raise Unreadable("not a form")
    form = dict(parse_query_string(body, "&"))
    if any("%" in value for value in form.values()) and BROKEN_ESCAPE.search(body):
        raise Unreadable("a broken escape")
    if not form or any("=" in name or "%" in name for name in form):
        raise Unreadable("not UTF-8")
    return form
