"""The way in for what is not an event of a check."""

import pytest

from bot.reception import Reception, Visit
from dialogs.pages import FormView, PageView
from dialogs.views import DangerView, TryAgainView
from tests.bot.guestbook import Guestbook
from tests.bot.world import World, practitioner

WHO = practitioner()


@pytest.mark.parametrize("text", ["", "start", " Start now", "resume"])
async def test_a_check_begins_with_the_danger_question(real: World, text: str) -> None:
    shown = await Reception(real.conversation).open(WHO, text)

    assert isinstance(shown.view, DangerView)


@pytest.mark.parametrize("text", ["help", "what now", "Jane Smith", "<!channel>"])
async def test_what_is_not_known_gets_help_and_is_not_repeated(real: World, text: str) -> None:
    shown = await Reception(real.conversation, (Guestbook(),)).open(WHO, text)

    assert isinstance(shown.view, PageView)
    words = " ".join(line for section in shown.view.sections for line in section.bullets)
    assert "share-check guests: Write in the book." in words
    assert "jane" not in words.lower()
    assert shown.view.emergency is not None


async def test_a_sub_command_opens_its_room(real: World) -> None:
    shown = await Reception(real.conversation, (Guestbook(),)).open(WHO, "GUESTS of honour")

    assert isinstance(shown.view, PageView)
    assert shown.view.title == "The book"


async def test_a_way_opens_what_a_sub_command_opens(real: World) -> None:
    reception = Reception(real.conversation, (Guestbook(),))

    shown = await reception.visit(WHO, "help", Visit("open", "guests"))

    assert isinstance(shown.view, PageView)
    assert shown.view.title == "The book"


async def test_a_form_comes_back_with_its_mistakes_and_what_was_typed(real: World) -> None:
    book = Guestbook()
    reception = Reception(real.conversation, (book,))

    shown = await reception.visit(WHO, book.name, Visit("sign", "x", {"words": ("hello",)}))

    assert isinstance(shown.view, FormView)
    assert shown.view.errors == {"word": "Write something here."}
    assert shown.view.form == {"words": ("hello",)}
    assert book.written == []


@pytest.mark.parametrize("room", ["", "nowhere", "help"])
async def test_a_room_that_is_not_known_gets_help(real: World, room: str) -> None:
    shown = await Reception(real.conversation, (Guestbook(),)).visit(WHO, room, Visit("any"))

    assert isinstance(shown.view, PageView)
    assert shown.view.title == "Share Check"


async def test_a_store_that_does_not_answer_gets_try_again(real: World) -> None:
    book = Guestbook()

    shown = await Reception(real.conversation, (book,)).visit(WHO, book.name, Visit("break"))

    assert isinstance(shown.view, TryAgainView)
