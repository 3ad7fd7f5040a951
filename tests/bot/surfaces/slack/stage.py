"""The bot with its Slack surface in front of the fake Slack, everything else real."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from aiohttp import web
from pydantic import SecretStr

from bot.app import Parts, build
from bot.panel import register_mark
from bot.register.entries import Entry
from bot.settings import Settings
from bot.surfaces.slack import SlackSettings, SlackSurface, attach
from tests.fakes.slack import FakeSlack, Person
from tests.fakes.slack.channels import Message
from tests.fakes.slack.screens import OpenView

TEAM = "C0TEAM"
COMMAND = "/share-check"

# With nobody at risk, each way to share and the forms that follow are within reach.
ANSWERS = {
    "danger": "no",
    "risk": "child",
    "purpose": "yes",
    "identifiable": "yes",
    "confidential": "no",
    "organisation": "public_authority",
    "basis": "public_task",
    "special": "none",
    "talk": "will_tell",
    "receiver": "yes",
}
DECISION = {"choice": "share", "kinds": ["concern"], "receiver": "childrens_social_care"}


@dataclass
class Stage:
    """What a journey looks at."""

    slack: FakeSlack
    parts: Parts
    surface: SlackSurface
    url: str
    people: int = 0

    def person(self) -> Person:
        self.people += 1
        return Person(self.slack, f"U0PERSON{self.people}")

    async def entries(self, check: str) -> tuple[Entry, ...]:
        return await self.parts.register.find(check)

    async def summaries(self, reference: str) -> list[Message]:
        """The summaries of one check in the team's channel, once what it owes is out.

        A row of an earlier test may stand before it in the channel, waiting to be looked up.
        """
        async with asyncio.timeout(15):
            while await self._owes(reference):
                await self.parts.outbox.drain()
                await asyncio.sleep(0.05)
        standing = self.slack.channel(TEAM).messages
        return [message for message in standing if reference in message.words]

    async def _owes(self, reference: str) -> bool:
        rows = await self.parts.outbox.list("waiting")
        owed = [row for row in rows if row.purpose != "reminder"]
        return any(row.body.get("reference") == reference for row in owed)


@asynccontextmanager
async def set_up(redis_url: str, folder: Path, **more: Any) -> AsyncIterator[Stage]:
    """A stage of its own, on a free port."""
    async with FakeSlack() as slack, build(_settings(redis_url, folder, slack, **more)) as parts:
        slack.add_channel(TEAM, "team")
        application = web.Application()
        settings = SlackSettings(slack.bot_token, slack.signing_secret, slack.api_url)
        surface = attach(application, parts.reception, settings)
        parts.directories["slack"] = surface.directory()
        parts.senders["slack"] = surface.sender(
            partial(register_mark, parts.register), parts.drawings
        )
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.2)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
        slack.connect(url)
        try:
            yield Stage(slack, parts, surface, url)
        finally:
            await runner.cleanup()
            await surface.close()


def shown(person: Person) -> OpenView:
    """The modal on top."""
    assert person.view is not None
    return person.view


def question_of(person: Person) -> str:
    """The question that is being asked."""
    [field] = [field for field in shown(person).fields if field.action_id == "answer"]
    return field.block_id.rpartition(":")[0]


async def answer(person: Person, value: str) -> None:
    """Choose an answer and continue."""
    [field] = [field for field in shown(person).fields if field.action_id == "answer"]
    await person.submit({field.block_id: value})


async def answer_all(person: Person, answers: Mapping[str, str] = ANSWERS) -> None:
    """Answer every question that is asked, up to the review of the answers."""
    while shown(person).callback_id in ("danger", "question"):
        await answer(person, answers[question_of(person)])


async def reach_advice(person: Person) -> None:
    """From the command to the advice."""
    await person.command(COMMAND)
    await answer_all(person)
    await person.submit()


async def reach_form(person: Person) -> None:
    """From the command to the decision form."""
    await reach_advice(person)
    await person.submit()


async def fill_in(person: Person, **more: Any) -> None:
    """Fill the decision form in and ask for the preview."""
    fields = {field.action_id: field.block_id for field in shown(person).fields}
    chosen: dict[str, Any] = {**DECISION, **more}
    values: dict[str | tuple[str, str], Any] = {
        fields[name]: value for name, value in chosen.items()
    }
    await person.submit(values)


def check_of(person: Person) -> str:
    """The id of the check on the screen."""
    return str(shown(person).private_metadata.split('"')[3])


def reference_of(check: str) -> str:
    """The short name of a check."""
    return f"SC-{check[:4]}-{check[4:8]}".upper()


def _settings(redis_url: str, folder: Path, slack: FakeSlack, **more: Any) -> Settings:
    more = {"summary_channel": TEAM, **more}
    return Settings(
        redis_url=SecretStr(redis_url),
        var_dir=folder,
        slack_bot_token=SecretStr(slack.bot_token),
        slack_signing_secret=SecretStr(slack.signing_secret),
        slack_api_url=slack.api_url,
        **more,
    )
