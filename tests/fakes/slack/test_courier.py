"""Requests to the app: signed as Slack's own verifier expects, or spoiled on purpose."""

import time

import aiohttp
import pytest
from slack_sdk.signature import SignatureVerifier

from tests.fakes.slack import FakeSlack, MovableClock, Person
from tests.fakes.slack.scripted import ScriptedApp


def verified(slack: FakeSlack, app: ScriptedApp) -> bool:
    verifier = SignatureVerifier(slack.signing_secret)
    return verifier.is_valid_request(app.bodies[-1], app.headers[-1])


async def test_every_kind_of_request_is_signed(
    slack: FakeSlack, app: ScriptedApp, person: Person
) -> None:
    await person.command("/share-check", "naïve — ünïcode & = +")
    command = verified(slack, app)
    await person.shortcut("start_check")
    interaction = verified(slack, app)
    await person.open_home()
    event = verified(slack, app)

    assert (command, interaction, event) == (True, True, True)
    assert app.headers[0]["User-Agent"] == "Slackbot 1.0 (+https://api.slack.com/robots)"


async def test_spoiled_requests_do_not_verify(slack: FakeSlack, app: ScriptedApp) -> None:
    delivery = slack.courier.form({"command": "/share-check"})
    old = slack.courier.sign(delivery.body, delivery.headers["Content-Type"], age=301)
    outcomes = []

    for spoiled in (delivery.altered(), delivery.unsigned(), old):
        await slack.courier.send(spoiled)
        outcomes.append(verified(slack, app))

    assert outcomes == [False, False, False]


async def test_a_retry_is_the_same_bytes_marked(app: ScriptedApp, person: Person) -> None:
    await person.command("/share-check")

    await person.send_again(retry=2)

    assert app.bodies[0] == app.bodies[1]
    assert app.headers[1]["X-Slack-Retry-Num"] == "2"
    assert app.headers[0]["X-Slack-Signature"] == app.headers[1]["X-Slack-Signature"]


async def test_moving_the_clock_keeps_signatures_fresh(
    slack: FakeSlack, app: ScriptedApp, person: Person, clock: MovableClock
) -> None:
    clock.advance(3600)

    await person.command("/share-check")

    assert abs(int(app.headers[-1]["X-Slack-Request-Timestamp"]) - time.time()) < 5
    assert verified(slack, app)


@pytest.mark.parametrize(("waited", "uses", "status"), [(0, 5, 200), (0, 6, 404), (1801, 1, 404)])
async def test_a_response_url_wears_out(
    slack: FakeSlack,
    app: ScriptedApp,
    person: Person,
    clock: MovableClock,
    waited: int,
    uses: int,
    status: int,
) -> None:
    await person.command("/share-check")
    url = app.form["response_url"]
    clock.advance(waited)
    last = 0

    async with aiohttp.ClientSession() as session:
        for _ in range(uses):
            async with session.post(url, json={"text": "Later"}) as answer:
                last = answer.status

    assert last == status
