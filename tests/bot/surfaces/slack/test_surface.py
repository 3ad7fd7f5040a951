"""The surface when what it stands on is broken."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date

import pytest
from aiohttp import web
from structlog.testing import capture_logs

from bot.conversation import Conversation
from bot.reception import Reception
from bot.rooms.desk import DeskRoom
from bot.sessions import Sessions
from bot.surfaces.slack import SlackSettings, attach
from tests.bot.surfaces.slack.stage import (
    COMMAND,
    Stage,
    answer,
    answer_all,
    question_of,
    reach_form,
    shown,
)
from tests.fakes.slack import Fault, Person

NOWHERE = "redis://127.0.0.1:1/0"


@asynccontextmanager
async def with_broken(
    stage: Stage, conversation: Conversation, answer_seconds: float = 2.85
) -> AsyncIterator[None]:
    """Slack's requests go to a surface of this conversation for a while."""
    application = web.Application()
    settings = SlackSettings(
        stage.slack.bot_token,
        stage.slack.signing_secret,
        stage.slack.api_url,
        answer_seconds=answer_seconds,
    )
    reception = Reception(conversation, (DeskRoom(conversation, frozenset()),))
    surface = attach(application, reception, settings)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    stage.slack.connect(f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events")
    try:
        yield
    finally:
        stage.slack.connect(stage.url)
        await runner.cleanup()
        await surface.close()


@asynccontextmanager
async def without_redis(stage: Stage) -> AsyncIterator[None]:
    conversation = stage.parts.conversation
    sessions = Sessions.open(NOWHERE, conversation.keyring)
    keeper = replace(conversation.keeper, sessions=sessions)
    async with with_broken(stage, replace(conversation, keeper=keeper)):
        yield
    await sessions.close()


@asynccontextmanager
async def with_silent_redis(stage: Stage, answer_seconds: float = 2.85) -> AsyncIterator[None]:
    """A Redis that takes every connection and answers nothing."""
    taken: list[asyncio.StreamWriter] = []

    def say_nothing(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        taken.append(writer)

    server = await asyncio.start_server(say_nothing, "127.0.0.1", 0)
    conversation = stage.parts.conversation
    url = f"redis://127.0.0.1:{server.sockets[0].getsockname()[1]}/0"
    sessions = Sessions.open(url, conversation.keyring)
    silent = replace(conversation, keeper=replace(conversation.keeper, sessions=sessions))
    async with with_broken(stage, silent, answer_seconds):
        yield
    await sessions.close()
    for writer in taken:
        writer.close()
    server.close()


def without_clock(stage: Stage) -> Conversation:
    def broken() -> date:
        raise RuntimeError("what somebody wrote")

    conversation = stage.parts.conversation
    return replace(conversation, shelf=replace(conversation.shelf, today=broken))


async def test_danger_is_answered_without_redis(stage: Stage) -> None:
    person = stage.person()

    async with without_redis(stage):
        await person.command(COMMAND)
        await answer(person, "now")

    assert shown(person).callback_id == "advice"
    assert "Call 999 now" in shown(person).words


async def test_an_answer_waits_for_redis_and_is_kept(stage: Stage) -> None:
    person = stage.person()
    await person.command(COMMAND)

    async with without_redis(stage):
        await answer(person, "no")
        [error] = shown(person).errors.values()
        assert error == (
            "We could not save that just now. Nothing is lost: press Continue again. "
            "In an emergency call 999."
        )
    await person.submit()

    assert question_of(person) == "risk"


async def test_a_screen_without_inputs_waits_for_redis_too(stage: Stage) -> None:
    person = stage.person()
    await person.command(COMMAND)
    await answer_all(person)

    async with without_redis(stage):
        for _ in range(2):
            await person.submit()
            assert shown(person).words.count("We could not save that just now") == 1
            await person.press("back")
            assert shown(person).words.count("We could not save that just now") == 1
    await person.submit()

    assert shown(person).callback_id == "advice"


async def test_a_filled_in_form_survives_a_lost_redis(stage: Stage) -> None:
    person = stage.person()
    await reach_form(person)
    fields = {field.action_id: field.block_id for field in shown(person).fields}
    person.fill(
        {fields["choice"]: "share", fields["kinds"]: ["health"], fields["receiver"]: "police"}
    )

    async with without_redis(stage):
        await person.press("undecided")
    await person.submit()

    assert shown(person).callback_id == "preview"


async def test_whatever_breaks_a_reference_and_999_are_shown(stage: Stage) -> None:
    person = stage.person()
    await reach_form(person)
    await person.press("back")
    advice = shown(person)

    async with with_broken(stage, without_clock(stage)):
        with capture_logs() as logged:
            await person.submit()
            assert_apology(shown(person).words)
            await person.press("back")
            assert_apology(shown(person).words)
            await person.command(COMMAND)
            assert_apology(person.ephemeral[-1].words)
    await person.submit()

    failures = [line for line in logged if line["event"] == "slack.request_failed"]
    assert [line["log_level"] for line in failures] == ["error"] * 3
    assert len({line["reference"] for line in failures}) == 3
    assert shown(person).callback_id != advice.callback_id


async def test_a_broken_message_button_is_apologised_for(stage: Stage) -> None:
    person = stage.person()
    await reach_form(person)
    await person.close()
    await stage.parts.outbox.drain()

    async with with_broken(stage, without_clock(stage)):
        with capture_logs():
            await person.message_press(person.messages[0], "decide")

    assert_apology(person.ephemeral[-1].words)


async def test_what_breaks_outside_a_window_is_apologised_for_directly(stage: Stage) -> None:
    person = stage.person()
    await person.open_home()
    home = person.home

    async with with_broken(stage, without_clock(stage)):
        with capture_logs() as logged:
            await person.press_home("go:help:open:1.0")
            await person.shortcut("start_check")
            await person.open_home()
            await person.write("hello")

    _, *said = [message.words for message in person.messages if message.author != person.id]
    assert len(said) == 1
    for words in (person.messages[0].words, *said):
        assert_apology(words)
    assert len([line for line in logged if line["event"] == "slack.request_failed"]) == 4
    assert person.home == home


async def test_nothing_anybody_wrote_reaches_a_log(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    person: Person = stage.person()
    caplog.set_level(logging.DEBUG)

    with capture_logs() as logged:
        await person.command(COMMAND, "Jane Smith")
        await reach_form(person)
        delivery = stage.slack.courier.form({"payload": "Jane Smith"})
        assert (await stage.slack.courier.send(delivery)).status == 400
        assert (await stage.slack.courier.send(delivery.altered())).status == 401

    theirs = [r.getMessage() for r in caplog.records if r.name.startswith(("slack", "share"))]
    said = f"{logged} {theirs}"
    for secret in ("Jane", person.id, "public_task", stage.slack.bot_token):
        assert secret not in said


async def test_an_answer_comes_before_slack_gives_up(stage: Stage) -> None:
    person = stage.person()
    await reach_form(person)
    await person.close()
    await stage.parts.outbox.drain()
    stage.slack.fail("views.open", Fault.DELAY, times=2, seconds=4)

    async with with_silent_redis(stage):
        await asyncio.gather(
            person.message_press(person.messages[0], "decide"), person.command(COMMAND)
        )

    assert any("999" in said.words for said in person.ephemeral)


async def test_out_of_time_the_screen_is_shown_once_more(stage: Stage) -> None:
    person = stage.person()
    await person.command(COMMAND)
    await answer_all(person)

    async with with_silent_redis(stage, answer_seconds=0.1):
        await person.submit()
        assert "press Get the advice again" in shown(person).words
        await person.press("back")
        await stage.slack.until(lambda: "press the button again" in shown(person).words)
        await person.command(COMMAND)
        assert "999" in person.ephemeral[-1].words
        await person.shortcut("start_check")
        await stage.slack.until(lambda: person.messages)
        assert "999" in person.messages[-1].words
    await person.close()
    await person.command(COMMAND)

    assert question_of(person) == "danger"


async def test_a_submission_is_answered_however_silent_redis_is(stage: Stage) -> None:
    person = stage.person()
    await person.command(COMMAND)

    async with with_silent_redis(stage):
        await answer(person, "no")
        assert "Nothing is lost" in "".join(shown(person).errors.values())
    await person.submit()

    assert question_of(person) == "risk"


def assert_apology(words: str) -> None:
    assert "Something went wrong on our side, reference " in words
    assert "999" in words
    assert "what somebody wrote" not in words
