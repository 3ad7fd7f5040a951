"""What the front door lets in, and how it refuses the rest."""

import gzip
import hmac
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

import aiohttp
import pytest

from bot.surfaces.bodies import MOST_BYTES
from bot.surfaces.slack import door
from tests.bot.surfaces.slack.stage import Stage
from tests.fakes.slack.courier import Delivery

FORM = "application/x-www-form-urlencoded"
PAYLOAD = {
    "type": "view_submission",
    "user": {"id": "U1"},
    "team": {"id": "T1"},
    "view": {"id": "V1", "callback_id": "done"},
}


@dataclass
class Knocker:
    """Sends any bytes under any headers."""

    stage: Stage
    session: aiohttp.ClientSession

    async def knock(self, delivery: Delivery) -> int:
        headers = dict(delivery.headers)
        async with self.session.post(
            self.stage.url, data=delivery.body, headers=headers
        ) as answer:
            return answer.status

    def signed(self, body: bytes, content_type: str = FORM, age: float = 0.0) -> Delivery:
        return self.stage.slack.courier.sign(body, content_type, age)

    def interaction(self, payload: object) -> Delivery:
        return self.stage.slack.courier.form({"payload": json.dumps(payload)})


@pytest.fixture
async def door_at(stage: Stage) -> AsyncIterator[Knocker]:
    async with aiohttp.ClientSession() as session:
        yield Knocker(stage, session)


def with_header(delivery: Delivery, name: str, value: str) -> Delivery:
    return replace(delivery, headers={**delivery.headers, name: value})


async def test_a_signed_and_readable_request_is_let_in(door_at: Knocker) -> None:
    assert await door_at.knock(door_at.interaction(PAYLOAD)) == 200


async def test_what_slack_did_not_sign_is_refused(door_at: Knocker) -> None:
    good = door_at.interaction(PAYLOAD)
    refused = [
        good.unsigned(),
        good.altered(),
        door_at.signed(good.body, age=600),
        door_at.signed(good.body, age=-600),
        with_header(good, "X-Slack-Signature", "v0=é"),
        with_header(good, "X-Slack-Signature", ""),
        with_header(good, "X-Slack-Request-Timestamp", "soon"),
        with_header(good, "X-Slack-Request-Timestamp", "१२३४"),
        with_header(good, "X-Slack-Request-Timestamp", "²" * 10),
        with_header(good, "X-Slack-Request-Timestamp", "1e9"),
        with_header(good, "X-Slack-Request-Timestamp", "9" * 5_000),
    ]

    statuses = [await door_at.knock(delivery) for delivery in refused]

    assert statuses == [401] * len(refused)


@pytest.mark.parametrize(
    "body",
    [
        b"payload=%7B",
        b"payload=%5B%5D",
        b"payload=7",
        b"payload=",
        b"payload=%ff",
        b"payload=%zz",
        b"payload=\xff",
        b"payload=" + b"%5B" * 20_000,
        b"payload=" + b"%7B%22a%22%3A" * 5_000,
        b"payload=" + b"9" * 5_000,
        b"payload=%7B%22type%22%3A7%7D",
        b"payload=%7B%22type%22%3A%22view_submission%22%7D",
        b"payload=%7B%22type%22%3A%22block_actions%22%2C%22actions%22%3A%5B%5D%7D",
        b"command=%2Fshare-check&user_id=U1&team_id=T1&text=%ff",
        b"command=%2Fshare-check&user_id=U1&team_id=T1&text=%",
        b"command=%2Fshare-check&user_id=U1&team_id=T1&text=%EF%BF%BD%ED%A0%80",
        b"command=%2Fshare-check&user_id=U1",
        b"command=%2Fshare-check&team_id=T1",
        b"nothing",
        b"",
        b"&&&",
    ],
)
async def test_a_signed_body_that_cannot_be_read_is_refused(door_at: Knocker, body: bytes) -> None:
    assert await door_at.knock(door_at.signed(body)) == 400


@pytest.mark.parametrize(
    "where", ["user", "team", "enterprise", "view", "actions", "response_urls"]
)
async def test_a_payload_of_a_strange_shape_is_refused(door_at: Knocker, where: str) -> None:
    statuses = {
        await door_at.knock(door_at.interaction({**PAYLOAD, "type": kind, where: strange}))
        for kind in ("view_submission", "block_actions")
        for strange in (7, "text", [7], {"id": 7}, True)
    }

    assert statuses <= {200, 400}


async def test_what_is_too_large_or_of_another_kind_is_refused(door_at: Knocker) -> None:
    good = door_at.interaction(PAYLOAD)
    packed = door_at.signed(gzip.compress(b"payload=" + b"a" * 10_000_000))

    assert await door_at.knock(door_at.signed(b"a" * (MOST_BYTES + 1))) == 413
    assert await door_at.knock(with_header(packed, "Content-Encoding", "gzip")) == 415
    assert await door_at.knock(with_header(good, "Content-Type", "text/plain")) == 415
    assert await door_at.knock(with_header(good, "Content-Type", "multipart/form-data")) == 415


@pytest.mark.parametrize("pieces_sent", [5, 20])
async def test_a_large_body_in_pieces_is_refused(door_at: Knocker, pieces_sent: int) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(pieces_sent):
            yield b"a" * 65_536

    headers = dict(door_at.signed(b"").headers)
    async with door_at.session.post(door_at.stage.url, data=pieces(), headers=headers) as answer:
        assert answer.status == 413


async def test_slack_finds_the_address_that_it_verifies(door_at: Knocker) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "made-up"}).encode()
    delivery = door_at.signed(body, "application/json")

    async with door_at.session.post(
        door_at.stage.url, data=delivery.body, headers=dict(delivery.headers)
    ) as answer:
        assert await answer.json() == {"challenge": "made-up"}
    assert await door_at.knock(door_at.signed(b"ssl_check=1&token=made-up")) == 200


async def test_what_the_app_has_no_answer_to_is_taken_quietly(door_at: Knocker) -> None:
    for kind in ("view_closed", "message_action", "block_suggestion", "made_up"):
        assert await door_at.knock(door_at.interaction({**PAYLOAD, "type": kind})) == 200
    told = {"team_id": "T1", "event_id": "Ev1", "event": {"type": "team_join"}}
    event = json.dumps({"type": "event_callback", **told}).encode()
    assert await door_at.knock(door_at.signed(event, "application/json")) == 200


def test_a_replacement_character_that_was_typed_passes() -> None:
    body = b"command=%2Fshare-check&text=%EF%BF%BD+100%25"

    assert door.decoded(body, door.FORM)["text"] == "\ufffd 100%"


def test_only_the_last_five_minutes_count() -> None:
    headers = {"X-Slack-Request-Timestamp": "1000", "X-Slack-Signature": ""}
    signature = "v0=" + hmac.digest(b"key", b"v0:1000:body", "sha256").hex()
    signed = {**headers, "X-Slack-Signature": signature}

    assert door.is_signed(b"key", signed, b"body", now=1300.0)
    assert not door.is_signed(b"key", signed, b"body", now=1301.0)
    assert not door.is_signed(b"key", signed, b"body", now=699.0)
    assert not door.is_signed(b"other", signed, b"body", now=1000.0)
