"""Rooms on the web surface: their pages and forms."""

from collections.abc import AsyncIterator

import pytest

from bot.surfaces.web.pages import Pages
from tests.bot.guestbook import Guestbook
from tests.bot.surfaces.web.visitor import Visitor, served, visiting
from tests.bot.world import World


@pytest.fixture
async def guest(real: World) -> AsyncIterator[tuple[Visitor, Guestbook]]:
    book = Guestbook()
    async with (
        served(real.conversation, real.panel, (book,)) as address,
        visiting(address) as visitor,
    ):
        yield visitor, book


async def test_a_page_says_its_words_as_they_are(guest: tuple[Visitor, Guestbook]) -> None:
    visitor, _ = guest

    page = await visitor.open("/?open=guests")

    assert page.view == "page"
    assert "<b>One</b> & <!channel>" in page.main.text
    assert page.faults() == []


async def test_a_form_is_filled_in_and_marked(guest: tuple[Visitor, Guestbook]) -> None:
    visitor, book = guest
    page = await visitor.open("/?open=guests")

    form = await visitor.press(page, "go:guestbook:write:book-1")
    wrong = await visitor.press(form, "go:guestbook:sign:book-1", word=["far too many letters"])
    done = await visitor.press(wrong, "go:guestbook:sign:book-1", word=["hello"], kind=["b"])

    asked, more = form.main.text.split("Nothing is printed.")
    assert "Sign" in asked
    assert "Sign" not in more
    assert (form.view, wrong.view, done.view) == ("form", "form", "page")
    assert "Use at most 10 characters." in wrong.main.text
    assert wrong.faults() == []
    assert book.written == [{"about": "book-1", "kind": "b", "word": "hello"}]


def test_the_head_of_a_page_names_only_what_a_room_offers() -> None:
    with_a_desk = Pages({}, ("start", "desk", "help"))
    without = Pages({}, ("start", "resume", "help"))

    assert [word for word, _ in with_a_desk.ways_in] == ["start", "desk", "help"]
    assert [word for word, _ in without.ways_in] == ["start", "help"]


async def test_an_unknown_way_gets_help(guest: tuple[Visitor, Guestbook]) -> None:
    visitor, _ = guest

    page = await visitor.send({"verb": ["go:nowhere:at-all:x"]})

    assert (page.status, page.view) == (200, "page")
    assert "share-check guests" in page.main.text
