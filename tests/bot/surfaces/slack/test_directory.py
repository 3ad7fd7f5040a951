"""Who is who in Slack, and what keeps the app out of a channel."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace

import pytest

from bot.checks.recording import Practitioner
from bot.surfaces.slack.api import SlackApi
from bot.surfaces.slack.directory import COUNT_SECONDS, FRESH_SECONDS, SlackDirectory
from bot.surfaces.slack.settings import OneToken
from tests.fakes.slack import FakeSlack, Fault, Person

ADVISERS = "C0ADVISERS"


@dataclass
class Clock:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Office:
    slack: FakeSlack
    directory: SlackDirectory
    clock: Clock

    def who(self, person: Person) -> Practitioner:
        return Practitioner("slack", self.slack.workspace.identity.team_id, person.id)


@pytest.fixture
async def office() -> AsyncIterator[Office]:
    async with FakeSlack() as slack:
        slack.add_channel(ADVISERS, "advisers")
        api = SlackApi(OneToken(slack.bot_token), slack.api_url)
        clock = Clock()
        yield Office(slack, SlackDirectory(api, clock), clock)
        await api.close()


async def test_an_admin_is_who_slack_says(office: Office) -> None:
    admin, other = Person(office.slack, "U0A", is_admin=True), Person(office.slack, "U0B")

    assert await office.directory.is_admin(office.who(admin))
    assert not await office.directory.is_admin(office.who(other))
    assert not await office.directory.is_admin(replace(office.who(admin), person="U0NOBODY"))


async def test_people_are_counted_again_after_an_hour(office: Office) -> None:
    team = office.slack.workspace.identity.team_id
    Person(office.slack, "U0A")
    before = await office.directory.members(team)
    Person(office.slack, "U0B")

    meanwhile = await office.directory.members(team)
    office.clock.now += COUNT_SECONDS + 1
    after = await office.directory.members(team)

    assert before
    assert (meanwhile, after) == (before, before + 1)


async def test_what_is_remembered_of_many_channels_is_let_go(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.surfaces.slack.directory.MOST_KEPT", 2)
    person = Person(office.slack, "U0A")
    for number in range(3):
        office.slack.add_channel(f"C0{number}", f"channel-{number}")
        await office.directory.is_member(office.who(person), f"C0{number}")

    assert len(office.directory._members) <= 2


async def test_administering_one_team_of_an_organisation_is_not_enough(office: Office) -> None:
    everywhere = Person(office.slack, "U0A", is_org_admin=True)
    one_team = Person(office.slack, "U0B", is_admin=True)

    async def may(person: Person) -> bool:
        return await office.directory.is_admin(replace(office.who(person), tenant="E0ALL"))

    assert (await may(everywhere), await may(one_team)) == (True, False)


async def test_a_member_is_remembered_for_a_minute(office: Office) -> None:
    person = Person(office.slack, "U0A")
    assert not await office.directory.is_member(office.who(person), ADVISERS)

    person.join(ADVISERS)
    before = await office.directory.is_member(office.who(person), ADVISERS)
    office.clock.now += FRESH_SECONDS + 1
    after = await office.directory.is_member(office.who(person), ADVISERS)

    assert FRESH_SECONDS <= 60
    assert (before, after) == (False, True)
    assert len(office.slack.called("conversations.members")) == 2


async def test_every_page_of_members_is_read(office: Office) -> None:
    people = [Person(office.slack, f"U0{number:04}") for number in range(250)]
    for person in people:
        person.join(ADVISERS)

    assert await office.directory.is_member(office.who(people[-1]), ADVISERS)
    assert len(office.slack.called("conversations.members")) == 2


async def test_people_are_counted_without_bots_and_those_who_left(office: Office) -> None:
    workspace = office.slack.workspace
    for number in range(12):
        workspace.add_user(f"U0{number}")
    workspace.add_user("U0BOT", is_bot=True)
    workspace.add_user("U0LEFT", deleted=True)
    workspace.add_user("USLACKBOT")

    counted = [await office.directory.members("T0FAKE001") for _ in range(2)]

    assert counted == [12, 12]
    assert len(office.slack.called("users.list")) == 1


async def test_of_many_people_so_many_are_counted_as_one_question_tells(office: Office) -> None:
    for number in range(1_200):
        office.slack.workspace.add_user(f"U0{number}")

    assert await office.directory.members("T0FAKE001") == 999
    assert len(office.slack.called("users.list")) == 1


@pytest.mark.parametrize(
    ("method", "ask", "told"),
    [
        ("users.info", lambda office, who: office.directory.is_admin(who), False),
        ("conversations.members", lambda o, who: o.directory.is_member(who, ADVISERS), False),
        ("users.list", lambda office, who: office.directory.members(who.tenant), None),
    ],
)
async def test_what_slack_does_not_answer_is_no(
    office: Office,
    method: str,
    ask: Callable[[Office, Practitioner], Awaitable[object]],
    told: object,
) -> None:
    person = Person(office.slack, "U0A", is_admin=True)
    person.join(ADVISERS)
    for fault in (Fault.SERVER_ERROR, Fault.RATE_LIMITED, Fault.DROP):
        office.slack.fail(method, fault)

        assert await ask(office, office.who(person)) is told


async def test_a_public_channel_is_joined(office: Office) -> None:
    office.slack.add_channel("C0OPEN", "open", with_bot=False)

    assert await office.directory.hindrance("T0FAKE001", "C0OPEN") == ""
    assert "U0FAKEBOT" in office.slack.channel("C0OPEN").members
    assert await office.directory.hindrance("T0FAKE001", "C0OPEN") == ""
    assert len(office.slack.called("conversations.join")) == 1


async def test_what_keeps_the_app_out_is_said_with_the_remedy(office: Office) -> None:
    office.slack.add_channel("C0PRIVATE", "private", kind="private", with_bot=False)
    office.slack.add_channel("C0OLD", "old", archived=True)
    hindrance = office.directory.hindrance

    assert "/invite @Share Check" in await hindrance("T0FAKE001", "C0PRIVATE")
    assert "/invite @Share Check" in await hindrance("T0FAKE001", "C0NOWHERE")
    assert "archived" in await hindrance("T0FAKE001", "C0OLD")
    office.slack.fail("conversations.info", Fault.SERVER_ERROR)
    assert "could not be asked" in await hindrance("T0FAKE001", ADVISERS)
    office.slack.fail("conversations.info", Fault.SAY_ERROR, code="something_new")
    assert "/invite @Share Check" in await hindrance("T0FAKE001", ADVISERS)
