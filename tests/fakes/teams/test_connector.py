"""The Bot Connector of the fake: what it takes, what it refuses, and how it fails."""

import json
from typing import Any

import aiohttp
import pytest

from tests.fakes.teams import Fault, Person
from tests.fakes.teams.conftest import CARD_TYPE, Bot, a_card

CHANNEL = "19:team@thread.tacv2"
PATH = "/19%3Ateam%40thread.tacv2/activities"


def a_message(**changed: Any) -> dict[str, Any]:
    attachment = {"contentType": CARD_TYPE, "content": a_card()}
    made = {"type": "message", "summary": "A card", "attachments": [attachment]}
    return {name: held for name, held in {**made, **changed}.items() if held is not None}


@pytest.fixture(autouse=True)
def _channel(bot: Bot) -> None:
    bot.teams.add_channel(CHANNEL, [f"29:{number}" for number in range(120)])


async def test_what_is_posted_stands_and_can_be_edited(bot: Bot) -> None:
    posted = await bot.call("POST", PATH, a_message())
    name = (await posted.json())["id"]
    changed = await bot.call("PUT", f"{PATH}/{name}", a_message(summary="Edited"))

    [message] = bot.teams.conversations[CHANNEL].messages
    assert (posted.status, changed.status) == (201, 200)
    assert (message.activity["summary"], len(message.edits)) == ("Edited", 1)


@pytest.mark.parametrize(
    "changed",
    [
        {"text": "and a card"},
        {"attachments": None},
        {"summary": None},
        {"type": "event"},
        {"attachments": [{"contentType": "text/html", "content": {}}]},
        {"attachments": [{"contentType": CARD_TYPE, "content": a_card(version="1.0")}]},
    ],
)
async def test_a_message_that_teams_would_spoil_is_refused(
    bot: Bot, changed: dict[str, Any]
) -> None:
    refused = await bot.call("POST", PATH, a_message(**changed))

    assert refused.status == 400


async def test_calls_need_a_token_that_was_given_out(bot: Bot) -> None:
    assert (await bot.token(client_secret="wrong")).status == 401
    assert (await bot.token(scope="https://graph.microsoft.com/.default")).status == 401
    bare = await bot.session.post(f"{bot.teams.service_url}v3/conversations{PATH}", json={})
    assert bare.status == 401


async def test_too_large_a_payload_is_refused(bot: Bot) -> None:
    refused = await bot.call("POST", PATH, a_message(text="x" * 60_000, attachments=None))

    assert refused.status == 413


async def test_members_come_in_pages(bot: Bot) -> None:
    path = "/19%3Ateam%40thread.tacv2/pagedmembers?pageSize=100"
    first = await (await bot.call("GET", path)).json()
    token = first["continuationToken"]
    second = await (await bot.call("GET", f"{path}&continuationToken={token}")).json()

    assert (len(first["members"]), len(second["members"])) == (100, 20)
    assert second["continuationToken"] is None
    assert (await bot.call("GET", f"{path[:-3]}5")).status == 400


async def test_the_chat_with_a_person_is_the_same_each_time(bot: Bot) -> None:
    person = Person(bot.teams, "asker")
    asked = {"isGroup": False, "members": [{"id": person.id}], "tenantId": bot.teams.tenant}

    opened = [await (await bot.call("POST", "", asked)).json() for _ in range(2)]

    assert opened == [{"id": person.chat.id}] * 2


async def test_somebody_who_removed_the_bot_refuses(bot: Bot) -> None:
    bot.teams.conversations[CHANNEL].refuses = (403, "BotNotInConversationRoster")

    refused = await bot.call("POST", PATH, a_message())

    assert (refused.status, (await refused.json())["error"]["code"]) == (
        403,
        "BotNotInConversationRoster",
    )


@pytest.mark.parametrize(
    ("fault", "status", "out"),
    [
        (Fault.STATUS, 429, 0),
        (Fault.STATUS_BUT_DONE, 504, 1),
        (Fault.DROP, None, 0),
        (Fault.LOSE_REPLY, None, 1),
    ],
)
async def test_faults_happen_once_and_are_what_they_say(
    bot: Bot, fault: Fault, status: int | None, out: int
) -> None:
    bot.teams.fail("post", fault, status=status or 500)

    if status is None:
        with pytest.raises(aiohttp.ClientError):
            await bot.call("POST", PATH, a_message())
    else:
        assert (await bot.call("POST", PATH, a_message())).status == status

    assert len(bot.teams.conversations[CHANNEL].messages) == out
    assert (await bot.call("POST", PATH, a_message())).status == 201


async def test_keys_roll_over(bot: Bot) -> None:
    old = bot.teams.signer.current

    new = bot.teams.signer.rotate()

    metadata = await (await bot.session.get(bot.teams.metadata_url)).json()
    keys = json.loads(await (await bot.session.get(metadata["jwks_uri"])).text())["keys"]
    assert [key["kid"] for key in keys] == [new]
    assert old != new
    assert keys[0]["endorsements"] == ["msteams"]
