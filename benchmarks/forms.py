"""What Slack sends: commands and submissions as signed forms, with blanks for what differs."""

from __future__ import annotations

import hmac
import json
import time
from dataclasses import dataclass
from typing import Any, TypeAlias
from urllib.parse import urlencode

Json: TypeAlias = dict[str, Any]

TEAM = "T0BENCH001"
PERSON = b"BLANK00USER"
"""Stands where the practitioner's id goes; no character of it changes when a form is encoded."""


@dataclass(frozen=True, slots=True)
class Signer:
    """Makes whole HTTP requests, each signed as Slack signs and just now."""

    secret: bytes

    def request(self, form: bytes) -> bytes:
        """A POST of this form."""
        timestamp = b"%d" % time.time()
        signed = b"v0:" + timestamp + b":" + form
        signature = hmac.digest(self.secret, signed, "sha256").hex().encode()
        return (
            b"POST /slack/events HTTP/1.1\r\nHost: localhost\r\n"
            b"User-Agent: Slackbot 1.0 (+https://api.slack.com/robots)\r\nAccept: */*\r\n"
            b"Content-Type: application/x-www-form-urlencoded\r\n"
            b"X-Slack-Request-Timestamp: %b\r\nX-Slack-Signature: v0=%b\r\n"
            b"Content-Length: %d\r\n\r\n%b" % (timestamp, signature, len(form), form)
        )


def command(person: str) -> bytes:
    """The form of `/share-check`; the trigger names the practitioner, for the fake to tell."""
    fields = {
        "token": "benchmark",
        "team_id": TEAM,
        "team_domain": "benchmark",
        "channel_id": "C0BENCH001",
        "channel_name": "general",
        "user_id": person,
        "user_name": "practitioner",
        "command": "/share-check",
        "text": "",
        "api_app_id": "A0BENCH001",
        "is_enterprise_install": "false",
        "response_url": "https://hooks.slack.com/commands/T0BENCH001/1/benchmark",
        "trigger_id": person,
    }
    return urlencode(fields).encode()


def form_of(payload: Json) -> bytes:
    """A payload as Slack sends it."""
    text = json.dumps(payload, separators=(",", ":"))
    return urlencode({"payload": text}).encode()


def submission(view: Json, values: Json) -> Json:
    """What Slack sends when this view is submitted."""
    return {
        "type": "view_submission",
        "team": {"id": TEAM, "domain": "benchmark"},
        "user": {
            "id": PERSON.decode(),
            "username": "practitioner",
            "name": "practitioner",
            "team_id": TEAM,
        },
        "api_app_id": "A0BENCH001",
        "token": "benchmark",
        "trigger_id": "1790000000000.1790000000000.0123456789abcdef0123456789abcdef",
        "view": _as_slack_has_it(view, values),
        "response_urls": [],
        "is_enterprise_install": False,
        "enterprise": None,
    }


def _as_slack_has_it(view: Json, values: Json) -> Json:
    """With the ids that Slack adds to a view and to blocks without one."""
    blocks = [
        {"block_id": f"b{number:04}", **block} for number, block in enumerate(view["blocks"])
    ]
    return {
        "id": "V0BENCH001",
        "team_id": TEAM,
        **view,
        "blocks": blocks,
        "state": {"values": values},
        "hash": "1790000000.abcdefgh",
        "clear_on_close": False,
        "notify_on_close": False,
        "previous_view_id": None,
        "root_view_id": "V0BENCH001",
        "app_id": "A0BENCH001",
        "external_id": "",
        "app_installed_team_id": TEAM,
        "bot_id": "B0BENCH001",
    }
