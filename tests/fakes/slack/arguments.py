"""The arguments of an API call, however they were sent."""

import json
from typing import Any

from aiohttp import web

from .checking import Json
from .errors import Refused

_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


async def read_arguments(request: web.Request) -> Json:
    """Query, form or JSON, as https://docs.slack.dev/apis/web-api describes them."""
    arguments: Json = dict(request.query)
    if request.method == "GET" or not request.can_read_body:
        return arguments
    if request.content_type in _FORMS:
        return {**arguments, **(await request.post())}
    if request.content_type == "application/json":
        return {**arguments, **await _read_json(request)}
    raise Refused("invalid_post_type")


def bearer_token(request: web.Request, arguments: Json) -> str | None:
    """The token from the header, or from a form or query; a JSON body cannot carry it."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme == "Bearer" and token:
        return token
    given = None if request.content_type == "application/json" else arguments.get("token")
    return str(given) if given else None


def required(arguments: Json, name: str) -> str:
    value = arguments.get(name)
    if not isinstance(value, str) or not value:
        raise Refused("invalid_arguments", [f"[ERROR] missing required field: {name}"])
    return value


def structure(arguments: Json, name: str, unreadable: str) -> Any:
    """A JSON argument, which forms and some clients send as a string."""
    value = arguments.get(name)
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise Refused(unreadable) from None


def flag(arguments: Json, name: str) -> bool:
    return arguments.get(name) in (True, "true", "True", "1", 1)


def whole(arguments: Json, name: str, default: int, low: int, high: int) -> int:
    try:
        number = int(arguments.get(name, default))
    except (TypeError, ValueError):
        raise Refused("invalid_arguments", [f"[ERROR] must provide an integer: {name}"]) from None
    if not low <= number <= high:
        raise Refused("invalid_limit")
    return number


async def _read_json(request: web.Request) -> Json:
    try:
        body = await request.json()
    except ValueError:
        raise Refused("invalid_json") from None
    if not isinstance(body, dict):
        raise Refused("json_not_object")
    return body
