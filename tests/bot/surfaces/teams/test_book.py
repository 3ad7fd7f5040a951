"""Where people are reached: written when it changes, remembered for some, guessed for nobody."""

import pytest

from bot.surfaces.teams import book as module
from bot.surfaces.teams.book import Book
from bot.surfaces.teams.payloads import Received, read
from tests.bot.surfaces.teams.stage import Stage


def seen(stage: Stage) -> Received:
    """Something that a new person did."""
    person = stage.person()
    return read(person.activity({"type": "typing"}, person.chat))


@pytest.fixture
def book(stage: Stage) -> Book:
    return stage.surface._book


async def test_a_tenant_that_nobody_wrote_from_is_reached_where_microsoft_begins(
    stage: Stage, book: Book
) -> None:
    found = await book.of_tenant("a-tenant-that-nobody-wrote-from")

    assert found.service_url == stage.surface._teams.hosts.first


async def test_what_has_not_changed_is_not_written_again(stage: Stage, book: Book) -> None:
    received = seen(stage)
    book.see(received)
    await book.close()

    book.see(received)
    assert book._under_way == set()
    book.see(received.model_copy(update={"service_url": f"{received.service_url}newer/"}))
    assert book._under_way

    await book.close()
    found = await book.of_person(received.tenant, received.sender.id)
    assert found is not None
    assert found.service_url.endswith("newer/")
    book.see(received)
    await book.close()


async def test_few_are_remembered_and_the_rest_are_found_all_the_same(
    stage: Stage, book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_REMEMBERED", 2)
    book._kept.clear()
    several = [seen(stage) for _ in range(4)]

    for received in several:
        book.see(received)
    await book.close()

    assert len(book._kept) == 2
    for received in several:
        assert await book.of_person(received.tenant, received.sender.id)
