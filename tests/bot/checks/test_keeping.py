"""What a process remembers of checks, and that Redis has the last word."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.checks.keeping import Memory
from bot.conversation import Conversation
from dialogs.events import Answered, Confirmed, Deleted
from dialogs.session import Session
from dialogs.views import CheckAnswersView, ExpiredView, NotYoursView, QuestionView
from tests.bot.world import World, practitioner, world

OWNER = ("owner",)


def session(check: str, turn: int = 1) -> Session:
    return Session(check=check, pack="p", digest="d", turn=turn)


def test_a_memory_knows_a_check_by_owner_and_turn() -> None:
    memory = Memory()
    memory.put(OWNER, session("a"))

    assert memory.get(OWNER, "a", 1) == session("a")
    assert memory.get(OWNER, "a", 2) is None
    assert memory.get(("another",), "a", 1) is None
    assert memory.get(OWNER, "b", 1) is None
    memory.drop("a")
    assert memory.get(OWNER, "a", 1) is None


def test_a_memory_keeps_few_and_not_for_long() -> None:
    few, short = Memory(most=2), Memory(seconds=-1)
    for check in ("a", "b", "a", "c"):
        few.put(OWNER, session(check))
        short.put(OWNER, session(check))

    assert [few.get(OWNER, check, 1) is not None for check in "abc"] == [True, False, True]
    assert [short.get(OWNER, check, 1) for check in "abc"] == [None] * 3


@pytest.fixture
async def here(redis_url: str, tmp_path: Path) -> AsyncIterator[World]:
    async with world(redis_url, tmp_path) as made:
        yield made


@pytest.fixture
def elsewhere(here: World) -> Conversation:
    """Another process on the same stores, with a memory of its own."""
    return replace(here.conversation, keeper=replace(here.conversation.keeper))


async def test_a_step_from_memory_gives_way_to_what_redis_holds(
    here: World, elsewhere: Conversation
) -> None:
    who = practitioner()
    first = await here.answer(who, await here.conversation.begin(who), "no")
    assert first.check
    moved = await elsewhere.take(who, first.check, Answered(1, "purpose", "not_sure"))

    shown = await here.conversation.take(who, first.check, Answered(1, "purpose", "yes"))

    assert isinstance(shown.view, CheckAnswersView)
    assert shown == moved


async def test_nothing_is_recorded_from_memory_alone(here: World, elsewhere: Conversation) -> None:
    who = practitioner()
    shown = await here.answer(who, await here.conversation.begin(who), "no", "not_sure")
    assert shown.check
    await elsewhere.take(who, shown.check, Deleted(shown.turn))

    after = await here.conversation.take(who, shown.check, Confirmed(shown.turn))

    assert isinstance(after.view, ExpiredView)
    assert await here.entries() == []


async def test_a_deleted_check_is_not_gone_on_with_from_memory(
    here: World, elsewhere: Conversation
) -> None:
    who = practitioner()
    shown = await here.answer(who, await here.conversation.begin(who), "no")
    assert shown.check
    await elsewhere.take(who, shown.check, Deleted(shown.turn))

    after = await here.conversation.take(who, shown.check, Answered(1, "purpose", "yes"))

    assert isinstance(after.view, ExpiredView)


async def test_memory_is_nobody_elses(here: World) -> None:
    who = practitioner()
    shown = await here.answer(who, await here.conversation.begin(who), "no")
    assert shown.check

    theirs = await here.conversation.take(
        practitioner("beatriz"), shown.check, Answered(1, "purpose", "yes")
    )

    assert isinstance(theirs.view, NotYoursView)


async def test_a_check_moves_on_with_one_call_to_redis_for_each_answer(here: World) -> None:
    who = practitioner()
    shown = await here.answer(who, await here.conversation.begin(who), "no")
    asked: list[object] = []
    sessions = here.conversation.keeper.sessions
    sessions.load = lambda *call: asked.append(call)  # type: ignore[method-assign,assignment]

    shown = await here.answer(who, shown, "yes")

    assert isinstance(shown.view, QuestionView)
    assert asked == []
