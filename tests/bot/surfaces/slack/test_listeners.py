"""What the command and the submitted modals come to, seen from Slack's side."""

import json
from dataclasses import replace

import pytest

from tests.bot.surfaces.slack.stage import (
    COMMAND,
    Stage,
    answer,
    fill_in,
    question_of,
    reach_advice,
    reach_form,
    shown,
)
from tests.fakes.slack import Fault


@pytest.mark.parametrize("text", ["", "start", "  ", "START"])
async def test_the_command_opens_the_danger_question(stage: Stage, text: str) -> None:
    person = stage.person()

    await person.command(COMMAND, text)

    assert shown(person).callback_id == "danger"
    assert question_of(person) == "danger"
    assert json.loads(shown(person).private_metadata).keys() == {"check", "turn"}


@pytest.mark.parametrize("text", ["help", "what now", "Jane Smith"])
async def test_help_names_what_there_is_and_repeats_nothing(stage: Stage, text: str) -> None:
    person = stage.person()

    await person.command(COMMAND, text)

    said = shown(person)
    assert said.callback_id == "page"
    assert "share-check resume" in said.words
    assert "999" in said.words
    assert "Jane" not in said.words


@pytest.mark.parametrize("fault", [Fault.SERVER_ERROR, Fault.DROP, Fault.RATE_LIMITED])
async def test_a_window_that_does_not_open_is_explained(stage: Stage, fault: Fault) -> None:
    person = stage.person()
    stage.slack.fail("views.open", fault)

    await person.command(COMMAND)

    [said] = person.ephemeral
    assert "Type `/share-check` again" in said.words
    assert "999" in said.words


async def test_a_slow_window_is_explained_before_slack_gives_up(stage: Stage) -> None:
    person = stage.person()
    stage.slack.fail("views.open", Fault.DELAY, seconds=2.5)

    await person.command(COMMAND)

    assert [said.words.count("999") for said in person.ephemeral] == [1]


async def test_names_in_the_reasons_are_shown_back_first(stage: Stage) -> None:
    person = stage.person()
    await reach_form(person)

    await fill_in(person, words="Jane Smith rang from 07700 900123")
    assert "07700 900123" in shown(person).words
    [kept] = [field for field in shown(person).fields if field.action_id == "kept"]
    await fill_in(person, kept=list(kept.values), words="Jane Smith rang from 07700 900123")

    assert shown(person).callback_id == "preview"


async def test_an_answer_about_the_words_is_not_asked_for_again(stage: Stage) -> None:
    person = stage.person()
    await reach_form(person)
    words = "Jane Smith rang from 07700 900123"
    await fill_in(person, words=words)
    [kept] = [field for field in shown(person).fields if field.action_id == "kept"]

    await fill_in(person, words=words, kept=list(kept.values))
    await person.press("back")
    [again] = [field for field in shown(person).fields if field.action_id == "kept"]
    assert shown(person).holds(again)["selected_options"]
    await person.submit()

    assert shown(person).callback_id == "preview"


async def test_mistakes_in_the_form_stand_under_their_fields(stage: Stage) -> None:
    person = stage.person()
    await reach_form(person)

    await fill_in(person, choice="not_share")

    [(block_id, error)] = shown(person).errors.items()
    assert block_id.startswith("words:")
    assert error == "This departs from the advice. Say why, in a sentence or two."


async def test_an_answer_left_out_is_asked_for_under_its_question(stage: Stage) -> None:
    person = stage.person()
    await person.command(COMMAND)
    await answer(person, "no")
    view = shown(person)
    assert person.last_delivery
    _, payload = person.last_delivery.read()
    [field] = [field for field in view.fields if field.action_id == "answer"]
    nothing = {field.block_id: {"answer": {"type": "radio_buttons", "selected_option": None}}}
    payload["view"] |= {
        "callback_id": "question",
        "private_metadata": view.private_metadata,
        "blocks": view.blocks,
        "state": {"values": nothing},
    }

    reply = await stage.slack.courier.send(stage.slack.courier.interaction(payload))

    told = json.loads(reply.body)
    assert (told["response_action"], list(told["errors"])) == ("errors", [field.block_id])


async def test_an_answer_to_what_was_not_asked_marks_nothing(stage: Stage) -> None:
    person = stage.person()
    await person.command(COMMAND)
    await answer(person, "no")
    view = shown(person)
    assert person.last_delivery
    _, payload = person.last_delivery.read()
    chosen = {"answer": {"type": "radio_buttons", "selected_option": {"value": "yes"}}}
    payload["view"] |= {
        "callback_id": "question",
        "private_metadata": view.private_metadata,
        "blocks": view.blocks,
        "state": {"values": {"made_up:1": chosen}},
    }

    reply = await stage.slack.courier.send(stage.slack.courier.interaction(payload))

    told = json.loads(reply.body)
    assert told["response_action"] == "update"
    assert told["view"]["private_metadata"] == view.private_metadata


async def test_somebody_elses_check_stays_closed(stage: Stage) -> None:
    owner, stranger = stage.person(), stage.person()
    await reach_advice(owner)
    await stranger.command(COMMAND)
    stolen = replace(shown(stranger), shape=shown(owner).shape)

    await stranger.submit(view=stolen)

    assert "somebody else's" in shown(stranger).words
    assert shown(stranger).callback_id == "expired"
    await stranger.press("restart")
    assert question_of(stranger) == "danger"


async def test_an_old_screen_shows_where_the_check_stands(stage: Stage) -> None:
    person = stage.person()
    await person.command(COMMAND)
    await answer(person, "no")
    old = shown(person)
    await answer(person, "child")
    block_id = old.fields[0].block_id

    await person.submit({block_id: "not_sure"}, view=old)

    assert question_of(person) == "purpose"


async def test_a_delivery_repeated_by_slack_gives_the_same_screen(stage: Stage) -> None:
    person = stage.person()
    await person.command(COMMAND)
    await answer(person, "no")

    again = await person.send_again()

    assert json.loads(again.body)["view"]["private_metadata"] == shown(person).private_metadata
