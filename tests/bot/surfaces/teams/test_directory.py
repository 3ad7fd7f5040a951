"""Who is who, by the rosters of the channels."""

from bot.checks.recording import Practitioner
from tests.bot.surfaces.teams.stage import ADVISERS, TEAM, Stage
from tests.fakes.teams import Fault, Person


def who(stage: Stage, person: Person) -> Practitioner:
    return Practitioner("teams", stage.teams.tenant, person.id)


async def test_advisers_are_in_their_channel_and_may_set_the_bot_up(stage: Stage) -> None:
    adviser, asker = stage.person(), stage.person()
    await asker.say("help")
    stage.teams.conversations[ADVISERS].members = [f"29:made-up-{n}" for n in range(600)]
    stage.teams.conversations[ADVISERS].members.append(adviser.id)
    directory = stage.surface.directory()

    assert await directory.is_member(who(stage, adviser), ADVISERS)
    assert await directory.is_admin(who(stage, adviser))
    assert not await directory.is_member(who(stage, asker), ADVISERS)
    assert not await directory.is_admin(who(stage, asker))


async def test_a_roster_is_asked_for_once_a_minute(stage: Stage) -> None:
    person = stage.person()
    await person.say("help")
    stage.teams.conversations[TEAM].members = [person.id, "29:other"]
    directory = stage.surface.directory()
    before = len(stage.teams.called("members"))

    counts = [await directory.members(stage.teams.tenant) for _ in range(5)]

    assert counts == [2] * 5
    assert len(stage.teams.called("members")) == before + 1


async def test_what_teams_does_not_answer_is_taken_as_no(stage: Stage) -> None:
    person = stage.person()
    await person.say("help")
    stage.teams.fail("members", Fault.STATUS, status=403, times=2)
    directory = stage.surface.directory()

    assert not await directory.is_admin(who(stage, person))
    assert await directory.members(stage.teams.tenant) is None
