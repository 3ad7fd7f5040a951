"""Sessions and desks: read in one round trip, written by one compare-and-set."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Self

import structlog

from bot.keys import Keyring
from bot.sessions import sealing
from bot.sessions.counts import Counts
from bot.sessions.drafts import Drafts
from bot.sessions.road import Road, Unavailable
from bot.sessions.script import DESK_SIZE, SAVE
from bot.sessions.sealing import DeskItem, Foreign, Held, Owner, check_key, desk_key

DAY = 24 * 60 * 60

log = structlog.get_logger()


class Gone(Exception):
    """The check that was to be continued is no longer kept: it ran out or was deleted."""


class Sessions:
    """What practitioners left open.

    An owner is every name that a practitioner goes by, one for each key of the ring, the current
    one first. Reads try all of them; writes go to the first, and leave nothing under the others.
    """

    def __init__(self, road: Road, keyring: Keyring, ttl: int, desk_ttl: int) -> None:
        self._road = road
        self._keyring = keyring
        self._ttl = str(ttl)
        self._desk_ttl = str(desk_ttl)

    @classmethod
    def open(cls, url: str, keyring: Keyring, *, ttl: int = DAY, desk_ttl: int = 30 * DAY) -> Self:
        """Sessions at a Redis URL; nothing is connected until the first call."""
        return cls(Road(url), keyring, ttl, desk_ttl)

    @property
    def drafts(self) -> Drafts:
        """What was typed and is not sent."""
        return Drafts(self._road)

    @property
    def counts(self) -> Counts:
        """What several processes count together."""
        return Counts(self._road)

    async def close(self) -> None:
        """Close every connection."""
        await self._road.close()

    async def ready(self) -> bool:
        """Say whether Redis answers."""
        try:
            await self._road.ask(("EXISTS", "ready"))
        except Unavailable:
            return False
        return True

    async def policy_warning(self) -> str | None:
        """Warn when Redis may throw sessions away for want of memory."""
        look = ("EVAL", "return redis.call('INFO', 'memory')", 1, "ready")
        try:
            [memory] = await self._road.ask(look)
        except Unavailable:
            return None  # Some hosts do not show it; whether Redis answers is for ready().
        policy = memory.partition(b"maxmemory_policy:")[2].split()[:1]
        if policy in ([], [b"noeviction"]):
            return None
        return (
            f"Redis has maxmemory-policy {policy[0].decode()}: it may drop open checks when "
            "memory is short. Set it to noeviction."
        )

    async def load(self, owner: Owner, check: str) -> Held | None:
        """The check as it stands."""
        replies = await self._road.ask(*(("GET", check_key(name, check)) for name in owner))
        for name, stored in zip(owner, replies, strict=True):
            if stored is not None:
                return await self._opened(name, check, stored)
        return None

    async def first(self, name: str, seconds: int) -> bool:
        """Whether nobody has said this name before, in so many seconds; it is said from now on."""
        [reply] = await self._road.ask(("SET", name, "1", "NX", "EX", seconds))
        return reply is not None

    async def kept(self, owner: Owner, checks: Sequence[str]) -> frozenset[str]:
        """Those of these checks that are still kept."""
        names = [(check, check_key(name, check)) for check in checks for name in owner]
        replies = await self._road.ask(*(("EXISTS", key) for _, key in names))
        return frozenset(check for (check, _), there in zip(names, replies, strict=True) if there)

    async def save(
        self,
        owner: Owner,
        check: str,
        *,
        expected: int | None,
        turn: int,
        value: bytes,
        desk: DeskItem | None = None,
        drop: bool = False,
    ) -> Held | None:
        """Put this turn in the place of the expected one; None when it stands, else what does.

        The same turn saved again is found standing, and counts as saved. `drop` deletes the check
        and, unless a desk item is given in its place, its line on the desk. Raises Gone when a
        turn was expected and no check stands.
        """
        change = _Change(check, expected, None if drop else Held(turn, value), desk)
        standing = await self._write(owner, change)
        return None if standing == change.held else standing

    async def desk(self, owner: Owner) -> tuple[DeskItem, ...]:
        """The practitioner's desk, what was touched last first."""
        replies = await self._road.ask(*(("HGETALL", desk_key(name)) for name in owner))
        found: dict[str, DeskItem] = {}
        for name, stored in zip(owner, replies, strict=True):
            for item in await self._opened_desk(name, stored):
                found.setdefault(item.check, item)
        return tuple(found.values())[:DESK_SIZE]

    async def _write(self, owner: Owner, change: "_Change") -> Held | None:
        try:
            standing = await self._swap(owner[0], change)
        except Gone:
            if len(owner) == 1:
                raise
            return await self._carry_over(owner, change)
        if change.held is None and standing is None:
            await self._forget(owner[1:], change.check)
        return standing

    async def _swap(self, name: str, change: "_Change") -> Held | None:
        check, held, desk = change.check, change.held, change.desk
        reply = await self._road.run(
            SAVE,
            (check_key(name, check), desk_key(name)),
            "" if change.expected is None else str(change.expected),
            sealing.seal_check(self._keyring, name, check, held) if held else b"",
            self._ttl,
            self._desk_ttl,
            desk.check if desk else check,
            sealing.seal_item(self._keyring, name, desk) if desk else b"",
        )
        match reply:
            case [1]:
                return None
            case [0, bytes() as stored]:
                return await self._opened(name, check, stored)
            case _:
                raise Gone

    async def _carry_over(self, owner: Owner, change: "_Change") -> Held | None:
        # Names under older keys may live in another slot, out of reach of one script.
        standing = await self.load(owner[1:], change.check)
        if standing is None:
            raise Gone
        if standing.turn != change.expected:
            return standing
        standing = await self._swap(owner[0], replace(change, expected=None))
        # What stays behind is never read before the new, and runs out by itself.
        with suppress(Unavailable):
            await self._forget(owner[1:], change.check)
        return standing

    async def _forget(self, names: Owner, check: str) -> None:
        for name in names:
            await self._road.ask(("DEL", check_key(name, check)), ("HDEL", desk_key(name), check))

    async def _opened(self, name: str, check: str, stored: bytes) -> Held:
        try:
            return sealing.open_check(self._keyring, name, check, stored)
        except Foreign as mistake:
            raise await self._distrust() from mistake

    async def _opened_desk(self, name: str, stored: list[bytes]) -> tuple[DeskItem, ...]:
        try:
            return sealing.open_items(self._keyring, name, stored)
        except Foreign as mistake:
            raise await self._distrust() from mistake

    async def _distrust(self) -> Unavailable:
        log.error("sessions.foreign_value_refused")
        await self._road.drop()
        return Unavailable("Redis answered with a value that belongs elsewhere.")


@dataclass(frozen=True, slots=True)
class _Change:
    """What a turn writes; no value to hold means that the check goes."""

    check: str
    expected: int | None
    held: Held | None
    desk: DeskItem | None
