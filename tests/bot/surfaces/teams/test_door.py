"""Who gets in: Teams, for this bot, from a tenant on the list; everybody else a 4xx."""

import asyncio
import base64
import hmac
import json
import time
from typing import Any

import jwt
import pytest

from bot.surfaces.teams.door import CHANNEL, check
from bot.surfaces.teams.payloads import read
from bot.surfaces.teams.tokens import Claims, NotAuthentic
from tests.bot.surfaces.teams.stage import Stage
from tests.fakes.teams import Fault, Person
from tests.fakes.teams.courier import Reply
from tests.fakes.teams.signing import Signer

INTERNAL = (
    "http://169.254.169.254/latest/meta-data/",
    "https://169.254.169.254/",
    "http://localhost:6379/",
    "https://smba.trafficmanager.net.evil.example/",
    "https://smba.trafficmanager.net@evil.example/",
    "http://smba.trafficmanager.net/",
    "file:///etc/passwd",
    "https://[::1",
)


def written(stage: Stage, **changed: Any) -> dict[str, Any]:
    person = stage.person()
    made = person.activity({"type": "message", "text": "help"}, person.chat)
    return {name: held for name, held in {**made, **changed}.items() if held is not None}


async def send(stage: Stage, token: str | None = None, **changed: Any) -> Reply:
    return await stage.teams.courier.send(written(stage, **changed), token=token)


def unsigned(claims: dict[str, Any], header: dict[str, Any], signature: bytes = b"") -> str:
    parts = [json.dumps(header).encode(), json.dumps(claims).encode(), signature]
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts)


async def test_a_good_token_gets_in(stage: Stage) -> None:
    assert (await send(stage)).status == 200


@pytest.mark.parametrize(
    "changed",
    [
        {"exp": None},
        {"nbf": None},
        {"aud": None},
        {"iss": None},
        {"serviceurl": None},
        {"aud": "another-bot"},
        {"iss": "https://sts.windows.net/made-up/"},
        {"exp": 1},
        {"exp": "soon"},
        {"exp": int(time.time()) - 400},
        {"nbf": int(time.time()) + 4_000},
        {"serviceurl": ""},
        {"serviceurl": 7},
    ],
)
async def test_a_token_without_what_it_must_say_is_refused(
    stage: Stage, changed: dict[str, Any]
) -> None:
    token = stage.teams.signer.token(**changed)

    assert (await send(stage, token)).status == 401


async def test_no_token_and_garbage_are_refused(stage: Stage) -> None:
    deep = "A" * 6_000
    nested = base64.urlsafe_b64encode(b"[" * 4_000).decode()
    tokens = ["", "x", "a.b.c", "a.b.c.d", deep, f"{nested}.{nested}.x", "é", "..", "x" * 8_000]

    answers = [await send(stage, token) for token in tokens]

    assert {answer.status for answer in answers} <= {400, 401}
    assert answers[0].status == 401


async def test_alg_none_is_refused(stage: Stage) -> None:
    signer = stage.teams.signer
    for name in ("none", "None", "NONE"):
        token = unsigned(signer.claims(), {"alg": name, "kid": signer.current, "typ": "JWT"})
        assert (await send(stage, token)).status == 401


async def test_the_public_key_is_no_shared_secret(stage: Stage) -> None:
    signer = stage.teams.signer
    header = {"alg": "HS256", "kid": signer.current, "typ": "JWT"}
    lead = unsigned(signer.claims(), header).rpartition(".")[0]
    digest = hmac.digest(signer.public_pem(), lead.encode(), "sha256")
    token = f"{lead}.{base64.urlsafe_b64encode(digest).rstrip(b'=').decode()}"

    assert (await send(stage, token)).status == 401


async def test_other_algorithms_and_other_keys_are_refused(stage: Stage) -> None:
    signer = stage.teams.signer
    other = Signer(signer.app_id, signer.service_url)
    tokens = [
        signer.token(algorithm="RS512"),
        signer.token(algorithm="PS256"),
        other.token(),
        other.token(headers={"kid": signer.current}),
        unsigned(signer.claims(), {"alg": "RS256", "kid": 5}),
        unsigned(signer.claims(), {"alg": "RS256"}),
    ]

    for token in tokens:
        assert (await send(stage, token)).status == 401


async def test_a_changed_token_is_refused_although_the_good_one_is_remembered(
    stage: Stage,
) -> None:
    token = stage.teams.signer.token()
    assert (await send(stage, token)).status == 200
    head, body, signature = token.split(".")
    claims = jwt.decode(token, options={"verify_signature": False})
    forged = unsigned({**claims, "aud": "x"}, {}).split(".")[1]

    assert (await send(stage, f"{head}.{forged}.{signature}")).status == 401
    assert (await send(stage, f"{head}.{body}.{signature[:-4]}AAAA")).status == 401


