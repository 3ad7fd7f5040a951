"""Rooms in Slack: their pages and forms as modals and messages, held to Slack's limits."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from aiohttp import web

from bot.surfaces.slack import SlackSettings, attach
from tests.bot.guestbook import Guestbook
from tests.bot.surfaces.slack.stage import COMMAND, Stage, shown


@pytest.fixture
async def book(stage: Stage) -> AsyncIterator[Guestbook]:
    room = Guestbook()
    application = web.Application()
    slack = stage.slack
    settings = SlackSettings(slack.bot_token, slack.signing_secret, slack.api_url)
    reception = replace(stage.parts.reception, rooms=(room,))
    surface = attach(application, reception, settings)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    slack.connect(f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events")
    yield room
    slack.connect(stage.url)
    await runner.cleanup()
    await surface.close()


async def test_a_page_says_its_words_as_they_are(stage: Stage, book: Guestbook) -> None:
    person = stage.person()

    await person.command(COMMAND, "guests")

    seen = shown(person)
    assert (seen.callback_id, seen.title) == ("page", "The book")
    assert "<b>One</b> & <!channel>" in seen.words
    assert "999" in seen.words


async def test_a_button_leads_to_a_form_and_the_form_to_its_room(
    stage: Stage, book: Guestbook
) -> None:
    person = stage.person()
    await person.command(COMMAND, "guests")

    await person.press("go:guestbook:write:1.0")
    assert "Nothing is printed." in shown(person).words
    await person.submit({"kind:form": "a", "word:form": "hello", "words:form": "and more"})

    assert shown(person).title == "Thank you"
    assert book.written == [{"about": "book-1", "kind": "a", "word": "hello", "words": "and more"}]


async def test_a_form_is_marked_where_it_is_wrong(stage: Stage, book: Guestbook) -> None:
    person = stage.person()
    await person.command(COMMAND, "guests")
    await person.press("go:guestbook:write:1.0")

    await person.submit({"word:form": "   "})

    assert "Write something here." in shown(person).words or shown(person).errors
    assert book.written == []


async def test_a_form_can_be_left_by_a_button(stage: Stage, book: Guestbook) -> None:
    person = stage.person()
    await person.command(COMMAND, "guests")
    await person.press("go:guestbook:write:1.0")

    await person.press("go:guestbook:leave:1.0")

    assert shown(person).title == "The book"
