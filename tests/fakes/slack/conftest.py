"""A fake Slack for each test of the fake Slack, and Slack's own client to call it with."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack import FakeSlack, MovableClock, Person
from tests.fakes.slack.scripted import ScriptedApp


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
async def slack(clock: MovableClock) -> AsyncIterator[FakeSlack]:
    async with FakeSlack(clock=clock) as running:
        running.add_channel("C0SUMMARY", "summaries")
        yield running


@pytest.fixture
def client(slack: FakeSlack) -> AsyncWebClient:
    return AsyncWebClient(token=slack.bot_token, base_url=slack.api_url, retry_handlers=[])


@pytest.fixture
def person(slack: FakeSlack) -> Person:
    return Person(slack, "U0ASKER")


@pytest.fixture
async def app(slack: FakeSlack) -> AsyncIterator[ScriptedApp]:
    """An app at the other end, which answers as the test says."""
    scripted = ScriptedApp()
    routes = web.Application()
    routes.router.add_post("/slack/events", scripted.serve)
    runner = web.AppRunner(routes, access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    scripted.url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    slack.connect(scripted.url)
    yield scripted
    await runner.cleanup()
