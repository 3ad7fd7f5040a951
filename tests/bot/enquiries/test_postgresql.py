"""The relay on PostgreSQL: the same course, and races that SQLite's one writer never sees."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from dialogs.enquiry.words import read_words
from tests.bot.enquiries.conftest import keys
from tests.bot.enquiries.stage import ADVISER, ASKER, QUESTION, Stage, person, staged, text_of
from tests.postgresql import PostgreSQL

WORDS = read_words()


@pytest.fixture
async def elephant(
    redis_url: str, tmp_path: Path, postgresql_server: PostgreSQL
) -> AsyncIterator[Stage]:
    async with (
        postgresql_server.database() as register,
        postgresql_server.database() as key_store,
        staged(redis_url, tmp_path, keys(), databases=(register, key_store)) as stage,
    ):
        yield stage


async def test_a_question_goes_its_whole_course(elephant: Stage) -> None:
    code = await elephant.ask(back="delivered")
    await elephant.pass_slot()
    await elephant.go(ADVISER, "claim", elephant.newest)
    await elephant.answer(ADVISER, elephant.newest)
    await elephant.settle()
    assert "Yes, tell them." in text_of(await elephant.go(ASKER, "read", code))
    assert len(elephant.channels.notices) == 2

    preview = await elephant.go(ASKER, "preview_more", code, words="And the GP?")
    await elephant.press(ASKER, preview, "send")
    await elephant.pass_slot()
    await elephant.go(ADVISER, "close", elephant.newest)
    await elephant.settle()
    await elephant.go(ASKER, "end", code)
    await elephant.pass_slot()

    assert WORDS.gone["words"] in text_of(await elephant.go(ASKER, "read", code))
    assert QUESTION not in text_of(elephant.channels.edits[-1])


async def test_two_processes_release_a_slot_once(elephant: Stage) -> None:
    for name in ("asker", "other", "third", "fourth"):
        await elephant.ask(person(name))
    elephant.clock.forward(seconds=600)

    await asyncio.gather(*(elephant.relay.releases.release() for _ in range(5)))
    await elephant.outbox.drain()

    assert len(elephant.channels.cards) == 4


async def test_two_advisers_at_once_and_one_claim(elephant: Stage) -> None:
    await elephant.ask()
    await elephant.pass_slot()
    who = [person(f"adviser{number}") for number in range(6)]
    elephant.people.advisers |= {each.person for each in who}

    views = await asyncio.gather(*(elephant.go(each, "claim", elephant.newest) for each in who))

    assert sum("You are looking at it." in text_of(view) for view in views) == 1
