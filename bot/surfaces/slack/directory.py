"""Who is who in a Slack workspace, asked of Slack and remembered for a minute at most."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import structlog

from bot.checks.recording import Practitioner
from bot.surfaces.slack.api import NotDone, Refused, SlackApi

log = structlog.get_logger(__name__)

FRESH_SECONDS = 60.0
COUNT_SECONDS = 3_600.0
ASKING_SECONDS = 2.0
"""Somebody waits for the answer, with a window to open in three seconds."""

ORGANISATION = "E"
"""What the id of an organisation begins with; a workspace's begins with T."""

PAGE, LARGE_PAGE = 200, 999
PAGES = 10
MOST_KEPT = 500
JOIN_IT = "type /invite @Share Check in that channel, then save again."
HINDRANCES = {
    "channel_not_found": f"Share Check cannot see this channel: {JOIN_IT}",
    "method_not_supported_for_channel_type": f"the channel is private: {JOIN_IT}",
    "is_archived": "the channel is archived: choose another one.",
    "missing_scope": f"Share Check may not join by itself: {JOIN_IT}",
}


@dataclass
class SlackDirectory:
    """Answers from Slack; what it does not answer is taken as no."""

    api: SlackApi
    now: Callable[[], float] = time.monotonic
    _members: dict[tuple[str, str], tuple[float, frozenset[str]]] = field(default_factory=dict)
    _counts: dict[str, tuple[float, int]] = field(default_factory=dict)

    async def is_admin(self, who: Practitioner) -> bool:
        """Whether Slack says that this person administers or owns the workspace, now.

        Where it is a whole organisation, administering one team of it is not enough.
        """
        try:
            told = await self._asked(who.tenant, "users.info", user=who.person)
        except NotDone as problem:
            return _unanswered(problem)
        user = told.get("user") or {}
        if who.tenant.startswith(ORGANISATION):
            user = user.get("enterprise_user") or {}
        return any(user.get(name) is True for name in ("is_admin", "is_owner"))

    async def is_member(self, who: Practitioner, channel: str) -> bool:
        """Whether this person is in a channel that the app is in."""
        kept = self._members.get((who.tenant, channel))
        if kept is None or kept[0] < self.now():
            try:
                kept = await self._members_of(who.tenant, channel)
            except NotDone as problem:
                return _unanswered(problem)
            _keep(self._members, (who.tenant, channel), kept)
        return who.person in kept[1]

    async def members(self, tenant: str) -> int | None:
        """How many people the workspace has; of a large one, that there are at least so many."""
        kept = self._counts.get(tenant)
        if kept is None or kept[0] < self.now():
            try:
                told = await self._asked(tenant, "users.list", limit=LARGE_PAGE)
            except NotDone as problem:
                _unanswered(problem)
                return None
            count = sum(_is_person(user) for user in told.get("members", ()))
            kept = (self.now() + COUNT_SECONDS, count)
            _keep(self._counts, tenant, kept)
        return kept[1]

    async def hindrance(self, tenant: str, channel: str) -> str:
        """What keeps the app from posting in a channel, in words; joins it if it is public."""
        try:
            told = await self._asked(tenant, "conversations.info", channel=channel)
            found = told.get("channel") or {}
            if found.get("is_archived"):
                return HINDRANCES["is_archived"]
            if not found.get("is_member"):
                await self._asked(tenant, "conversations.join", channel=channel)
        except Refused as refused:
            return HINDRANCES.get(refused.code, JOIN_IT)
        except NotDone:
            return "Slack could not be asked whether Share Check may post there. Save again."
        return ""

    async def _members_of(self, tenant: str, channel: str) -> tuple[float, frozenset[str]]:
        found: set[str] = set()
        cursor = ""
        for _ in range(PAGES):
            more = {"cursor": cursor} if cursor else {}
            told = await self._asked(
                tenant, "conversations.members", channel=channel, limit=PAGE, **more
            )
            found.update(map(str, told.get("members", ())))
            cursor = str((told.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                break
        return self.now() + FRESH_SECONDS, frozenset(found)

    async def _asked(self, tenant: str, method: str, **arguments: Any) -> dict[str, Any]:
        return await self.api.call(
            tenant, lambda c: c.api_call(method, params=arguments), ASKING_SECONDS
        )


def _is_person(user: Any) -> bool:
    match user:
        case {"id": "USLACKBOT"} | {"deleted": True} | {"is_bot": True}:
            return False
        case _:
            return True


def _unanswered(problem: Exception) -> bool:
    log.warning("slack.directory_unanswered", why=type(problem).__name__)
    return False


def _keep(table: dict[Any, Any], name: Any, value: Any) -> None:
    if len(table) >= MOST_KEPT:
        table.clear()
    table[name] = value
