"""The desk: the checks of one practitioner, from Redis and the register."""

from datetime import date

import pytest

from bot.reception import Reception
from bot.rooms import Visit
from bot.rooms.desk import DeskRoom
from bot.sessions import DeskItem
from dialogs.events import Deleted, LeftUndecided, Posted
from dialogs.pages import PageView
from dialogs.views import (
    AdviceView,
    DangerView,
    DecisionView,
    ExpiredView,
    NotYoursView,
    QuestionView,
)
from tests.bot.world import World, practitioner

WHO = practitioner()
KNOWN = frozenset({"rules", "privacy"})


@pytest.fixture
def reception(real: World) -> Reception:
    return Reception(real.conversation, (DeskRoom(real.conversation, KNOWN),))


async def desk(reception: Reception) -> PageView:
    shown = await reception.visit(WHO, "desk", Visit("open"))
    assert isinstance(shown.view, PageView)
    assert (shown.check, shown.turn) == (None, 0)
    return shown.view


def said(page: PageView) -> str:
    return "\n".join(
        line for section in page.sections for line in (*section.lines, *section.bullets)
    )


async def test_an_empty_desk_welcomes_and_leads_to_what_there_is(reception: Reception) -> None:
    page = await desk(reception)

    assert page.sections[0].heading == "Welcome to Share Check"
    assert [way.value for way in page.ways] == ["rules", "privacy", "help"]


async def test_the_desk_opens_by_its_own_name(real: World, reception: Reception) -> None:
    await real.answer(WHO, await real.conversation.begin(WHO), "no")

    shown = await reception.open(WHO, "desk")

    assert shown.view == await desk(reception)


async def test_where_advisers_can_be_asked_the_desk_leads_to_them_and_to_answers(
    real: World,
) -> None:
    asking = Reception(real.conversation, (DeskRoom(real.conversation, frozenset({"ask"})),))

    ways = {way.label: way for way in (await desk(asking)).ways}

    assert ways["Ask an adviser"].value == "ask"
    answer = ways["Answer for my code"]
    assert (answer.room, answer.verb, answer.value) == ("enquiries", "code", "")


async def test_each_check_lies_in_its_pile(real: World, reception: Reception) -> None:
    await real.answer(WHO, await real.conversation.begin(WHO), "no")
    await real.advised(WHO, "no", "not_sure")
    decided = await real.advised(WHO, "no", "yes", "yes")
    await real.decided(WHO, decided)

    page = await desk(reception)

    headings = [section.heading for section in page.sections if section.heading]
    assert headings == ["Decisions to record", "Open checks", "Recorded"]
    assert f"Decision recorded, {date(2026, 11, 22)}" in said(page)


async def test_advice_posted_without_a_decision_still_waits_for_one(
    real: World, reception: Reception
) -> None:
    shown = await real.advised(WHO, "no", "not_sure")
    check = str(shown.check)
    form = await reception.visit(WHO, "desk", Visit("decide", check))
    preview = await real.conversation.take(WHO, check, LeftUndecided(form.turn))
    await real.conversation.take(WHO, check, Posted(preview.turn, post=True))

    again = await reception.open(WHO, "record")

    assert isinstance(form.view, DecisionView)
    assert isinstance(again.view, DecisionView)


async def test_what_has_run_out_lies_there_no_longer(real: World, reception: Reception) -> None:
    owner = real.conversation.keyring.owners(WHO.surface, WHO.tenant, WHO.person)
    line = b'{"reference":"SC-GONE-GONE","standing":"Not finished","day":"2026-11-20"}'
    shown = await real.answer(WHO, await real.conversation.begin(WHO), "no")
    await real.sessions.save(
        owner, "b" * 24, expected=None, turn=1, value=b"", desk=DeskItem("b" * 24, line), drop=True
    )

    page = await desk(reception)

    assert "SC-GONE" not in said(page)
    assert str(shown.check)[:4].upper() in said(page)


async def test_resume_and_record_open_the_only_one(real: World, reception: Reception) -> None:
    await real.answer(WHO, await real.conversation.begin(WHO), "no")
    await real.advised(WHO, "no", "not_sure")

    resumed = await reception.open(WHO, "resume")
    recording = await reception.open(WHO, "record")

    assert isinstance(resumed.view, QuestionView)
    assert isinstance(recording.view, DecisionView)


async def test_resume_lists_them_where_there_are_more_or_none(
    real: World, reception: Reception
) -> None:
    none = await reception.open(WHO, "resume")
    for _ in range(2):
        await real.answer(WHO, await real.conversation.begin(WHO), "no")
    two = await reception.open(WHO, "resume")

    assert isinstance(none.view, PageView)
    assert "no open check" in said(none.view)
    assert isinstance(two.view, PageView)
    assert said(two.view).count("Not finished") == 2


async def test_the_buttons_lead_to_the_check(real: World, reception: Reception) -> None:
    shown = await real.advised(WHO, "no", "not_sure")
    check = str(shown.check)

    read = await reception.visit(WHO, "desk", Visit("resume", check))
    deleted = await reception.visit(WHO, "desk", Visit("delete", check))
    once_more = await reception.visit(WHO, "desk", Visit("delete", "not a check"))

    assert isinstance(read.view, AdviceView)
    assert isinstance(deleted.view, ExpiredView)
    assert isinstance(once_more.view, NotYoursView)


async def test_the_first_screen_offers_what_is_not_done(real: World, reception: Reception) -> None:
    decided = await real.advised(WHO, "no", "yes", "yes")
    await real.decided(WHO, decided)
    waiting = await real.advised(WHO, "no", "not_sure")
    gone = await real.answer(WHO, await real.conversation.begin(WHO), "no")
    await real.conversation.take(WHO, str(gone.check), Deleted(gone.turn))

    shown = await reception.open(WHO, "start")

    assert isinstance(shown.view, DangerView)
    assert [line.check for line in shown.view.open_checks] == [waiting.check]
