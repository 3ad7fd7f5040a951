"""The front door: what reaches the app is signed by Slack, recent, small and readable.

Everything is checked on the raw bytes and before anything is parsed, because a parser is where a
stranger's input does harm. A caller's fault is a status of 4xx, never one of 5xx, and no part of
a body is ever logged.
"""

import hmac
import re
from collections.abc import Mapping
from typing import Any

from fast_query_parsers import parse_query_string

from bot.surfaces.bodies import Unreadable, json_object

MOST_SECONDS_APART = 300
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
KINDS = FORM, JSON
BROKEN_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")


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
        return json_object(body)
    form = _form(body)
    return json_object(form["payload"].encode()) if "payload" in form else form


def _form(body: bytes) -> dict[str, str]:
    """The fields of a form; the parser lets some malformed ones through, so they are looked for.

    It hands an escape that is none back as it stands, and a pair that is not UTF-8 as a name.
    """
    form = dict(parse_query_string(body, "&"))
    if any("%" in value for value in form.values()) and BROKEN_ESCAPE.search(body):
        raise Unreadable("a broken escape")
    if any("%" in name for name in form):
        raise Unreadable("not UTF-8")
    return form
