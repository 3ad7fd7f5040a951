"""Failures armed by a test, as Slack's own client meets them."""

import time

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack import FakeSlack, Fault

POST = "chat.postMessage"


def posted(slack: FakeSlack) -> list[str]:
    return [held.text for held in slack.channel("C0SUMMARY").messages]


async def post(client: AsyncWebClient, text: str = "Words") -> None:
    await client.chat_postMessage(channel="C0SUMMARY", text=text)


@pytest.mark.parametrize("fault", [Fault.REFUSE, Fault.DROP])
async def test_a_dropped_connection_posts_nothing(
    slack: FakeSlack, client: AsyncWebClient, fault: Fault
) -> None:
    slack.fail(POST, fault)

    with pytest.raises(aiohttp.ClientConnectionError):
        await post(client)

    assert posted(slack) == []


async def test_a_lost_reply_has_posted_all_the_same(
    slack: FakeSlack, client: AsyncWebClient
) -> None:
    slack.fail(POST, Fault.LOSE_REPLY)

    with pytest.raises(aiohttp.ClientConnectionError):
        await post(client)

    assert posted(slack) == ["Words"]


async def test_the_stock_client_posts_twice_unseen(slack: FakeSlack) -> None:
    stock = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
    slack.fail(POST, Fault.LOSE_REPLY)

    await post(stock)

    assert posted(slack) == ["Words", "Words"]


async def test_a_server_error_posts_nothing(slack: FakeSlack, client: AsyncWebClient) -> None:
    slack.fail(POST, Fault.SERVER_ERROR)

    with pytest.raises(SlackApiError) as caught:
        await post(client)

    assert caught.value.response.status_code == 500
    assert posted(slack) == []


async def test_a_rate_limit_says_how_long(slack: FakeSlack, client: AsyncWebClient) -> None:
    slack.fail(POST, Fault.RATE_LIMITED, seconds=7)

    with pytest.raises(SlackApiError) as caught:
        await post(client)

    assert caught.value.response.headers["Retry-After"] == "7"
    assert posted(slack) == []


async def test_a_delay_posts_in_the_end(slack: FakeSlack, client: AsyncWebClient) -> None:
    slack.fail(POST, Fault.DELAY, seconds=0.1)
    began = time.monotonic()

    await post(client)

    assert time.monotonic() - began >= 0.1
    assert posted(slack) == ["Words"]


async def test_an_error_code_can_be_chosen(slack: FakeSlack, client: AsyncWebClient) -> None:
    slack.fail(POST, Fault.SAY_ERROR, code="token_revoked")

    with pytest.raises(SlackApiError, match="token_revoked"):
        await post(client)


async def test_a_fault_strikes_as_often_as_armed(slack: FakeSlack, client: AsyncWebClient) -> None:
    slack.fail(POST, Fault.SERVER_ERROR, times=2)

    for _ in range(2):
        with pytest.raises(SlackApiError):
            await post(client)
    await post(client)

    assert [call.error for call in slack.called(POST)] == ["SERVER_ERROR"] * 2 + [None]


async def test_other_methods_are_left_alone(slack: FakeSlack, client: AsyncWebClient) -> None:
    slack.fail(POST, Fault.SERVER_ERROR)

    who = await client.auth_test()

    assert who["ok"]


async def test_slack_can_be_away_and_back(slack: FakeSlack, client: AsyncWebClient) -> None:
    await slack.stop_listening()

    with pytest.raises(aiohttp.ClientConnectorError):
        await post(client, "While away")
    await slack.listen()
    await post(client, "Back")

    assert posted(slack) == ["Back"]
