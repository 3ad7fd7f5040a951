"""Channels get one neutral line; installing greets once; removing forgets."""

import pytest

from tests.bot.surfaces.teams.stage import TEAM, Stage
from tests.fakes.teams import Fault


async def test_in_a_channel_there_is_one_neutral_line(stage: Stage) -> None:
    person, channel = stage.person(), stage.teams.conversations[TEAM]
    before = len(channel.messages)

    await person.say("share-check Kai Example was hurt", channel)

    [line] = channel.messages[before:]
    assert "a chat of your own" in line.text
    assert f"https://teams.microsoft.com/l/chat/0/0?users={stage.teams.bot}" in line.text
    assert "Kai" not in line.text
    assert person.messages == []


async def test_a_button_of_a_check_does_nothing_in_a_channel(stage: Stage) -> None:
    person, channel = stage.person(), stage.teams.conversations[TEAM]
    await person.say("share-check")
    message = person.message
    message.conversation = channel.id

    answer = await person.press("Continue", {"danger": "no"}, message=message)

    assert answer is not None
    assert "a chat of your own" in str(answer["value"])


async def test_installing_greets_once_and_a_newer_version_does_not(stage: Stage) -> None:
    person = stage.person()

    await person.install()
    await person.install("add-upgrade")

    assert len(person.messages) == 1
    assert "Start a check" in person.words


async def test_removing_the_app_forgets_how_to_reach_the_person(stage: Stage) -> None:
    person = stage.person()
    await person.install()
    await stage.surface._book.close()
    assert await stage.surface._book.of_person(stage.teams.tenant, person.id)

    await person.install("remove")

    assert await stage.surface._book.of_person(stage.teams.tenant, person.id) is None


@pytest.mark.parametrize(
    ("kind", "gone", "known"),
    [("personal", "bot", False), ("personal", "somebody", True), ("channel", "bot", True)],
)
async def test_only_a_bot_that_left_the_chat_itself_forgets(
    stage: Stage,
    kind: str,
    gone: str,
    known: bool,  # noqa: FBT001
) -> None:
    person = stage.person()
    await person.say("help")
    chat = person.chat if kind == "personal" else stage.teams.conversations[TEAM]
    removed = {"bot": stage.teams.bot, "somebody": "29:somebody"}[gone]
    left = {"type": "conversationUpdate", "membersRemoved": [{"id": removed}]}

    await stage.teams.courier.acknowledged(person.activity(left, chat))

    found = await stage.surface._book.of_person(stage.teams.tenant, person.id)
    assert (found is not None) is known


async def test_removing_it_from_a_team_forgets_nobody(stage: Stage) -> None:
    person, channel = stage.person(), stage.teams.conversations[TEAM]
    await person.say("help")
    said = len(channel.messages)

    for action in ("add", "remove"):
        body = {"type": "installationUpdate", "action": action}
        await stage.teams.courier.acknowledged(person.activity(body, channel))

    assert await stage.surface._book.of_person(stage.teams.tenant, person.id)
    assert len(channel.messages) == said


async def test_the_newest_address_of_a_person_is_kept_by_every_replica(stage: Stage) -> None:
    person = stage.person()
    await person.say("help")
    await stage.surface._book.close()
    stage.surface._book._kept.clear()

    found = await stage.surface._book.of_person(stage.teams.tenant, person.id)

    assert found is not None
    assert found.place.conversation == person.chat.id


async def test_a_picture_without_a_word_gets_help(stage: Stage) -> None:
    person = stage.person()

    await person.say("")

    assert "What you can type" in person.words


async def test_an_address_that_another_process_saw_later_counts(stage: Stage) -> None:
    person = stage.person()
    await person.say("help")
    book, tenant = stage.surface._book, stage.teams.tenant
    known = await book.of_person(tenant, person.id)
    assert known is not None
    newer = known.model_copy(update={"conversation": "a:newer"})
    names = book._names((tenant, person.id))

    await book._references.keep(names, newer.model_dump_json().encode(), book._today())

    assert await book.of_person(tenant, person.id) == newer


async def test_a_reply_that_teams_asks_to_wait_for_is_made_later(stage: Stage) -> None:
    person = stage.person()
    stage.teams.fail("post", Fault.STATUS, status=412)

    await person.say("share-check")

    assert person.view == "danger"


async def test_a_reply_that_cannot_be_made_is_no_error(
    stage: Stage, capfd: pytest.CaptureFixture[str]
) -> None:
    person = stage.person()
    stage.teams.fail("post", Fault.STATUS, status=403)

    assert (await person.say("share-check")).status == 200

    logged = capfd.readouterr().out
    assert "teams.message_not_sent" in logged
    assert "teams.request_failed" not in logged


async def test_a_button_that_some_other_app_made_gets_help(stage: Stage) -> None:
    person = stage.person()
    body = {"type": "message", "value": {"made": "up"}}

    await stage.teams.courier.acknowledged(person.activity(body, person.chat))

    assert "What you can type" in person.words
