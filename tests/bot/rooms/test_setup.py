"""Setting a workspace up, for those who administer it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from bot.checks.recording import Practitioner
from bot.directories import Directory
from bot.reception import Reception
from bot.register.database import RegisterUnavailable
from bot.rooms import Visit
from bot.rooms.setup import SetupRoom
from dialogs.enquiry.words import read_words
from dialogs.pages import FormView, PageView
from dialogs.views import TryAgainView
from tests.bot.world import World, practitioner

ADMIN, OTHER = practitioner("admin"), practitioner("ayesha")
LEAST = {"pack": ("briefing-2018",), "identity": ("pseudonym",), "reminders": ("yes",)}


@dataclass
class Office:
    """A directory in which one person administers, and some channels are closed to the bot."""

    closed: Mapping[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    async def is_admin(self, who: Practitioner) -> bool:
        return who.person == "admin"

    async def is_member(self, who: Practitioner, channel: str) -> bool:
        return True

    async def members(self, tenant: str) -> int | None:
        return 30

    async def hindrance(self, tenant: str, channel: str) -> str:
        self.asked.append(channel)
        return self.closed.get(channel, "")


@pytest.fixture
def office() -> Office:
    return Office({"C0CLOSED": "invite the app with /invite first."})


@pytest.fixture
def reception(real: World, office: Office) -> Reception:
    directories: dict[str, Directory] = {"web": office}
    return Reception(real.conversation, (SetupRoom(real.conversation, directories),))


async def save(reception: Reception, **more: str) -> Any:
    form = {**LEAST, **{name: (value,) for name, value in more.items()}}
    return (await reception.visit(ADMIN, "setup", Visit("save", "", form))).view


def said(page: PageView) -> str:
    return "\n".join(
        line for section in page.sections for line in (*section.lines, *section.bullets)
    )


async def test_an_admin_sees_what_holds_and_changes_it(real: World, reception: Reception) -> None:
    page = (await reception.open(ADMIN, "setup")).view
    form = (await reception.visit(ADMIN, "setup", Visit("change"))).view
    saved = await save(reception, pack="croydon-2008", duty_number="07700 900456")
    workspace = await real.conversation.workspaces.of("web", "test")

    assert isinstance(page, PageView)
    assert "Nobody has changed it yet." in said(page)
    assert isinstance(form, FormView)
    assert form.form["pack"] == ("briefing-2018",)
    assert isinstance(saved, PageView)
    assert "Saved." in said(saved)
    assert "Last changed on " in said(saved)
    assert (workspace.pack, workspace.duty_number) == ("croydon-2008", "07700 900456")


async def test_only_what_differs_is_chosen(real: World, reception: Reception) -> None:
    await save(reception, enquiry_floor="20")
    await save(reception, enquiry_floor="8")

    newest, oldest = await real.conversation.workspaces.history("web", "test")

    assert (newest.choices, oldest.choices) == ({"enquiry_floor": 8}, {})


async def test_a_channel_that_is_closed_to_the_bot_is_named_with_the_remedy(
    reception: Reception, office: Office
) -> None:
    saved = await save(reception, summary_channel="C0CLOSED", adviser_channel="C0OPEN")

    assert "Summaries: invite the app with /invite first." in said(saved)
    assert "Questions to advisers:" not in said(saved).replace("Where do q", "")
    assert office.asked == ["C0CLOSED", "C0OPEN"]


async def test_past_changes_are_shown_with_who_and_when(real: World, reception: Reception) -> None:
    await real.conversation.workspaces.change(
        "web", "test", "somebody else", {"pack": "croydon-2008"}
    )
    await save(reception, pack="croydon-2008", enquiry_floor="8")
    await save(reception, pack="croydon-2008", enquiry_floor="8")

    page = (await reception.open(ADMIN, "setup")).view
    past = (await reception.visit(ADMIN, "setup", Visit("history"))).view

    assert isinstance(page, PageView)
    assert "history" in [way.verb for way in page.ways]
    assert "by you" in said(page)
    assert isinstance(past, PageView)
    newest, second, oldest = past.sections
    assert all(re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d UTC, by ", s.heading) for s in past.sections)
    assert newest.bullets == ("Saved with nothing changed.",)
    assert (len(second.bullets), "8" in second.bullets[0]) == (1, True)
    assert "by you" in second.heading
    assert "pseudonym" in oldest.heading
    assert oldest.bullets == ("Which policy do checks follow? Croydon 2008 (croydon-2008)",)


async def test_the_last_ten_changes_are_shown(real: World, reception: Reception) -> None:
    for floor in range(1, 13):
        await save(reception, enquiry_floor=str(floor))

    past = (await reception.visit(ADMIN, "setup", Visit("history"))).view

    assert isinstance(past, PageView)
    floors = [bullet.rpartition(" ")[2] for s in past.sections for bullet in s.bullets]
    assert floors == [str(floor) for floor in range(12, 2, -1)]


@pytest.mark.parametrize("verb", ["show", "change", "save", "history", "what"])
async def test_nobody_else_sees_or_changes_anything(
    real: World, reception: Reception, verb: str
) -> None:
    form = {**LEAST, "pack": ("croydon-2008",)}
    shown = await reception.visit(OTHER, "setup", Visit(verb, "", form))

    assert isinstance(shown.view, PageView)
    assert "Only people who administer" in said(shown.view)
    assert await real.conversation.workspaces.history("web", "test") == ()


async def test_a_surface_without_a_directory_has_no_admin(reception: Reception) -> None:
    shown = await reception.open(practitioner("admin", surface="slack"), "setup")

    assert isinstance(shown.view, PageView)
    assert "Only people who administer" in said(shown.view)


async def test_a_mistake_is_marked_and_nothing_is_saved(real: World, reception: Reception) -> None:
    wrong = await save(reception, contacts="lead", duty_number="07700 900456")

    assert isinstance(wrong, FormView)
    assert list(wrong.errors) == ["contacts"]
    assert wrong.form["duty_number"] == ("07700 900456",)
    assert await real.conversation.workspaces.history("web", "test") == ()


async def test_a_dead_database_says_try_again(real: World, reception: Reception) -> None:
    async def refuse(*_: object, **__: object) -> None:
        raise RegisterUnavailable

    real.register.database.write = refuse  # type: ignore[method-assign,assignment]

    assert isinstance(await save(reception), TryAgainView)


async def test_an_approval_of_the_words_is_of_the_words_of_that_day(
    real: World, reception: Reception
) -> None:
    lead = {"words_approved_by": "Safeguarding lead", "words_approved_on": "2026-11-25"}
    await save(reception, **lead)
    workspaces = real.conversation.workspaces
    first = await workspaces.of("web", "test")
    earlier = await workspaces.choices("web", "test")
    await workspaces.change("web", "test", "admin", {**earlier, "words_approved": "0" * 16})

    await save(reception, **lead, duty_number="07700 900456")
    kept = await workspaces.of("web", "test")
    await save(reception, **lead | {"words_approved_on": "2026-11-26"})
    again = await workspaces.of("web", "test")
    await save(reception)
    taken_back = await workspaces.of("web", "test")

    assert first.words_approved == read_words().mark
    assert kept.words_approved == "0" * 16, "changing something else approves nothing"
    assert again.words_approved == read_words().mark
    assert (taken_back.words_approved_by, taken_back.words_approved) == ("", "")
