"""What a workspace has chosen: kept sealed, with who and when, and never waited for."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncConnection
from structlog.testing import capture_logs

from bot.keys import Keyring
from bot.register.database import Database, RegisterUnavailable
from bot.register.tables import workspace_changes
from bot.workspaces import FRESH_SECONDS, Workspace, Workspaces
from dialogs.events import Answered, Confirmed, Decided, Deciding, Posted
from dialogs.views import AdviceView, DangerView, DecisionView, QuestionView
from policies.model import Contact
from tests.bot.clock import Clock
from tests.bot.world import SHARE, World, practitioner, world

KEYRING = Keyring((b"k" * 32,))
DEFAULT = Workspace(pack="england-2024", summary_channel="C0DEFAULT")
CONTACT = Contact(role="safeguarding_lead", name="Duty desk", number="07700 900123")


@pytest.fixture
def workspaces(database: Database, clock: Clock) -> Workspaces:
    return Workspaces(
        database, KEYRING, {"slack": DEFAULT}, Workspace(pack="briefing-2018"), clock
    )


async def test_what_is_not_chosen_is_the_environments(workspaces: Workspaces) -> None:
    assert await workspaces.of("slack", "T1") == DEFAULT
    assert (await workspaces.of("web", "here")).pack == "briefing-2018"

    await workspaces.change("slack", "T1", "U1", {"pack": "croydon-2008"})

    assert await workspaces.of("slack", "T1") == DEFAULT.model_copy(
        update={"pack": "croydon-2008"}
    )
    assert await workspaces.of("slack", "T2") == DEFAULT


async def test_another_process_hears_of_a_change_soon(
    workspaces: Workspaces, clock: Clock
) -> None:
    elsewhere = replace(workspaces)
    assert await elsewhere.of("slack", "T1") == DEFAULT

    await workspaces.change("slack", "T1", "U1", {"contacts": [CONTACT.model_dump(mode="json")]})
    before = await elsewhere.of("slack", "T1")
    clock.now += FRESH_SECONDS + 1

    assert before == DEFAULT
    assert (await elsewhere.of("slack", "T1")).contacts == (CONTACT,)


async def test_history_says_who_by_pseudonym_and_when(
    workspaces: Workspaces, clock: Clock
) -> None:
    await workspaces.change("slack", "T1", "U1", {"reminders": False})
    clock.now += 60
    await workspaces.change("slack", "T1", "U2", {})

    newest, oldest = await workspaces.history("slack", "T1")

    assert (newest.choices, oldest.choices) == ({}, {"reminders": False})
    assert (newest.at - oldest.at).total_seconds() == 60
    assert newest.by != oldest.by
    assert oldest.by == KEYRING.owners("slack", "T1", "U1")[0]
    assert await workspaces.history("slack", "T2") == ()


async def test_choices_are_sealed_for_their_own_workspace(
    workspaces: Workspaces, database: Database, clock: Clock
) -> None:
    await workspaces.change("slack", "T1", "U0SECRET", {"duty_number": "07700 900456"})

    async def rows(connection: AsyncConnection) -> list[Any]:
        return list(await connection.execute(select(workspace_changes)))

    said = str(await database.read(rows))
    assert "07700" not in said
    assert "U0SECRET" not in said

    async def swap(connection: AsyncConnection) -> None:
        await connection.execute(text("UPDATE workspace_changes SET tenant = 'T2'"))

    await database.write(swap)
    with capture_logs() as logged:
        assert await workspaces.of("slack", "T2") == DEFAULT
    assert [line["event"] for line in logged] == ["workspaces.unreadable"]


async def test_choices_that_fit_no_workspace_are_refused(workspaces: Workspaces) -> None:
    with pytest.raises(ValueError, match="fit no workspace") as refusal:
        await workspaces.change("slack", "T1", "U1", {"identity": "Jane Smith"})

    assert "Jane" not in str(refusal.value)
    assert await workspaces.history("slack", "T1") == ()


@pytest.mark.parametrize("known", ["croydon-2008", None])
async def test_a_silent_database_is_not_waited_for(
    workspaces: Workspaces, clock: Clock, known: str | None
) -> None:
    if known:
        await workspaces.change("slack", "T1", "U1", {"pack": known})
        clock.now += FRESH_SECONDS + 1

    async def hang(_: Callable[..., Awaitable[object]]) -> None:
        await asyncio.sleep(30)

    workspaces.database.read = hang  # type: ignore[method-assign,assignment]
    with capture_logs() as logged:
        started = asyncio.get_running_loop().time()
        found = await workspaces.of("slack", "T1")
        again = await workspaces.of("slack", "T1")
        waited = asyncio.get_running_loop().time() - started

    assert found == again
    assert found.pack == (known or "england-2024")
    assert waited < 0.8
    assert len(logged) == 1


async def test_a_dead_database_refuses_changes(workspaces: Workspaces) -> None:
    async def refuse(*_: object, **__: object) -> object:
        raise RegisterUnavailable

    workspaces.database.write = refuse  # type: ignore[method-assign,assignment]

    with pytest.raises(RegisterUnavailable):
        await workspaces.change("slack", "T1", "U1", {"reminders": False})


@pytest.fixture
async def england(redis_url: str, tmp_path: Path) -> AsyncIterator[World]:
    async with world(redis_url, tmp_path, pack="england-2024") as made:
        yield made


async def choose(world: World, **choices: Any) -> None:
    await world.conversation.workspaces.change("web", "test", "admin", choices)


BEFORE_ORGANISATION = ("no", "child", "yes", "yes", "no")


async def test_a_check_follows_the_workspaces_pack_and_contacts(england: World) -> None:
    lead = {"role": "emergency", "name": "Duty", "number": "07700 900999"}
    await choose(england, pack="croydon-2008", contacts=[lead])

    shown = await england.conversation.begin(practitioner())

    assert isinstance(shown.view, DangerView)
    assert shown.view.policy.id == "croydon-2008"
    assert shown.view.contacts[0].number == "07700 900999"


async def test_a_pack_that_is_gone_gives_way_to_the_default(england: World) -> None:
    await choose(england, pack="local-2020")

    shown = await england.conversation.begin(practitioner())

    assert isinstance(shown.view, DangerView)
    assert shown.view.policy.id == "england-2024"


async def test_the_kind_of_organisation_is_chosen_until_said_otherwise(england: World) -> None:
    await choose(england, organisation="voluntary")
    who = practitioner()

    shown = await england.answer(who, await england.conversation.begin(who), *BEFORE_ORGANISATION)
    assert isinstance(shown.view, QuestionView)
    assert (shown.view.asked.id, shown.view.asked.selected) == ("organisation", "voluntary")
    assert shown.check
    after = await england.conversation.take(
        who, shown.check, Answered(shown.turn, "organisation", None)
    )
    assert isinstance(after.view, QuestionView)
    assert after.view.asked.id == "organisation"
    shown = await england.answer(who, after, "private")

    assert isinstance(shown.view, QuestionView)
    assert shown.view.asked.id == "basis"


async def test_an_organisation_that_is_not_on_offer_is_not_chosen(england: World) -> None:
    await choose(england, organisation="a_made_up_kind")
    who = practitioner()

    shown = await england.answer(who, await england.conversation.begin(who), *BEFORE_ORGANISATION)

    assert isinstance(shown.view, QuestionView)
    assert shown.view.asked.selected is None


async def test_a_name_is_kept_only_where_the_first_screen_has_said_so(england: World) -> None:
    who = replace(practitioner(), name="Ayesha Khan")
    unnamed = await england.conversation.begin(who)
    assert isinstance(unnamed.view, DangerView)
    shown = await england.answer(who, unnamed, "no", "not_sure")
    await choose(england, identity="named")
    named = await england.conversation.begin(who)
    assert isinstance(named.view, DangerView)

    await england.conversation.take(who, str(shown.check), Confirmed(shown.turn))
    await england.advised(who, "no", "not_sure")
    bodies = [entry.body for entry in await england.entries()]

    assert "keep your name" in named.view.notice
    assert unnamed.view.notice == ""
    assert [body.get("named") for body in bodies] == [None, True]
    assert "Ayesha" not in str(bodies)


async def test_a_named_check_taken_up_from_the_register_stays_named(england: World) -> None:
    await choose(england, identity="named")
    who = replace(practitioner(), name="Ayesha Khan")
    advised = await england.advised(who, "no", "not_sure")
    assert isinstance(advised.view, AdviceView)
    assert advised.check
    await england.sessions.save(
        england.conversation.keyring.owners("web", "test", "ayesha"),
        advised.check,
        expected=advised.turn,
        turn=advised.turn,
        value=b"",
        drop=True,
    )

    form = await england.conversation.take(who, advised.check, Deciding(advised.turn))
    assert isinstance(form.view, DecisionView)
    filled = {**SHARE, "words": ("The safeguarding lead agreed.",)}
    shown = await england.conversation.take(who, advised.check, Decided(form.turn, filled))
    await england.conversation.take(who, advised.check, Posted(shown.turn, post=False))
    advice, decision = await england.entries()

    assert advice.body["named"] is decision.body["named"] is True
    assert "Ayesha" not in str(decision.body)
    kept = str(await england.register.text(decision))
    assert kept == "Decided by Ayesha Khan.\nThe safeguarding lead agreed."
