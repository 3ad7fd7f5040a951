"""Ways in: the Home tab, the shortcut, a mention, a direct message; and closing a window."""

from typing import Any

import pytest
from aiohttp import ClientSession
from structlog.testing import capture_logs

from bot.surfaces.slack.read import packed
from tests.bot.surfaces.slack.stage import (
    COMMAND,
    TEAM,
    Stage,
    answer,
    check_of,
    fill_in,
    question_of,
    reach_advice,
    reach_form,
    reference_of,
    shown,
)
from tests.bot.surfaces.slack.test_surface import without_redis
from tests.fakes.slack import Fault


async def test_the_home_tab_welcomes_who_is_new(stage: Stage) -> None:
    person = stage.person()

    await person.open_home()

    assert person.home is not None
    assert "What it cannot hide" in person.home.words
    assert "999" in person.home.words


async def test_the_home_tab_is_the_desk(stage: Stage) -> None:
    person = stage.person()
    await reach_advice(person)
    check = check_of(person)
    await person.close()
    await person.open_home()
    assert person.home is not None
    assert reference_of(check) in person.home.words
    assert "Decisions to record" in person.home.words

    await person.press_home("go:desk:decide:1.0")

    assert shown(person).callback_id == "decision"
    assert check_of(person) == check


async def test_a_check_is_begun_from_the_home_tab(stage: Stage) -> None:
    person = stage.person()
    await person.open_home()

    await person.press_home("go:help:open:1.0")

    assert question_of(person) == "danger"


async def test_the_home_tab_says_so_when_redis_is_away(stage: Stage) -> None:
    person = stage.person()

    async with without_redis(stage):
        await person.open_home()

    assert person.home is not None
    assert "cannot be shown just now" in person.home.words


async def test_a_window_that_cannot_be_opened_from_home_is_told_of(stage: Stage) -> None:
    person = stage.person()
    await person.open_home()
    stage.slack.fail("views.open", Fault.SAY_ERROR, code="expired_trigger_id")

    await person.press_home("go:help:open:1.0")

    assert person.view is None
    assert "could not open its window" in person.messages[-1].words


async def test_the_shortcut_opens_the_first_screen(stage: Stage) -> None:
    person = stage.person()

    await person.shortcut("start_check")

    assert question_of(person) == "danger"


async def test_a_shortcut_that_fails_says_what_to_do(stage: Stage) -> None:
    person = stage.person()
    stage.slack.fail("views.open", Fault.SAY_ERROR, code="expired_trigger_id")

    await person.shortcut("start_check")

    assert "/share-check" in person.messages[-1].words


async def test_a_mention_is_answered_for_one_person_with_the_way_in(stage: Stage) -> None:
    person = stage.person()
    person.join(TEAM)
    before = len(stage.slack.channel(TEAM).messages)

    await person.mention(TEAM, "what about Jane Smith?")

    [said] = person.ephemeral
    assert "Nobody reads what is written" in said.words
    assert "Jane" not in said.words
    assert len(stage.slack.channel(TEAM).messages) == before + 1

    await person.message_press(said, "go:help:open:1.0")
    assert question_of(person) == "danger"


async def test_a_mention_in_a_thread_is_answered_in_the_thread(stage: Stage) -> None:
    person = stage.person()
    person.join(TEAM)
    await person.mention(TEAM, "hello")
    assert person.last_delivery
    _, told = person.last_delivery.read()
    inner = {**told["event"], "thread_ts": told["event"]["ts"]}
    courier = stage.slack.courier

    await courier.send(courier.event({**told, "event_id": "EvTHREAD", "event": inner}))

    threads = [
        call.arguments.get("thread_ts")
        for call in stage.slack.calls
        if call.method == "chat.postEphemeral" and call.arguments["user"] == person.id
    ]
    assert threads == [None, told["event"]["ts"]]


async def test_a_shortcut_on_a_message_opens_the_first_screen_and_reads_nothing_of_it(
    stage: Stage,
) -> None:
    person = stage.person()
    person.join(TEAM)
    await person.mention(TEAM, "Jane Smith")
    [*_, message] = stage.slack.channel(TEAM).messages

    with capture_logs() as logged:
        await person.message_shortcut("start_check", message)

    assert question_of(person) == "danger"
    assert "Jane" not in shown(person).words + str(logged)


async def test_a_direct_message_is_answered_once_however_often_slack_tells_of_it(
    stage: Stage,
) -> None:
    person = stage.person()

    await person.write("Jane Smith hit her child")
    for retry in range(1, 4):
        assert (await person.send_again(retry)).status == 200

    [_, said] = person.messages
    assert "Press the button to begin" in said.words
    assert "Jane" not in said.words


