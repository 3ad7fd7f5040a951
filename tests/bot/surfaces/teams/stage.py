"""The bot with its Teams surface in front of the fake Bot Connector, everything else real."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from aiohttp import web
from pydantic import SecretStr

from bot.app import Parts, build
from bot.panel import register_mark
from bot.register.entries import Entry
from bot.register.references import References
from bot.serving import teams_settings
from bot.settings import Settings
from bot.surfaces.teams import Stores, TeamsSurface, attach
from tests.fakes.teams import FakeTeams, Person
from tests.fakes.teams.cards import inputs_of
from tests.fakes.teams.conversations import Message

TEAM = "19:team@thread.tacv2"
ADVISERS = "19:advisers@thread.tacv2"

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
DECISION = {"choice": "share", "kinds": "concern", "receiver": "childrens_social_care"}


@dataclass
class Stage:
    """What a journey looks at."""

    teams: FakeTeams
    parts: Parts
    surface: TeamsSurface
    url: str
    people: int = 0

    def person(self, *, older_client: bool = False) -> Person:
        self.people += 1
        return Person(self.teams, f"person{self.people}", older_client=older_client)

    async def entries(self, check: str) -> tuple[Entry, ...]:
        return await self.parts.register.find(check)

    async def summaries(self, reference: str) -> list[Message]:
        """The summaries of one check in the team's channel, once what it owes is out."""
        async with asyncio.timeout(15):
            while await self._owes(reference):
                await self.parts.outbox.drain()
                await asyncio.sleep(0.05)
        standing = self.teams.conversations[TEAM].messages
        return [message for message in standing if reference in message.words]

    async def _owes(self, reference: str) -> bool:
        rows = await self.parts.outbox.list("waiting")
        owed = [row for row in rows if row.purpose != "reminder"]
        return any(row.body.get("reference") == reference for row in owed)


@asynccontextmanager
async def set_up(
    redis_url: str, folder: Path, default_pack: str = "england-2024"
) -> AsyncIterator[Stage]:
    """A stage of its own, on a free port."""
    async with (
        FakeTeams() as teams,
        build(settings_for(teams, folder, SecretStr(redis_url), default_pack)) as parts,
    ):
        teams.add_channel(TEAM)
        teams.add_channel(ADVISERS)
        application = web.Application()
        references = References(parts.register.database, parts.conversation.keyring)
        stores = Stores(references, parts.sessions)
        surface = attach(application, parts.reception, stores, teams_settings(parts.settings))
        await surface.start()
        parts.directories["teams"] = surface.directory()
        parts.senders["teams"] = surface.sender(
            partial(register_mark, parts.register), parts.drawings
        )
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.2)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        url = f"http://127.0.0.1:{runner.addresses[0][1]}/api/messages"
        teams.connect(url)
        try:
            yield Stage(teams, parts, surface, url)
        finally:
            await runner.cleanup()
            await surface.close()


def settings_for(
    teams: FakeTeams,
    folder: Path,
    redis_url: SecretStr | None = None,
    default_pack: str = "england-2024",
) -> Settings:
    """Settings of a bot that talks to this fake."""
    return Settings(
        redis_url=redis_url,
        var_dir=folder,
        default_pack=default_pack,
        microsoft_app_id=teams.app_id,
        microsoft_app_password=SecretStr(teams.app_password),
        microsoft_app_tenant_id=teams.tenant,
        teams_openid_metadata_url=teams.metadata_url,
        teams_token_url=teams.token_url,
        teams_service_hosts=teams.host,
        teams_summary_channel=TEAM,
        teams_adviser_channel=ADVISERS,
    )


async def answer_all(person: Person, answers: Mapping[str, str] = ANSWERS) -> None:
    """Answer every question that is asked, up to the review of the answers."""
    while person.view in ("danger", "question"):
        [question] = inputs_of(person.card)
        await person.choose(answers[question["id"]])


async def reach_advice(person: Person) -> None:
    """From the command to the advice."""
    await person.say("share-check")
    await answer_all(person)
    await person.press("Get the advice")


async def reach_form(person: Person) -> None:
    """From the command to the decision form."""
    await reach_advice(person)
    await person.press("Record a decision")


def check_of(person: Person) -> str:
    """The id of the check on the card."""
    return str(person.card["actions"][0]["data"]["_at"]["check"])


def reference_of(check: str) -> str:
    """The short name of a check."""
    return f"SC-{check[:4]}-{check[4:8]}".upper()