async def test_a_remembered_token_ends_with_its_time(stage: Stage) -> None:
    # A clock five minutes apart is forgiven, so this one has less than a second left.
    token = stage.teams.signer.token(exp=int(time.time()) - 299)

    assert (await send(stage, token)).status == 200
    await _until_refused(stage, token)


async def _until_refused(stage: Stage, token: str) -> None:
    end = time.monotonic() + 4
    while time.monotonic() < end:
        if (await send(stage, token)).status == 401:
            return
    pytest.fail("the token is still taken")


async def test_a_remembered_token_ends_with_its_key(stage: Stage) -> None:
    signer = stage.teams.signer
    await renewed(stage)
    old = signer.token()
    assert (await send(stage, old)).status == 200

    signer.rotate()
    assert (await send(stage, signer.token())).status == 200

    assert (await send(stage, old)).status == 401


async def test_a_key_that_may_not_speak_for_teams_is_refused(stage: Stage) -> None:
    signer = stage.teams.signer
    key = signer.add(endorsements=("webchat",))
    await renewed(stage)
    try:
        assert (await send(stage, signer.token(key))).status == 403
        assert (await send(stage, signer.token(key), channelId="webchat")).status == 403
    finally:
        signer.withdraw(key)


async def test_a_key_that_is_endorsed_for_nothing_is_no_key(stage: Stage) -> None:
    signer = stage.teams.signer
    key = signer.add(endorsements=())
    await renewed(stage)
    try:
        assert (await send(stage, signer.token(key))).status == 403
    finally:
        signer.withdraw(key)


@pytest.mark.parametrize("url", INTERNAL)
async def test_an_internal_service_address_is_refused_even_when_signed(
    stage: Stage, url: str
) -> None:
    token = stage.teams.signer.token(serviceurl=url)

    assert (await send(stage, token, serviceUrl=url)).status == 403


async def test_a_service_address_that_is_not_the_tokens_is_refused(stage: Stage) -> None:
    elsewhere = f"{stage.teams.service_url}other/"

    assert (await send(stage, serviceUrl=elsewhere)).status == 403
    assert (await send(stage, serviceUrl=None)).status == 400


async def test_a_tenant_is_the_same_in_capitals(stage: Stage) -> None:
    chat = {**written(stage)["conversation"], "tenantId": "ABCDEF00-0000-4000-8000-00000000000A"}
    received = read(written(stage) | {"type": "typing", "conversation": chat, "channelData": {}})
    claims = Claims(stage.teams.service_url, frozenset({CHANNEL}), "key", 0.0)

    check(received, claims, stage.surface._teams.hosts, ["abcdef00-0000-4000-8000-00000000000a"])


async def test_another_tenant_is_refused(stage: Stage) -> None:
    chat = written(stage)["conversation"]

    assert (await send(stage, conversation={**chat, "tenantId": "another"})).status == 403
    assert (await send(stage, channelData={"tenant": {"id": "another"}})).status == 403
    nowhere = {name: held for name, held in chat.items() if name != "tenantId"}
    assert (await send(stage, conversation=nowhere, channelData={})).status == 403


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"text"',
        b"{}",
        b'{"type": 5}',
        b'{"type": "message"}',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"type": ' + b"9" * 5_000 + b"}",
        b'{"type": "message", "text": NaN}',
    ],
)
async def test_a_body_that_is_no_activity_is_a_400(stage: Stage, body: bytes) -> None:
    token = stage.teams.signer.token()

    assert (await stage.teams.courier.send_raw(body, token=token)).status == 400


@pytest.mark.parametrize(
    "changed",
    [
        {"from": None},
        {"from": {"id": ""}},
        {"from": "29:x"},
        {"recipient": None},
        {"conversation": None},
        {"conversation": {"id": "x" * 5_000}},
        {"conversation": []},
        {"channelId": None},
        {"text": {"a": 1}},
        {"value": "text"},
        {"type": "invoke", "name": "task/fetch", "value": {}},
        {"type": "invoke", "name": "adaptiveCard/action"},
        {"type": "invoke", "name": "adaptiveCard/action", "value": {"action": None}},
        {"type": "invoke", "name": "adaptiveCard/action", "value": {"action": {"type": "x"}}},
        {
            "type": "invoke",
            "name": "adaptiveCard/action",
            "value": {"action": {"type": "Action.Execute", "verb": {}, "data": []}},
        },
    ],
)
async def test_a_malformed_activity_is_a_400(stage: Stage, changed: dict[str, Any]) -> None:
    assert (await send(stage, **changed)).status == 400


