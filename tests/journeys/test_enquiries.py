"""A question without a name, from its asker to an adviser and back, on every surface."""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.panel import PanelSender, RegisterPanel
from tests.bot.surfaces.slack.stage import COMMAND, answer, shown
from tests.bot.surfaces.slack.stage import Stage as SlackStage
from tests.bot.surfaces.slack.stage import set_up as set_up_slack
from tests.bot.surfaces.teams.stage import ADVISERS, TEAM
from tests.bot.surfaces.teams.stage import Stage as TeamsStage
from tests.bot.surfaces.teams.stage import set_up as set_up_teams
from tests.bot.surfaces.web.page import Element
from tests.bot.surfaces.web.visitor import Visitor, served, visiting
from tests.fakes.teams import Person as TeamsPerson
from tests.fakes.teams.cards import actions_of
from tests.fakes.teams.conversations import Message, words_of
from tests.journeys import slack_desk

QUESTION = "May I tell the school what the neighbour said?"
ANSWER = "Yes. Tell the school what it needs to know."
UPDATE = "There is something new for you to read in Share Check."


@pytest.fixture
async def teams(redis_url: str, tmp_path: Path) -> AsyncIterator[TeamsStage]:
    async with set_up_teams(redis_url, tmp_path) as stage:
        yield stage


async def settle(stage: TeamsStage | SlackStage) -> None:
    """Let everything that is due go out."""
    for _ in range(2):
        await stage.parts.relay.releases.tick()
        await stage.parts.outbox.drain()


async def pressed(
    person: TeamsPerson, message: Message, title: str, card: Any = None, **values: str
) -> Any:
    """Press on a card of a channel; the next card is for whoever pressed alone."""
    answer = await person.press(title, values, message=message, card=card)
    assert answer is not None
    return answer["value"]


@pytest.fixture
async def slack(redis_url: str, tmp_path: Path) -> AsyncIterator[SlackStage]:
    async with set_up_slack(redis_url, tmp_path, adviser_channel="C0ADVISERS") as stage:
        stage.slack.add_channel("C0ADVISERS", "advisers")
        yield stage


async def test_a_question_runs_from_slack_to_an_adviser_and_back(slack: SlackStage) -> None:
    asker, adviser = slack.person(), slack.person()
    room = slack.slack.channel("C0ADVISERS")
    room.members.add(adviser.id)

    await asker.command(COMMAND, "ask about somebody")
    assert "A referral can never be made without your name" in shown(asker).words
    await slack_desk.fill_in(asker, words=QUESTION, back="delivered")
    assert QUESTION in shown(asker).words
    await slack_desk.press(asker, "send")
    await settle(slack)

    [card] = room.messages
    assert QUESTION in card.words
    assert QUESTION not in card.text, "a notification says nothing of it"
    assert asker.id not in f"{card.words}{card.text}{card.metadata}{card.blocks}"
    await slack_desk.press_card(adviser, card, "claim")
    assert "You are looking at it." in shown(adviser).words
    await adviser.close(everything=True)
    await slack_desk.answer(adviser, card, ANSWER)
    await settle(slack)

    notices = [message for message in asker.messages if UPDATE in message.words]
    assert len(notices) == 2
    assert ANSWER not in f"{notices[-1].words}{notices[-1].text}"
    await asker.close(everything=True)
    await slack_desk.press_card(asker, notices[-1], "read")
    assert ANSWER in shown(asker).words
    assert "Answered." in room.messages[0].words
    await adviser.close(everything=True)
    await slack_desk.press_card(adviser, room.messages[0], "close")
    await settle(slack)
    assert "Closed." in room.messages[0].words


async def test_somebody_outside_the_advisers_channel_is_refused_in_slack(
    slack: SlackStage,
) -> None:
    asker, stranger = slack.person(), slack.person()
    await slack_desk.ask(asker, QUESTION, "code")
    await settle(slack)
    [card] = slack.slack.channel("C0ADVISERS").messages

    await slack_desk.press_card(stranger, card, "open")

    assert "Only advisers can open this." in shown(stranger).words
    assert QUESTION not in shown(stranger).words


@pytest.mark.parametrize("words", ["<!channel> <@U0PERSON1>", "<https://example.org|Yes> *so*"])
async def test_what_is_typed_in_slack_stays_words(slack: SlackStage, words: str) -> None:
    asker = slack.person()
    await slack_desk.ask(asker, words, "code")
    await settle(slack)

    [card] = slack.slack.channel("C0ADVISERS").messages
    texts = [block["text"] for block in card.blocks if block["type"] == "section"]
    assert [text for text in texts if words in text["text"]]
    assert all(text["type"] == "plain_text" for text in texts if words in text["text"])
    assert "<!channel>" not in card.text


async def test_from_advice_to_ask_the_check_may_go_along(slack: SlackStage) -> None:
    asker = slack.person()
    await asker.command(COMMAND)
    await answer(asker, "not_sure")
    await asker.submit()
    assert shown(asker).callback_id == "advice"

    await slack_desk.press(asker, "about")
    await slack_desk.fill_in(asker, words=QUESTION, back="code", attach="yes")
    await slack_desk.press(asker, "send")
    await settle(slack)

    [card] = slack.slack.channel("C0ADVISERS").messages
    assert "Answers of the check" in card.words