async def test_without_redis_a_direct_message_is_still_answered(stage: Stage) -> None:
    person = stage.person()

    async with without_redis(stage):
        await person.write("hello")

    assert "Press the button to begin" in person.messages[-1].words


async def test_the_app_does_not_answer_itself_or_what_it_does_not_know(stage: Stage) -> None:
    person = stage.person()
    await person.write("hello")
    [written, _] = person.messages
    courier, team = stage.slack.courier, stage.slack.workspace.identity.team_id
    direct: dict[str, Any] = {"type": "message", "channel": written.channel_id, "user": person.id}
    direct["channel_type"] = "im"
    before = len(stage.slack.calls)
    for number, inner in enumerate(
        (
            {**direct, "bot_id": "B0FAKE001"},
            {**direct, "subtype": "message_changed"},
            {**direct, "channel_type": "channel"},
            {**direct, "user": ""},
            {"type": "app_home_opened", "user": person.id, "tab": "messages"},
            {"type": "team_join", "user": person.id},
            {"type": "app_uninstalled"},
            {"type": "tokens_revoked", "tokens": {"bot": ["U1"]}},
        )
    ):
        told = {"type": "event_callback", "team_id": team, "event": inner}
        told["event_id"] = f"Ev{person.id}{number}"
        assert (await courier.send(courier.event(told))).status == 200

    await person.write("hello again")
    assert len(stage.slack.calls) == before + 1
    assert person.home is None


async def test_the_home_tab_is_drawn_as_often_as_slack_tells_of_it(stage: Stage) -> None:
    person = stage.person()
    await person.open_home()
    assert (await person.send_again(1)).status == 200

    drawn = [call for call in stage.slack.calls if call.arguments.get("user_id") == person.id]
    assert [call.method for call in drawn] == ["views.publish"] * 2


async def test_closing_a_check_says_where_it_is(stage: Stage) -> None:
    person = stage.person()
    await person.command(COMMAND)
    await answer(person, "no")

    await person.close()
    [said] = person.messages
    await person.message_press(said, "go:desk:resume:1.0")

    assert "kept for about a day" in said.words
    assert question_of(person) == "risk"


async def test_closing_the_first_screen_or_the_form_says_nothing_more(stage: Stage) -> None:
    person = stage.person()
    await person.command(COMMAND)
    await person.close()
    await reach_form(person)
    await person.close()

    assert all("You closed" not in message.words for message in person.messages)


@pytest.mark.parametrize(
    ("callback", "turn"), [("danger", 0), ("question", 0), ("decision", 3), ("why", 3), ("", 3)]
)
async def test_no_other_window_is_missed_when_slack_tells_of_its_end(
    stage: Stage, callback: str, turn: int
) -> None:
    person = stage.person()
    view = {"id": "V1", "callback_id": callback, "private_metadata": packed("check", turn)}
    team = {"id": stage.slack.workspace.identity.team_id}
    closing = {"type": "view_closed", "user": {"id": person.id}, "team": team, "view": view}
    before = len(stage.slack.calls)

    reply = await stage.slack.courier.send(stage.slack.courier.interaction(closing))

    assert reply.status == 200
    assert len(stage.slack.calls) == before


async def test_an_event_that_is_not_signed_is_refused(stage: Stage) -> None:
    person = stage.person()
    await person.open_home()
    assert person.last_delivery
    forged = person.last_delivery.altered()

    async with ClientSession() as session:
        answered = await session.post(stage.url, data=forged.body, headers=dict(forged.headers))

    assert answered.status == 401


async def test_a_recorded_decision_leaves_the_home_tab_by_itself(stage: Stage) -> None:
    person = stage.person()
    await reach_form(person)
    check = check_of(person)
    await person.open_home()
    assert person.home is not None
    assert "Decisions to record" in person.home.words

    await fill_in(person)
    await person.submit()
    await stage.slack.until(lambda: person.home and "Recorded" in person.home.words)

    assert "Decisions to record" not in person.home.words
    assert reference_of(check) in person.home.words


async def test_a_deleted_check_leaves_the_home_tab_by_itself(stage: Stage) -> None:
    person = stage.person()
    await person.command(COMMAND)
    await answer(person, "no")
    check = check_of(person)
    await person.close()
    await person.open_home()

    await person.press_home("go:desk:delete:1.1")
    await stage.slack.until(lambda: person.home and "Welcome" in person.home.words)

    assert "deleted" in shown(person).words
    assert person.home is not None
    assert reference_of(check) not in person.home.words


async def test_a_home_tab_that_cannot_be_drawn_changes_nothing_else(stage: Stage) -> None:
    person = stage.person()
    await reach_form(person)
    stage.slack.fail("views.publish", Fault.DROP)

    await fill_in(person)
    await person.submit()

    assert shown(person).callback_id == "done"
