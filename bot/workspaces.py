"""What an organisation has chosen for its people: a workspace of Slack, or a tenant of Teams.

What it has not chosen is the environment's. Every change is a row of its own, sealed, with who
made it (a pseudonym that only the keys can make) and when; the newest row holds.

Nobody waits for the database to begin a check: what was read last goes on being used while it does
not answer, and before anything was read the environment's choices are.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Literal, TypeAlias

import structlog
from pydantic import ValidationError
from pydantic_core import from_json, to_json
from sqlalchemy import RowMapping, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.keys import Keyring, Unopenable
from bot.register.database import Database, RegisterUnavailable
from bot.register.tables import workspace_changes
from policies.model import Contact, Value

log = structlog.get_logger(__name__)

FRESH_SECONDS = 15.0
READING_SECONDS = 0.4
"""A check's share of its three seconds that a workspace's choices may take."""

MOST_KEPT = 2_000

Choices: TypeAlias = Mapping[str, Any]
"""The fields of a `Workspace` that it has chosen itself."""


class Workspace(Value):
    """The choices of one workspace; what it has not chosen is the environment's.

    `enquiry_floor` is the number of people below which an asker is warned that so few could have
    sent a question. `retention_days` is how long free text is kept; None for as long as the entry.
    `words_approved` marks which words of the enquiries were approved, by a role and on a day.
    """

    pack: str
    summary_channel: str | None = None
    adviser_channel: str | None = None
    organisation: str | None = None
    identity: Literal["pseudonym", "named"] = "pseudonym"
    retention_days: int | None = None
    reminders: bool = True
    enquiry_floor: int = 20
    duty_number: str = ""
    contacts: tuple[Contact, ...] = ()
    words_approved_by: str = ""
    words_approved_on: date | None = None
    words_approved: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a workspace's choices: who (a pseudonym), when, and what they were then."""

    by: str
    at: datetime
    choices: Choices


@dataclass(slots=True)
class _Kept:
    """A workspace as it was read last."""

    workspace: Workspace
    until: float


@dataclass(frozen=True)
class Workspaces:
    """Finds and changes the choices of a workspace; `defaults` are the environment's."""

    database: Database
    keyring: Keyring
    defaults: Mapping[str, Workspace]
    others: Workspace = field(repr=False)
    now: Callable[[], float] = time.time
    _kept: dict[tuple[str, str], _Kept] = field(default_factory=dict, init=False, repr=False)

    async def of(self, surface: str, tenant: str) -> Workspace:
        """The choices of this workspace; never raises, and never waits for long."""
        kept = self._kept.get((surface, tenant))
        if kept is None:
            return await self._read(surface, tenant)
        if kept.until < self.now():
            # One caller looks; the others go on with what is known.
            kept.until = self.now() + READING_SECONDS
            return await self._read(surface, tenant)
        return kept.workspace

    async def change(self, surface: str, tenant: str, person: str, choices: Choices) -> Workspace:
        """Put these choices in the place of the last ones; raises `RegisterUnavailable`.

        Raises `ValueError` for choices that no workspace can have.
        """
        workspace = self.made(surface, choices)
        row = {
            "surface": surface,
            "tenant": tenant,
            "by": self.keyring.owners(surface, tenant, person)[0],
            "at": datetime.fromtimestamp(self.now(), UTC).isoformat(timespec="seconds"),
            "choices": self.keyring.seal(to_json(dict(choices)), _name(surface, tenant)),
        }

        async def work(connection: AsyncConnection) -> None:
            await connection.execute(insert(workspace_changes), row)

        await self.database.write(work)
        self._keep(surface, tenant, workspace)
        return workspace

    def chosen(self, surface: str, values: Choices) -> Choices:
        """Of these values, those that differ from the environment's; raises `ValueError`."""
        default, wanted = self._default(surface), self.made(surface, values)
        differing = {name for name, value in wanted if value != getattr(default, name)}
        return wanted.model_dump(mode="json", include=differing)

    async def choices(self, surface: str, tenant: str) -> Choices:
        """What this workspace has chosen itself; raises `RegisterUnavailable`."""
        changes = await self.history(surface, tenant, limit=1)
        return changes[0].choices if changes else {}

    async def history(self, surface: str, tenant: str, limit: int = 50) -> tuple[Change, ...]:
        """The last changes, newest first; raises `RegisterUnavailable`."""
        query = (
            select(workspace_changes)
            .where(workspace_changes.c.surface == surface, workspace_changes.c.tenant == tenant)
            .order_by(workspace_changes.c.position.desc())
            .limit(limit)
        )

        async def work(connection: AsyncConnection) -> list[RowMapping]:
            return list((await connection.execute(query)).mappings())

        return tuple(self._change(row) for row in await self.database.read(work))

    async def _read(self, surface: str, tenant: str) -> Workspace:
        try:
            async with asyncio.timeout(READING_SECONDS):
                workspace = self.made(surface, await self.choices(surface, tenant))
        except (TimeoutError, RegisterUnavailable):
            log.warning("workspaces.not_read", surface=surface)
            kept = self._kept.get((surface, tenant))
            workspace = kept.workspace if kept else self._default(surface)
        except (Unopenable, ValueError):
            log.exception("workspaces.unreadable", surface=surface)
            workspace = self._default(surface)
        self._keep(surface, tenant, workspace)
        return workspace

    def _keep(self, surface: str, tenant: str, workspace: Workspace) -> None:
        if len(self._kept) >= MOST_KEPT:
            self._kept.clear()
        self._kept[surface, tenant] = _Kept(workspace, self.now() + FRESH_SECONDS)

    def _default(self, surface: str) -> Workspace:
        return self.defaults.get(surface, self.others)

    def made(self, surface: str, choices: Choices) -> Workspace:
        """The workspace that these choices make; raises `ValueError` if they fit none."""
        default = self._default(surface)
        try:
            return Workspace.model_validate({**dict(default), **choices})
        except ValidationError:
            # The cause would quote the choices.
            raise ValueError("These choices fit no workspace.") from None

    def _change(self, row: RowMapping) -> Change:
        opened = self.keyring.open(row["choices"], _name(row["surface"], row["tenant"]))
        return Change(row["by"], datetime.fromisoformat(row["at"]), from_json(opened))


def _name(surface: str, tenant: str) -> str:
    """The name under which choices are sealed: they open for their own workspace only."""
    return f"workspace:{surface}:{tenant}"
