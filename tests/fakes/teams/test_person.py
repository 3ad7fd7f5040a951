"""What a person can do, and what Teams shows when a bot gets it wrong."""

from typing import Any

import pytest

from tests.fakes.teams import NotOnCard, Person, TeamsWouldShow
from tests.fakes.teams.conftest import CARD_TYPE, Bot, a_card
from tests.fakes.teams.conversations import Message


def given(bot: Bot, name: str = "asker", *, older: bool = False) -> Person:
    """Somebody with a card in their chat."""
    person = Person(bot.teams, name, older_client=older)
    attachment = {"contentType": CARD_TYPE, "content": a_card()}
    activity = {"type": "message", "attachments": [attachment], "summary": "A card"}
    person.chat.messages.append(Message("1", person.chat.id, activity))
    return person


def answered(card: dict[str, Any]) -> dict[str, Any]:
    return {"statusCode": 200, "type": CARD_TYPE, "value": card}


async def test_a_press_sends_the_inputs_and_the_answer_replaces_the_card(bot: Bot) -> None:
    person = given(bot)
    bot.answer = answered(a_card(fallbackText="The next one."))

    await person.press("Continue", {"colour": "red"})

    [received] = bot.received
    assert received["value"]["action"]["data"] == {"_at": {"view": "question"}, "colour": "red"}
    assert received["replyToId"] == "1"
    assert person.card["fallbackText"] == "The next one."
    assert len(person.message.edits) == 1


async def test_an_older_client_sends_a_message(bot: Bot) -> None:
    person = given(bot, older=True)

    await person.press("Continue", {"colour": "red"})

    [received] = bot.received
    assert (received["type"], received["value"]["colour"]) == ("message", "red")


@pytest.mark.parametrize(
    "answer",
    [
        None,
        {},
        a_card(),
        {"statusCode": 500, "type": CARD_TYPE, "value": a_card()},
        {"statusCode": 200, "type": "text/plain", "value": "x"},
        {"statusCode": 200, "type": CARD_TYPE, "value": a_card(version="1.0")},
        {"statusCode": 200, "type": CARD_TYPE, "value": a_card(), "more": 1},
    ],
)
async def test_an_invoke_with_another_answer_shows_an_error(bot: Bot, answer: Any) -> None:
    person = given(bot)
    bot.answer = answer

    with pytest.raises(TeamsWouldShow):
        await person.press("Continue", {"colour": "red"})


async def test_an_invoke_that_fails_or_takes_too_long_shows_an_error(bot: Bot) -> None:
    person = given(bot)
    bot.status = 500
    with pytest.raises(TeamsWouldShow, match="HTTP 500"):
        await person.press("Continue", {"colour": "red"})
    bot.status, bot.seconds = 200, 1.0

    with pytest.raises(TeamsWouldShow, match="no answer within"):
        await person.press("Continue", {"colour": "red"})


async def test_nobody_can_press_or_choose_what_is_not_there(bot: Bot) -> None:
    person = given(bot)

    for title, values in (("Go", {}), ("Continue", {"colour": "green"}), ("Continue", {"a": "b"})):
        with pytest.raises(NotOnCard):
            await person.press(title, values)
    with pytest.raises(NotOnCard, match="Choose one"):
        await person.press("Continue")


async def test_words_beside_a_card_leave_it_as_it_is(bot: Bot) -> None:
    person = given(bot)
    bot.answer = {
        "statusCode": 200,
        "type": "application/vnd.microsoft.activity.message",
        "value": "No.",
    }

    await person.press("Continue", {"colour": "red"})

    assert person.told == ["No."]
    assert person.message.edits == []


async def test_one_token_serves_until_a_new_one_is_asked_for(bot: Bot) -> None:
    person = given(bot)

    await person.say("one")
    await person.say("two")
    bot.teams.courier.new_token()
    bot.teams.signer.rotate()
    await person.say("three")

    assert bot.tokens[0] == bot.tokens[1] != bot.tokens[2]


async def test_again_sends_the_same_bytes_and_a_new_id_when_asked(bot: Bot) -> None:
    person = given(bot)
    await person.say("one")

    await person.again()
    await person.again(new_id=True)

    ids = [received["id"] for received in bot.received]
    assert ids[0] == ids[1] != ids[2]
