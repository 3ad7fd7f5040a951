"""The Web API as Slack's own client meets it."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack import FakeSlack, MovableClock, Person
from tests.fakes.slack.samples import section

METADATA = {"event_type": "summary_posted", "event_payload": {"outbox": "7f3a"}}


def code(caught: pytest.ExceptionInfo[SlackApiError]) -> str:
    return str(caught.value.response["error"])


async def test_a_call_without_a_token_is_refused(slack: FakeSlack) -> None:
    stranger = AsyncWebClient(base_url=slack.api_url)

    with pytest.raises(SlackApiError) as caught:
        await stranger.auth_test()

    assert code(caught) == "not_authed"


async def test_a_call_with_a_wrong_token_is_refused(slack: FakeSlack) -> None:
    stranger = AsyncWebClient(token="xoxb-another", base_url=slack.api_url)

    with pytest.raises(SlackApiError) as caught:
        await stranger.auth_test()

    assert code(caught) == "invalid_auth"


async def test_the_app_learns_who_it_is(slack: FakeSlack, client: AsyncWebClient) -> None:
    who = await client.auth_test()

    assert who["user_id"] == slack.workspace.identity.bot_user_id
    assert who["team_id"] == slack.workspace.identity.team_id


async def test_a_method_that_does_not_exist_is_refused(client: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError) as caught:
        await client.api_call("chat.postMassage")

    assert code(caught) == "unknown_method"


@pytest.mark.parametrize("sent_as", ["data", "json"])
async def test_forms_and_json_post_the_same(
    slack: FakeSlack, client: AsyncWebClient, sent_as: str
) -> None:
    said = {"channel": "C0SUMMARY", "text": "Words"}

    match sent_as:
        case "data":
            blocks = '[{"type": "divider"}]'
            await client.api_call("chat.postMessage", data={**said, "blocks": blocks})
        case _:
            blocks_json = [{"type": "divider"}]
            await client.api_call("chat.postMessage", json={**said, "blocks": blocks_json})

    [message] = slack.channel("C0SUMMARY").messages
    assert (message.text, message.blocks[0]["type"]) == ("Words", "divider")


async def test_bad_blocks_are_refused_with_a_pointer(client: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel="C0SUMMARY", text="Words", blocks=[section("")])

    said = "must be more than 0 characters [json-pointer:/blocks/0/text/text]"
    assert code(caught) == "invalid_blocks"
    assert caught.value.response["errors"] == [said]
    assert caught.value.response["response_metadata"]["messages"] == [f"[ERROR] {said}"]


async def test_unknown_and_closed_channels_refuse_posts(
    slack: FakeSlack, client: AsyncWebClient
) -> None:
    slack.add_channel("C0OLD", "old", archived=True)
    slack.add_channel("C0OTHER", "other", with_bot=False)
    slack.add_channel("G0SECRET", "secret", kind="private", with_bot=False)
    refused = {}

    for channel in ("C0NONE", "C0OLD", "C0OTHER", "G0SECRET"):
        with pytest.raises(SlackApiError) as caught:
            await client.chat_postMessage(channel=channel, text="Words")
        refused[channel] = code(caught)

    assert refused == {
        "C0NONE": "channel_not_found",
        "C0OLD": "is_archived",
        "C0OTHER": "not_in_channel",
        "G0SECRET": "channel_not_found",
    }


async def test_an_app_may_post_once_it_has_joined(
    slack: FakeSlack, client: AsyncWebClient
) -> None:
    slack.add_channel("C0OTHER", "other", with_bot=False)

    await client.conversations_join(channel="C0OTHER")
    await client.chat_postMessage(channel="#other", text="Words")

    assert [held.text for held in slack.channel("C0OTHER").messages] == ["Words"]


async def test_a_post_to_a_person_reaches_them(client: AsyncWebClient, person: Person) -> None:
    opened = await client.conversations_open(users=person.id)
    posted = await client.chat_postMessage(channel=person.id, text="For you")

    assert posted["channel"] == opened["channel"]["id"]
    assert [held.text for held in person.messages] == ["For you"]


async def test_an_edit_keeps_the_earlier_wording(slack: FakeSlack, client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(
        channel="C0SUMMARY", text="First", blocks=[section("First")]
    )

    await client.chat_update(
        channel="C0SUMMARY", ts=posted["ts"], text="Second", blocks=[section("Second")]
    )

    [message] = slack.channel("C0SUMMARY").messages
    assert message.words == "Second"
    assert [earlier.words for earlier in message.edits] == ["First"]


async def test_an_edit_of_text_alone_removes_blocks(
    slack: FakeSlack, client: AsyncWebClient
) -> None:
    posted = await client.chat_postMessage(
        channel="C0SUMMARY", text="First", blocks=[section("First")]
    )

    await client.chat_update(channel="C0SUMMARY", ts=posted["ts"], text="Second")

    assert slack.channel("C0SUMMARY").messages[0].blocks == []


async def test_editing_what_is_not_there_is_refused(client: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError) as caught:
        await client.chat_update(channel="C0SUMMARY", ts="1.000100", text="Second")

    assert code(caught) == "message_not_found"


async def test_metadata_is_shown_only_when_asked_for(client: AsyncWebClient) -> None:
    await client.chat_postMessage(channel="C0SUMMARY", text="Words", metadata=METADATA)

    plain = await client.conversations_history(channel="C0SUMMARY")
    full = await client.conversations_history(channel="C0SUMMARY", include_all_metadata=True)

    assert "metadata" not in plain["messages"][0]
    assert full["messages"][0]["metadata"] == METADATA


async def test_history_comes_newest_first_in_pages(client: AsyncWebClient) -> None:
    stamps = [
        (await client.chat_postMessage(channel="C0SUMMARY", text=f"Message {number}"))["ts"]
        for number in range(5)
    ]

    first = await client.conversations_history(channel="C0SUMMARY", limit=2)
    cursor = first["response_metadata"]["next_cursor"]
    second = await client.conversations_history(channel="C0SUMMARY", limit=2, cursor=cursor)
    since = await client.conversations_history(channel="C0SUMMARY", oldest=stamps[3])

    assert [held["text"] for held in first["messages"]] == ["Message 4", "Message 3"]
    assert [held["text"] for held in second["messages"]] == ["Message 2", "Message 1"]
    assert [held["text"] for held in since["messages"]] == ["Message 4"]


async def test_replies_stand_in_their_thread_only(client: AsyncWebClient) -> None:
    root = await client.chat_postMessage(channel="C0SUMMARY", text="Root")
    await client.chat_postMessage(channel="C0SUMMARY", text="Reply", thread_ts=root["ts"])

    history = await client.conversations_history(channel="C0SUMMARY")
    thread = await client.conversations_replies(channel="C0SUMMARY", ts=root["ts"])

    assert [held["text"] for held in history["messages"]] == ["Root"]
    assert [held["text"] for held in thread["messages"]] == ["Root", "Reply"]


async def test_an_ephemeral_message_needs_a_member(
    slack: FakeSlack, client: AsyncWebClient, person: Person
) -> None:
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postEphemeral(channel="C0SUMMARY", user=person.id, text="Psst")
    person.join("C0SUMMARY")
    await client.chat_postEphemeral(channel="C0SUMMARY", user=person.id, text="Psst")

    assert code(caught) == "user_not_in_channel"
    assert [held.text for held in person.ephemeral] == ["Psst"]
    assert slack.channel("C0SUMMARY").messages == []


async def test_a_permalink_names_channel_and_message(client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel="C0SUMMARY", text="Words")

    link = await client.chat_getPermalink(channel="C0SUMMARY", message_ts=posted["ts"])

    assert link["permalink"].endswith(f"/archives/C0SUMMARY/p{posted['ts'].replace('.', '')}")


async def test_one_message_a_second_is_enforced(
    slack: FakeSlack, client: AsyncWebClient, clock: MovableClock
) -> None:
    slack.limit_posts()
    await client.chat_postMessage(channel="C0SUMMARY", text="One")

    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel="C0SUMMARY", text="Two")
    clock.advance(1.0)
    await client.chat_postMessage(channel="C0SUMMARY", text="Three")

    assert caught.value.response.status_code == 429
    assert caught.value.response.headers["Retry-After"] == "1"
    assert [held.text for held in slack.channel("C0SUMMARY").messages] == ["One", "Three"]
