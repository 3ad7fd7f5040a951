"""Rooms beyond a check, as cards: the desk, setting the bot up, and what people read."""

import pytest

from tests.bot.surfaces.teams.stage import ADVISERS, Stage, check_of, reach_advice, reference_of
from tests.fakes.teams import Person
from tests.fakes.teams.cards import inputs_of


async def adviser(stage: Stage) -> Person:
    person = stage.person()
    await person.say("help")
    stage.teams.conversations[ADVISERS].members.append(person.id)
    stage.parts.directories["teams"]._rosters.clear()  # type: ignore[attr-defined]
    return person


async def test_the_desk_leads_back_to_every_open_check(stage: Stage) -> None:
    person = stage.person()
    for _ in range(2):
        await person.say("share-check")
        await person.choose("no")
    left = check_of(person)

    await person.say("resume")
    assert person.words.count("Continue") == 2
    await person.press_verb("go", _go={"room": "desk", "verb": "resume", "value": left})

    assert person.view == "question"
    assert check_of(person) == left


async def test_a_decision_is_recorded_from_the_desk_days_later(stage: Stage) -> None:
    person = stage.person()
    await reach_advice(person)
    check = check_of(person)

    await person.say("record")

    assert person.view == "decision"
    assert reference_of(check) in person.words


async def test_advisers_set_the_bot_up_and_nobody_else_does(stage: Stage) -> None:
    person, stranger = await adviser(stage), stage.person()

    await stranger.say("setup")
    assert not list(inputs_of(stranger.card))
    assert "adminis" in stranger.words
    await person.say("setup")
    await person.press("Change it")
    held = {each["id"]: each.get("value", "") for each in inputs_of(person.card)}
    await person.press("Save", {**held, "summary_channel": "19:elsewhere@thread.tacv2"})

    assert "Saved." in person.words
    assert "add Share Check to the team of this channel" in person.words
    chosen = await stage.parts.workspaces.of("teams", stage.teams.tenant)
    assert chosen.summary_channel == "19:elsewhere@thread.tacv2"
    await person.press("Change it")
    await person.press("Save", {"summary_channel": held["summary_channel"]})


@pytest.mark.parametrize("word", ["rules", "contacts", "privacy", "practise", "ask", "law"])
async def test_every_room_opens_in_the_chat(stage: Stage, word: str) -> None:
    person = stage.person()

    await person.say(f"share-check {word}")

    assert "What you can type" not in person.words
    assert "999" in person.words
