"""Where people are reached in Teams: read off every activity, kept sealed, always the newest.

An answer never waits for it. What has not changed since it was last kept is not written again.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from datetime import date

import structlog
from pydantic import ValidationError

from bot.keys import Keyring
from bot.register.database import RegisterUnavailable
from bot.register.references import References
from bot.surfaces.teams.calls import Place
from bot.surfaces.teams.hosts import Hosts
from bot.surfaces.teams.payloads import Received
from policies.model import Value

log = structlog.get_logger(__name__)

MOST_REMEMBERED = 10_000
DOMAIN = "teams-reference"
NOBODY = ""
"""In the place of a person, for what holds for everybody of a tenant."""
Subject = tuple[str, str]


class Reference(Value):
    """What it takes to write to somebody without having been asked just now."""

    service_url: str
    bot: str
    conversation: str = ""

    @property
    def place(self) -> Place:
        """The conversation."""
        return Place(self.service_url, self.conversation)


class Book:
    """Keeps and finds references."""

    def __init__(
        self, references: References, keyring: Keyring, hosts: Hosts, today: Callable[[], date]
    ) -> None:
        """Remember nothing yet."""
        self._references = references
        self._keyring = keyring
        self._hosts = hosts
        self._today = today
        self._kept: OrderedDict[Subject, tuple[Reference, date]] = OrderedDict()
        self._under_way: set[asyncio.Task[None]] = set()

    def see(self, received: Received) -> None:
        """Note where an activity came from, behind the answer to it."""
        bot, url = received.recipient.id, received.service_url
        self._note((received.tenant, NOBODY), Reference(service_url=url, bot=bot))
        if received.personal:
            chat = received.conversation.id
            reference = Reference(service_url=url, bot=bot, conversation=chat)
            self._note((received.tenant, received.sender.id), reference)

    async def of_person(self, tenant: str, person: str) -> Reference | None:
        """The chat with one person; raises `RegisterUnavailable`."""
        return await self._find((tenant, person))

    async def of_tenant(self, tenant: str) -> Reference:
        """How a tenant is reached; Microsoft's own way in, if nobody there has written yet."""
        found = await self._find((tenant, NOBODY))
        return found or Reference(service_url=self._hosts.first, bot="")

    async def forget(self, tenant: str, person: str) -> None:
        """Let go of somebody who took the bot out."""
        await asyncio.gather(*self._under_way)
        self._kept.pop((tenant, person), None)
        await self._references.forget(self._names((tenant, person)))

    async def close(self) -> None:
        """Finish what is being kept."""
        await asyncio.gather(*self._under_way)

    def _note(self, subject: Subject, reference: Reference) -> None:
        newest = (reference, self._today())
        if self._kept.get(subject) == newest:
            self._kept.move_to_end(subject)
            return
        self._kept[subject] = newest
        if len(self._kept) > MOST_REMEMBERED:
            self._kept.popitem(last=False)
        task = asyncio.create_task(self._keep(subject, *newest))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _keep(self, subject: Subject, reference: Reference, at: date) -> None:
        value = reference.model_dump_json().encode()
        try:
            await self._references.keep(self._names(subject), value, at)
        except RegisterUnavailable:
            self._kept.pop(subject, None)
            log.warning("teams.reference_not_kept")

    async def _find(self, subject: Subject) -> Reference | None:
        # Not what this process saw last: another one may have seen a newer address since.
        await asyncio.gather(*self._under_way)
        found = await self._references.find(self._names(subject))
        try:
            return Reference.model_validate_json(found) if found else None
        except ValidationError:
            return None

    def _names(self, subject: Subject) -> tuple[str, ...]:
        return self._keyring.owners(DOMAIN, *subject)
