"""Where the app is installed: the token for each workspace, sealed, and whether it still holds.

A token that Slack has taken back is erased; the row stays, and so does everything else that the
workspace has with us. Installing again puts a new token in its place.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

import structlog
from sqlalchemy import ColumnElement, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.keys import Keyring, Unopenable
from bot.register.database import Database
from bot.register.tables import installations

log = structlog.get_logger(__name__)

FRESH_SECONDS = 15.0
MOST_KEPT = 2_000


@dataclass(frozen=True)
class Installations:
    """The installations on one surface; what was read is known for some seconds."""

    database: Database
    keyring: Keyring
    surface: str
    now: Callable[[], float] = time.time
    _kept: dict[str, tuple[float, str | None]] = field(
        default_factory=dict, init=False, repr=False
    )

    async def put(self, tenant: str, token: str) -> None:
        """Installed, now or again; raises `RegisterUnavailable`."""
        row = {
            "surface": self.surface,
            "tenant": tenant,
            "state": "installed",
            "at": _moment(self.now()),
            "sealed": self.keyring.seal(token.encode(), self._name(tenant)),
        }

        async def work(connection: AsyncConnection) -> None:
            await connection.execute(delete(installations).where(self._is(tenant)))
            await connection.execute(insert(installations), row)

        await self.database.write(work)
        self._kept.pop(tenant, None)
        log.info("installations.added", surface=self.surface)

    async def token(self, tenant: str) -> str | None:
        """The token, or None where it is not installed any more; raises `RegisterUnavailable`."""
        kept = self._kept.get(tenant)
        if kept is None or kept[0] < self.now():
            kept = self.now() + FRESH_SECONDS, await self._read(tenant)
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[tenant] = kept
        return kept[1]

    async def gone(self, tenant: str, at: float) -> None:
        """Slack says that at this time it took the token back; a newer token stays.

        Raises `RegisterUnavailable`.
        """
        statement = (
            update(installations)
            .where(self._is(tenant), installations.c.at <= _moment(at))
            .values(state="gone", at=_moment(at), sealed=None)
        )

        async def work(connection: AsyncConnection) -> int:
            return (await connection.execute(statement)).rowcount

        self._kept.pop(tenant, None)
        if await self.database.write(work):
            log.warning("installations.gone", surface=self.surface)

    async def _read(self, tenant: str) -> str | None:
        query = select(installations.c.sealed).where(self._is(tenant))

        async def work(connection: AsyncConnection) -> bytes | None:
            return await connection.scalar(query)

        sealed = await self.database.read(work)
        if sealed is None:
            return None
        try:
            return self.keyring.open(sealed, self._name(tenant)).decode()
        except Unopenable:
            log.exception("installations.unreadable", surface=self.surface)
            return None

    def _is(self, tenant: str) -> ColumnElement[bool]:
        return (installations.c.surface == self.surface) & (installations.c.tenant == tenant)

    def _name(self, tenant: str) -> str:
        """The name under which a token is sealed: it opens for its own workspace only."""
        return f"installation:{self.surface}:{tenant}"


def _moment(at: float) -> str:
    """A time in which earlier ones sort first."""
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds")
