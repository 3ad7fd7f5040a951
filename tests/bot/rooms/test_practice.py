"""The room to rehearse in: reached by its sub-command, answered privately, kept nowhere."""

import re

import pytest
from structlog.testing import capture_logs

from bot.reception import Reception
from bot.rooms import Visit
from bot.rooms.practice import PracticeRoom
from dialogs.pages import FormView, PageView
from dialogs.views import DangerView
from policies.practice import Rehearsal, read_rehearsals
from tests.bot.world import World, practitioner

WHO = practitioner()
REHEARSALS = read_rehearsals()


def reception(real: World, rehearsals: tuple[Rehearsal, ...] = REHEARSALS) -> Reception:
    return Reception(real.conversation, (PracticeRoom(real.conversation, rehearsals),))


def words(page: object) -> str:
    return re.sub(r"\s+", " ", str(page))


async def test_the_sub_command_offers_the_cases(real: World) -> None:
    shown = await reception(real).open(WHO, "practise")

    assert isinstance(shown.view, PageView)
    ways = [way for section in shown.view.sections for way in section.ways]
    assert len(ways) == sum(len(rehearsal.cases) for rehearsal in REHEARSALS)
    assert shown.view.emergency is not None


async def test_a_case_is_read_answered_and_explained(real: World) -> None:
    visit = reception(real).visit

    story = await visit(WHO, "practice", Visit("read", "friday_afternoon"))
    question = await visit(WHO, "practice", Visit("ask", "friday_afternoon"))
    assert isinstance(question.view, FormView)
    answer = Visit("answer", question.view.value, {"danger": ("harm",)})
    end = await visit(WHO, "practice", answer)

    assert "ten past" in words(story.view).casefold()
    assert "You came to what the policy says" in words(end.view)


@pytest.mark.parametrize(
    "visit",
    [
        Visit("", ""),
        Visit("read", "atlantis"),
        Visit("nonsense", "open_window"),
        Visit("cases"),
        Visit("answer", "atlantis:x", {"danger": ("now",)}),
    ],
)
async def test_what_is_not_known_leads_to_the_cases(real: World, visit: Visit) -> None:
    shown = await reception(real).visit(WHO, "practice", visit)

    assert isinstance(shown.view, PageView)
    assert shown.view.sections[1].ways


async def test_a_case_that_does_not_fit_the_policy_is_not_offered(real: World) -> None:
    [rehearsal, *_] = REHEARSALS
    first, second, *_ = rehearsal.cases
    broken = first.model_copy(update={"outcome": "nowhere"})
    cases = rehearsal.model_copy(update={"cases": (broken, second)})
    lost = rehearsal.model_copy(update={"pack": "atlantis"})

    shown = await reception(real, (lost, cases)).open(WHO, "practise")

    assert isinstance(shown.view, PageView)
    assert [way.value for s in shown.view.sections for way in s.ways] == [second.id]


async def test_nothing_of_it_is_kept_posted_or_logged(real: World) -> None:
    before = (await real.entries(), await real.rows())
    practised = reception(real)

    with capture_logs() as logs:
        await practised.open(WHO, "practise")
        await practised.visit(WHO, "practice", Visit("read", "different_cars"))
        form = {"risk": ("not_sure",)}
        await practised.visit(WHO, "practice", Visit("answer", "different_cars:no", form))

    assert (await real.entries(), await real.rows()) == before
    begun = await real.conversation.begin(WHO)
    assert isinstance(begun.view, DangerView)
    assert begun.view.open_checks == ()
    assert {line["event"] for line in logs} == {"room.visited"}
    assert not re.search("different_cars|not_sure|risk", str(logs))
