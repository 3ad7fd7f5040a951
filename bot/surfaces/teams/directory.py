"""Who is in a channel, by the roster that Teams gives to a bot of its team.

A standard channel has everybody of its team; a private one has members of its own. Teams does not
tell a bot who owns a team, and anybody may add an app to a team of theirs, so those who may change
how the bot is set up are the members of the advisers' channel that the environment names.
"""

import time
from collections.abc import Callable

import structlog

from bot.checks.recording import Practitioner
from bot.register.database import RegisterUnavailable
from bot.surfaces.teams.book import Book
from bot.surfaces.teams.calls import NotDone, Place
from bot.surfaces.teams.connector import Connector

log = structlog.get_logger(__name__)

FRESH_SECONDS = 60.0
MOST_KEPT = 100
Roster = frozenset[str]


class TeamsDirectory:
    """Answers from rosters, each at most a minute old; what is not answered is taken as no."""

    def __init__(
        self,
        connector: Connector,
        book: Book,
        channels: tuple[str | None, str | None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Ask nothing yet; `channels` are those of the team and of the advisers."""
        self._connector = connector
        self._book = book
        self._team, self._advisers = channels
        self._clock = clock
        self._rosters: dict[tuple[str, str], tuple[float, Roster]] = {}

    async def is_admin(self, who: Practitioner) -> bool:
        """Whether this person is among the advisers that the environment names."""
        return self._advisers is not None and await self.is_member(who, self._advisers)

    async def is_member(self, who: Practitioner, channel: str) -> bool:
        """Whether this person is in a channel."""
        roster = await self._roster(who.tenant, channel)
        return roster is not None and who.person in roster

    async def members(self, tenant: str) -> int | None:
        """How many people are in the team that receives the summaries."""
        if self._team is None:
            return None
        roster = await self._roster(tenant, self._team)
        return None if roster is None else len(roster)

    async def hindrance(self, tenant: str, channel: str) -> str:
        """What keeps the bot from a channel: it has to be added to the channel's team."""
        if await self._roster(tenant, channel) is not None:
            return ""
        return "add Share Check to the team of this channel, then save again."

    async def _roster(self, tenant: str, channel: str) -> Roster | None:
        kept = self._rosters.get((tenant, channel))
        if kept is not None and self._clock() - kept[0] < FRESH_SECONDS:
            return kept[1]
        try:
            url = (await self._book.of_tenant(tenant)).service_url
            members = self._connector.members(Place(url, channel))
            roster = frozenset([str(member.get("id", "")) async for member in members])
        except (*NotDone, RegisterUnavailable) as problem:
            log.warning("teams.roster_not_read", why=type(problem).__name__)
            return None
        if len(self._rosters) >= MOST_KEPT:
            self._rosters.clear()
        self._rosters[tenant, channel] = (self._clock(), roster)
        return roster
