"""The HTTP answers, and the broken connections, of calls that fail."""

import socket
import struct
from math import ceil
from typing import assert_never

from aiohttp import web

from tests.fakes.faults import Armed

from . import limits
from .checking import Json
from .errors import Refused
from .faults import Fault


def spoil(request: web.Request, armed: Armed[Fault]) -> web.StreamResponse | None:
    """The failure that stands in for doing it; none where it is done all the same."""
    match armed.fault:
        case Fault.REFUSE:
            return _reset(request)
        case Fault.DROP:
            return closed(request)
        case Fault.SERVER_ERROR:
            return web.Response(status=500, text="Internal Server Error")
        case Fault.RATE_LIMITED:
            return _rate_limited(armed.seconds)
        case Fault.SAY_ERROR:
            return web.json_response({"ok": False, "error": armed.code})
        case Fault.DELAY | Fault.LOSE_REPLY:
            return None
        case _:
            assert_never(armed.fault)


def refusal(refused: Refused) -> web.Response:
    if refused.code == "ratelimited":
        return _rate_limited(limits.SECONDS_BETWEEN_POSTS)
    body: Json = {"ok": False, "error": refused.code}
    if refused.messages:
        body["response_metadata"] = {"messages": list(refused.messages)}
    if refused.code == "invalid_blocks":
        body["errors"] = [line.removeprefix("[ERROR] ") for line in refused.messages]
    return web.json_response(body)


def closed(request: web.Request) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.close()
    return web.Response()


def _rate_limited(seconds: float) -> web.Response:
    headers = {"Retry-After": str(ceil(seconds))}
    return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=headers)


def _reset(request: web.Request) -> web.StreamResponse:
    """Reset rather than close, so that the client sees what a refused connection looks like."""
    if request.transport is not None:
        connection = request.transport.get_extra_info("socket")
        linger = struct.pack("ii", 1, 0)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        request.transport.abort()
    return web.Response()