@pytest.mark.parametrize(
    "changed",
    [
        {"id": None, "replyToId": None, "text": "help", "value": None, "channelData": None},
        {"channelData": {"tenant": None, "team": None, "channel": None}},
        {"type": "conversationUpdate", "membersAdded": None, "membersRemoved": None},
        {"type": "installationUpdate", "action": None},
        {
            "type": "invoke",
            "name": "adaptiveCard/action",
            "value": {"action": {"type": "Action.Execute", "verb": None, "data": None}},
        },
    ],
)
async def test_a_key_with_nothing_in_it_is_a_key_left_out(
    stage: Stage, changed: dict[str, Any]
) -> None:
    assert (await send(stage, **changed)).status == 200


@pytest.mark.parametrize(
    ("verb", "data"),
    [
        ("", {}),
        ("no-such-verb", {}),
        ("answer", {"_at": 5}),
        ("answer", {"_at": {"check": "x" * 1_000, "turn": 10**9, "view": "question"}}),
        ("answer", {"_at": {"check": "x", "turn": True, "view": "question"}}),
        ("change", {"_at": {"check": "x", "turn": 1, "view": "a"}, "question": ["a"]}),
        ("decide", {"_at": {"check": "x", "turn": 1, "view": "decision"}, "kinds": {"a": 1}}),
        ("go", {"_go": {"room": "nowhere", "verb": "x", "value": "y"}}),
        ("go", {"_go": 7}),
        ("resume", {}),
        ("delete", {"_at": {"check": "", "turn": 0, "view": ""}}),
    ],
)
async def test_a_button_that_we_do_not_have_is_answered_with_a_card(
    stage: Stage, verb: str, data: dict[str, Any]
) -> None:
    action = {"type": "Action.Execute", "verb": verb, "data": data}
    value = {"action": action, "trigger": "manual"}

    reply = await send(stage, type="invoke", name="adaptiveCard/action", value=value)

    assert reply.status == 200
    assert json.loads(reply.body)["type"] == "application/vnd.microsoft.card.adaptive"


async def test_too_large_compressed_or_another_kind_is_refused(stage: Stage) -> None:
    send_raw, token = stage.teams.courier.send_raw, stage.teams.signer.token()

    assert (await send_raw(b"x" * 300_000, token=token)).status == 413
    assert (await send_raw(b"{}", token=token, content_type="text/plain")).status == 415


async def test_activities_that_we_have_no_answer_to_are_taken(stage: Stage) -> None:
    for kind in ("typing", "messageReaction", "event", "endOfConversation", "made-up"):
        assert (await send(stage, type=kind)).status == 200
    assert (await send(stage, type="installationUpdate", action="made-up")).status == 200


async def test_a_new_key_is_taken_although_the_old_ones_are_known(stage: Stage) -> None:
    await renewed(stage)
    stage.teams.signer.rotate()

    assert (await send(stage, stage.teams.signer.token())).status == 200


async def test_ten_thousand_unknown_keys_cause_one_fetch(stage: Stage) -> None:
    await renewed(stage)
    before = len(stage.teams.called("keys"))
    activity = written(stage)
    strangers = Signer(stage.teams.app_id, stage.teams.service_url)

    for number in range(10_000):
        stranger = unsigned(strangers.claims(), {"alg": "RS256", "kid": f"stranger-{number}"})
        if number % 100 == 0:
            assert (await stage.teams.courier.send(activity, token=stranger)).status == 401
        else:
            await refused(stage, stranger)

    assert len(stage.teams.called("keys")) - before <= 1


async def refused(stage: Stage, token: str) -> None:
    """The same through the validator itself, because ten thousand requests take their time."""
    assert stage.surface._tokens is not None
    with pytest.raises(NotAuthentic):
        await stage.surface._tokens.validated(f"Bearer {token}")


async def test_a_metadata_server_that_hangs_holds_up_nobody_else(stage: Stage) -> None:
    await renewed(stage)
    good = stage.teams.signer.token()
    assert (await send(stage, good)).status == 200
    stage.teams.fail("metadata", Fault.HANG, times=9)
    stranger = stage.teams.signer.token(headers={"kid": "stranger"})
    waiting = asyncio.create_task(send(stage, stranger))
    await stage.teams.until(lambda: stage.teams.called("metadata")[-1].status == 0)
    started = time.monotonic()
    answer = await send(stage, good)

    assert answer.status == 200
    assert time.monotonic() - started < 1
    assert (await waiting).status == 401


async def test_nothing_that_was_sent_is_logged(
    stage: Stage, capfd: pytest.CaptureFixture[str]
) -> None:
    person = Person(stage.teams, "secret-person")
    await person.say("Kai Example, 07700 900123")
    await send(stage, "secret-token")
    await stage.teams.courier.send_raw(b'{"secret-body": ', token=stage.teams.signer.token())

    seen = "".join(capfd.readouterr())

    assert "secret" not in seen
    assert "Kai" not in seen
    assert "07700" not in seen


async def renewed(stage: Stage) -> None:
    """As if the last look for an unknown key had been more than a minute ago."""
    stage.surface._keys._asked_at = -1_000_000.0
    stage.teams.courier.new_token()
