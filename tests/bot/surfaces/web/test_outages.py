"""What a practitioner meets when something behind the page does not answer."""

from collections.abc import Sequence
from dataclasses import replace

from structlog.testing import capture_logs

from bot.outbox import Parked
from bot.panel import EntryLine, PostedSummary
from bot.register.database import RegisterUnavailable
from bot.sessions import Sessions
from bot.statistics import Statistics
from dialogs.pages import PageView
from policies.library import Library
from tests.bot.outbox.channels import Channel
from tests.bot.surfaces.web.visitor import Visitor, served, visiting
from tests.bot.world import World


class Silent:
    """A register that does not answer."""

    async def summaries(self) -> Sequence[PostedSummary]:
        raise RegisterUnavailable("It is down.")

    async def held(self, check: str) -> str:
        raise RegisterUnavailable("It is down.")

    async def statistics(self, library: Library) -> Statistics:
        raise RegisterUnavailable("It is down.")

    async def entries(self) -> Sequence[EntryLine]:
        raise RegisterUnavailable("It is down.")

    async def advisers(self) -> Sequence[PageView]:
        raise RegisterUnavailable("It is down.")

    async def owes(self) -> bool:
        raise RegisterUnavailable("It is down.")


class Faulty:
    """A panel with a fault that nobody foresaw."""

    async def summaries(self) -> Sequence[PostedSummary]:
        raise ZeroDivisionError

    async def held(self, check: str) -> str:
        raise ZeroDivisionError

    async def statistics(self, library: Library) -> Statistics:
        raise ZeroDivisionError

    async def entries(self) -> Sequence[EntryLine]:
        raise ZeroDivisionError

    async def advisers(self) -> Sequence[PageView]:
        raise ZeroDivisionError

    async def owes(self) -> bool:
        raise ZeroDivisionError


async def test_without_redis_the_same_form_waits(real: World) -> None:
    dead = Sessions.open("redis://127.0.0.1:1/0", real.conversation.keyring)
    keeper = replace(real.conversation.keeper, sessions=dead)
    conversation = replace(real.conversation, keeper=keeper)

    async with served(conversation, real.panel) as url, visiting(url) as visitor:
        page = await visitor.answer("no")
    await dead.close()

    [form] = [f for f in page.main.every("form") if f.every("input")]
    assert page.view == "expired"
    assert "Nothing is lost" in page.main.text
    assert {i["name"]: i["value"] for i in form.every("input")}["danger"] == "no"


async def test_without_redis_danger_is_answered_all_the_same(real: World) -> None:
    dead = Sessions.open("redis://127.0.0.1:1/0", real.conversation.keyring)
    keeper = replace(real.conversation.keeper, sessions=dead)
    conversation = replace(real.conversation, keeper=keeper)

    async with served(conversation, Silent()) as url, visiting(url) as visitor:
        page = await visitor.answer("now")
    await dead.close()

    assert (page.view, page.one("h1").text) == ("advice", "Call 999 now. Consent is not needed.")


async def test_a_silent_register_is_said_so_beside(real: World) -> None:
    async with served(real.conversation, Silent()) as url, visiting(url) as visitor:
        page = await visitor.open()

    assert "The register does not answer just now" in page.by_id("register").text
    assert "The channel does not answer just now" in page.by_id("channel").text
    assert "The advisers' room does not answer just now" in page.by_id("advisers").text


async def test_a_fault_of_ours_still_names_999(real: World) -> None:
    with capture_logs() as logged:
        async with (
            served(real.conversation, Faulty()) as url,
            visiting(url) as visitor,
            visitor.session.get(url) as response,
        ):
            text = await response.text()

    failure = next(line for line in logged if line["event"] == "web.request_failed")
    assert failure["reference"] in text
    assert response.status == 500
    assert "In an emergency call 999" in text
    assert "ZeroDivisionError" not in text


async def test_a_summary_that_does_not_go_out_is_said_on_the_last_page(
    real: World, visitor: Visitor
) -> None:
    real.senders["web"] = Channel(Parked("The room is gone.", "Make it again."))

    done = await visitor.press(await visitor.previewed("no", "yes", "yes"), "post")

    assert done.view == "done"
    assert "The summary is not in your team's channel." in done.main.text
    assert [entry.kind for entry in await real.entries()] == ["advice", "decision"]
