"""Who may ask, and with what: this machine's own pages, in small well-formed requests.

A page of another site can make a browser send requests here. It cannot make them name this host
(a name that was rebound to loopback stays in the Host header), nor make them come from here.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlsplit

from aiohttp import web

COOKIE = "share_check"
PERSON = re.compile(r"[0-9a-f]{32}")
LOOPBACK = re.compile(r"(localhost|127\.0\.0\.1|\[::1\])(:[0-9]{1,5})?", re.IGNORECASE)
BROKEN_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")
FORM = "application/x-www-form-urlencoded"
MOST_BYTES = 64 * 1024
MOST_FIELDS = 200
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
        "object-src 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

Fields = Mapping[str, tuple[str, ...]]


class Malformed(ValueError):
    """A request that none of our own pages sends."""


def check_host(request: web.Request) -> None:
    """Refuse a request that was not sent to this machine under a loopback name."""
    hosts = request.headers.getall("Host", [])
    if len(hosts) != 1 or not LOOPBACK.fullmatch(hosts[0]):
        raise web.HTTPForbidden(text="This page answers on this machine only.")


def check_origin(request: web.Request) -> None:
    """Refuse a form that another site sent.

    Our own pages send no referrer, so that a browser calls their origin "null" and only its
    Sec-Fetch-Site tells. What sends neither is no browser, and carries nobody's cookie unasked.
    """
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    ours = site in ("same-origin", "none") if site else origin != "null"
    foreign = origin not in (None, "null") and _place(str(origin)) != request.host.lower()
    if not ours or foreign:
        raise web.HTTPForbidden(text="This form was not sent from our own page.")


async def read_form(request: web.Request) -> Fields:
    """The fields of a form, each with its values in order; raises `Malformed`."""
    if request.content_type != FORM:
        raise web.HTTPUnsupportedMediaType(text="Send a form.")
    return parsed(await _body(request))


def parsed(body: bytes) -> Fields:
    """The fields of a form's bytes; raises `Malformed`."""
    if BROKEN_ESCAPE.search(body):
        raise Malformed("A broken escape.")
    try:
        pairs = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            strict_parsing=True,
            errors="strict",
            max_num_fields=MOST_FIELDS,
        )
    except ValueError as error:
        raise Malformed("Not a form.") from error
    fields: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        fields[name] = (*fields.get(name, ()), value.replace("\r\n", "\n"))
    return fields


def person_of(request: web.Request) -> str:
    """Who is asking, by the cookie; somebody new without one."""
    person = request.cookies.get(COOKIE, "")
    return person if PERSON.fullmatch(person) else secrets.token_hex(16)


def remember(response: web.StreamResponse, person: str) -> None:
    """Have the browser say next time that it is the same person."""
    response.set_cookie(COOKIE, person, httponly=True, samesite="Strict", path="/")


def _place(origin: str) -> str:
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return ""


async def _body(request: web.Request) -> bytes:
    if (request.content_length or 0) > MOST_BYTES:
        raise _too_large()
    body = bytearray()
    async for part in request.content.iter_any():
        body += part
        if len(body) > MOST_BYTES:
            raise _too_large()
    return bytes(body)


def _too_large() -> web.HTTPException:
    return web.HTTPRequestEntityTooLarge(
        max_size=MOST_BYTES, actual_size=MOST_BYTES + 1, text="The form is too large."
    )