async def test_a_question_runs_from_teams_to_an_adviser_and_back(teams: TeamsStage) -> None:
    asker, adviser = teams.person(), teams.person()
    await asker.say("share-check")
    await adviser.say("share-check")
    room = teams.teams.conversations[ADVISERS]
    room.members.append(adviser.id)
    teams.teams.conversations[TEAM].members += [asker.id, adviser.id]

    await asker.say("ask")
    assert "A referral can never be made without your name" in asker.words
    await asker.press("Preview", {"words": QUESTION, "back": "delivered"})
    assert QUESTION in asker.words
    await asker.press("Send")
    await settle(teams)

    [card] = room.messages
    assert QUESTION in card.words
    assert asker.id not in str(card.activity)
    await pressed(adviser, card, "I will look at it")
    form = await pressed(adviser, card, "Send to the asker")
    preview = await pressed(adviser, card, "Preview", form, words=ANSWER, role="safeguarding_lead")
    await pressed(adviser, card, "Send to the asker", preview)
    await settle(teams)

    notices = [m for m in asker.messages if UPDATE in m.words]
    assert len(notices) == 2
    assert ANSWER not in notices[-1].words
    await asker.press("Read it", message=notices[-1])
    assert ANSWER in asker.words
    assert "Answered." in card.words
    await pressed(adviser, card, "Close")
    await settle(teams)
    assert "Closed." in card.words


async def test_somebody_outside_the_advisers_channel_is_refused_in_teams(
    teams: TeamsStage,
) -> None:
    asker, stranger = teams.person(), teams.person()
    await asker.say("ask")
    await asker.press("Preview", {"words": QUESTION, "back": "code"})
    await asker.press("Send")
    await settle(teams)
    [card] = teams.teams.conversations[ADVISERS].messages

    refused = await pressed(stranger, card, "Open")

    assert "Only advisers can open this." in words_of(refused)
    assert QUESTION not in words_of(refused)


async def test_nothing_of_a_question_is_remembered_for_a_chat(teams: TeamsStage) -> None:
    asker = teams.person()
    await asker.say("ask")
    await asker.press("Preview", {"words": QUESTION, "back": "code"})
    await asker.press("Send")
    token = next(
        action["data"]["_go"]["value"]
        for action in actions_of(asker.card)
        if action["data"].get("_go", {}).get("verb") == "read"
    )
    await asker.say("look again")

    keyring = teams.parts.conversation.keyring
    owner = keyring.owners("teams", teams.teams.tenant, asker.id)
    held = await teams.parts.sessions.load(owner, "chat")
    assert held is None or token.encode() not in held.value


async def test_an_answer_is_collected_from_the_home_tab(slack: SlackStage) -> None:
    asker, adviser = slack.person(), slack.person()
    room = slack.slack.channel("C0ADVISERS")
    room.members.add(adviser.id)
    await slack_desk.ask(asker, QUESTION, "code")
    code = spoken_in(shown(asker).words)
    await asker.close(everything=True)
    await settle(slack)
    await slack_desk.answer(adviser, room.messages[0], ANSWER)

    await asker.open_home()
    assert asker.home is not None
    assert "Ask an adviser" in asker.home.words
    await asker.press_home(slack_desk.action(asker.home, "code"))
    await slack_desk.fill_in(asker, code=code)

    assert ANSWER in shown(asker).words


async def test_an_answer_is_collected_from_the_desk_in_teams(teams: TeamsStage) -> None:
    asker = teams.person()
    await asker.say("ask")
    await asker.press("Preview", {"words": QUESTION, "back": "code"})
    await asker.press("Send")
    code = spoken_in(asker.words)

    await asker.say("desk")
    assert "Ask an adviser" in asker.words
    await asker.press("Answer for my code")
    await asker.press("Look up", {"code": code})

    assert QUESTION in asker.words


def spoken_in(text: str) -> str:
    """The thirteen words of a code that somebody was shown."""
    found = re.search(r"^(?:[a-z]+ ){12}[a-z]+$", text, re.MULTILINE)
    assert found is not None
    return found.group()


@pytest.fixture
async def page(teams: TeamsStage) -> AsyncIterator[Visitor]:
    """The web surface of the same bot, on which one person is asker and adviser."""
    parts = teams.parts
    panel = RegisterPanel(parts.register, parts.outbox, parts.drawings)
    parts.senders["web"] = PanelSender(parts.register)
    sending = asyncio.create_task(parts.outbox.run())
    async with (
        served(parts.conversation, panel, parts.reception.rooms) as url,
        visiting(url) as visitor,
    ):
        yield visitor
    await parts.outbox.close()
    await sending


async def test_it_can_be_tried_alone_on_the_web(page: Visitor) -> None:
    form = await page.open("/?open=ask")
    preview = await page.press(form, "go:enquiries:preview:", words=[QUESTION], back=["code"])
    send = _button(preview.main, "Send")
    sent = await page.press(preview, send)

    assert "Your code" in sent.main.text
    assert QUESTION in sent.by_id("advisers").text
    answer = _button(sent.by_id("advisers"), "Send to the asker")
    reply = await page.send({"verb": [answer]})
    verb = _button(reply.main, "Preview")
    shown = await page.press(reply, verb, words=[ANSWER], role=["adviser"])
    again = _button(shown.main, "Send to the asker")
    done = await page.press(shown, again)
    assert ANSWER in done.main.text
    read = _button(sent.main, "Look again")
    assert ANSWER in (await page.press(sent, read)).main.text


def _button(within: Element, label: str) -> str:
    """What a button sends."""
    return next(button["value"] for button in within.every("button") if button.text == label)
