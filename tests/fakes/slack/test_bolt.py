"""A stock Bolt app, driven from start to end, to show that the fake speaks Slack."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack import FakeSlack, Person
from tests.fakes.slack.checking import Json
from tests.fakes.slack.samples import (
    actions,
    home,
    input_block,
    modal,
    radio_buttons,
    section,
    text_input,
)


def stock_app(client: AsyncWebClient, signing_secret: str) -> AsyncApp:
    app = AsyncApp(client=client, signing_secret=signing_secret)

    @app.command("/share-check")
    async def start(ack: AsyncAck, body: Json) -> None:
        await ack()
        first = modal(input_block(radio_buttons(), "danger:1"), actions(), callback_id="danger")
        await client.views_open(trigger_id=body["trigger_id"], view=first)

    @app.action("why")
    async def explain(ack: AsyncAck, body: Json) -> None:
        await ack()
        page = {**modal(section("Because the law asks.")), "callback_id": "why"}
        await client.views_push(trigger_id=body["trigger_id"], view=page)

    @app.view("danger")
    async def ask_more(ack: AsyncAck) -> None:
        reasons = modal(input_block(text_input(), "reasons:2"), callback_id="reasons")
        await ack(response_action="update", view=reasons)

    @app.view("reasons")
    async def finish(ack: AsyncAck, view: Json, body: Json) -> None:
        typed = view["state"]["values"]["reasons:2"]["typed"]["value"]
        if len(typed) < 5:
            await ack(response_action="errors", errors={"reasons:2": "Say a little more."})
            return
        await ack(response_action="clear")
        await client.chat_postMessage(channel=body["user"]["id"], text=f"Recorded: {typed}")

    @app.event("app_home_opened")
    async def desk(event: Json) -> None:
        await client.views_publish(user_id=event["user"], view=home(section("Your desk")))

    return app


@pytest.fixture
async def bolt(slack: FakeSlack, client: AsyncWebClient) -> AsyncIterator[AsyncApp]:
    app = stock_app(client, slack.signing_secret)

    async def serve(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await app.async_dispatch(await to_bolt_request(request)))

    routes = web.Application()
    routes.router.add_post("/slack/events", serve)
    runner = web.AppRunner(routes, access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    slack.connect(f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events")
    yield app
    await runner.cleanup()


@pytest.mark.usefixtures("bolt")
async def test_a_stock_app_is_driven_to_its_end(slack: FakeSlack, person: Person) -> None:
    await person.command("/share-check")
    await slack.until(lambda: person.view)
    await person.submit({"danger:1": "no"})
    await person.submit({"reasons:2": "No."})
    marked = person.view.errors if person.view else {}
    await person.submit({"reasons:2": "The school asked."})
    await slack.until(lambda: person.messages)

    assert marked == {"reasons:2": "Say a little more."}
    assert person.view is None
    assert [held.text for held in person.messages] == ["Recorded: The school asked."]


@pytest.mark.usefixtures("bolt")
async def test_a_stock_app_explains_on_top(slack: FakeSlack, person: Person) -> None:
    await person.command("/share-check")
    await slack.until(lambda: person.view)

    await person.press("why")
    await slack.until(lambda: len(person.views) == 2)
    await person.close()

    assert [view.callback_id for view in person.views] == ["danger"]


@pytest.mark.usefixtures("bolt")
async def test_a_stock_app_publishes_its_home(slack: FakeSlack, person: Person) -> None:
    await person.open_home()
    await slack.until(lambda: person.home)

    assert person.home is not None
    assert "Your desk" in person.home.words


@pytest.mark.usefixtures("bolt")
async def test_a_stock_app_turns_spoiled_requests_away(slack: FakeSlack) -> None:
    delivery = slack.courier.form({"command": "/share-check"})

    altered = await slack.courier.send(delivery.altered())
    unsigned = await slack.courier.send(delivery.unsigned())

    assert (altered.status, unsigned.status) == (401, 401)
