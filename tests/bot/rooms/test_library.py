"""The library: what a policy says beside its questions, and the way to a check with another."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.reception import Reception
from bot.rooms import Visit
from bot.rooms.library import COMMANDS, LibraryRoom
from dialogs.events import Answered
from dialogs.pages import PageView
from dialogs.topics import TITLES
from dialogs.views import AdviceView, DangerView, NotYoursView, QuestionView
from tests.bot.world import World, practitioner, world

WHO = practitioner()
OTHER = practitioner("brendan")


def reception(world: World) -> Reception:
    """A way in that leads to the library."""
    return Reception(world.conversation, (LibraryRoom(world.conversation),))


@pytest.mark.parametrize("command", COMMANDS)
async def test_a_sub_command_reads_the_policy_of_the_workspace(real: World, command: str) -> None:
    shown = await reception(real).open(WHO, command)

    assert isinstance(shown.view, PageView)
    assert shown.view.title == TITLES[command]  # type: ignore[index]
    assert "Seven-minute briefing" in shown.view.sections[0].lines[0]


async def test_a_button_reads_another_policy(real: World) -> None:
    shown = await reception(real).visit(WHO, "library", Visit("agreements", "enfield-2006"))

    assert isinstance(shown.view, PageView)
    headings = [section.heading for section in shown.view.sections]
    assert "Three levels of agreement" in headings


@pytest.mark.parametrize(
    ("verb", "value"),
    [("", ""), ("nonsense", "croydon-2008"), ("rules", "<b>x</b>"), ("rules", "../../etc/x")],
)
async def test_what_is_not_known_gets_the_rules_of_a_policy(
    real: World, verb: str, value: str
) -> None:
    shown = await reception(real).visit(WHO, "library", Visit(verb, value))

    assert isinstance(shown.view, PageView)
    assert shown.view.title == "The rules"
    assert "<b>" not in str(shown.view)


async def test_every_policy_can_be_looked_up(real: World) -> None:
    shown = await reception(real).visit(WHO, "library", Visit("policies"))

    assert isinstance(shown.view, PageView)
    assert len(shown.view.sections) == len(real.conversation.shelf.library.ids)


@pytest.mark.parametrize("way_in", ["button", "word"])
async def test_a_check_can_begin_with_another_policy(real: World, way_in: str) -> None:
    if way_in == "button":
        shown = await reception(real).visit(WHO, "library", Visit("start", "enfield-2006"))
    else:
        shown = await reception(real).open(WHO, "start enfield-2006")
    assert isinstance(shown.view, DangerView)
    assert shown.view.policy.id == "enfield-2006"
    assert shown.view.open_checks == ()

    shown = await real.answer(WHO, shown, "no", "yes", "no")
    assert shown.check is not None
    again = await real.conversation.resume(WHO, shown.check)

    assert isinstance(again.view, QuestionView) is False
    assert again.view.policy.id == "enfield-2006"  # type: ignore[union-attr]


@pytest.mark.parametrize("text", ["start", "start atlantis-1999", "start briefing-2018"])
async def test_otherwise_a_check_begins_with_the_workspace_s(real: World, text: str) -> None:
    shown = await reception(real).open(WHO, text)

    assert isinstance(shown.view, DangerView)
    assert shown.view.policy.id == "briefing-2018"
    assert shown.check is not None
    assert (
        await real.sessions.load(real.conversation.keyring.owners(*_triple()), shown.check) is None
    )


def _triple() -> tuple[str, str, str]:
    return WHO.surface, WHO.tenant, WHO.person


async def test_without_redis_a_check_begins_all_the_same(tmp_path: Path) -> None:
    async with world("redis://127.0.0.1:1", tmp_path) as cut_off:
        shown = await reception(cut_off).open(WHO, "start enfield-2006")

    assert isinstance(shown.view, DangerView)
    assert shown.view.policy.id == "briefing-2018"


async def test_from_the_advice_to_a_page_and_back(real: World) -> None:
    advised = await real.advised(WHO, "no", "yes", "yes")
    assert isinstance(advised.view, AdviceView)
    way = advised.view.ways[0]
    way_in = reception(real)

    page = await way_in.visit(WHO, way.room, Visit(way.verb, way.value))
    assert isinstance(page.view, PageView)
    onward = next(each for each in page.view.ways if each.label == "Myths and facts")
    further = await way_in.visit(WHO, onward.room, Visit(onward.verb, onward.value))
    assert isinstance(further.view, PageView)
    back = further.view.ways[0]
    again = await way_in.visit(WHO, back.room, Visit(back.verb, back.value))
    stranger = await way_in.visit(OTHER, back.room, Visit(back.verb, back.value))

    assert back.label == "Back to your check"
    assert isinstance(again.view, AdviceView)
    assert (again.check, again.turn) == (advised.check, advised.turn)
    assert isinstance(stranger.view, NotYoursView)


async def test_an_answer_begins_the_check_that_was_chosen(real: World) -> None:
    shown = await reception(real).open(WHO, "start croydon-2008")
    assert shown.check is not None

    taken = await real.conversation.take(WHO, shown.check, Answered(0, "danger", "no"))

    assert isinstance(taken.view, QuestionView)
    assert taken.view.asked.id == "statutory_duty"
