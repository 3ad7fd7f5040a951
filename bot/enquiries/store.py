"""Enquiries as rows: reading them, and every change as one transaction.

Nothing here decides anything: `states.py` says what may be done, `relay.py` does it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, insert, not_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.enquiries.tables import enquiries, messages
from bot.keys import Keyring
from bot.register.database import Database
from bot.register.posts import Post, insert_posts
from dialogs.enquiry.states import Status

RELAY_LOCK = 0x5368_6172_6541_736B


@dataclass(frozen=True, slots=True)
class Kept:
    """A row of the enquiries."""

    id: str
    name: str
    surface: str
    tenant: str
    status: Status
    back: str
    until: date
    claimed_by: str | None
    words_key: str | None
    route_key: str | None
    route: bytes | None = field(repr=False)
    remind_at: int | None
    reminded: int
    redraw_at: int | None


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the messages."""

    id: str
    enquiry: str
    place: int
    author: str
    sealed: bytes = field(repr=False)
    release_at: int | None


class Moved(Exception):
    """Somebody was quicker: the row is not what it was when it was read."""


class EnquiryStore:
    """Every row of the relay, in the register's database."""

    def __init__(self, database: Database, keyring: Keyring) -> None:
        """Keep rows here; the keyring is the outbox's."""
        self._database = database
        self._keyring = keyring

    async def add(self, row: Mapping[str, Any], line: Line) -> None:
        """Write a new enquiry with its first message; one that is there stays as it is."""

        async def work(connection: AsyncConnection) -> None:
            known = select(enquiries.c.id).where(enquiries.c.id == row["id"])
            if await connection.scalar(known) is None:
                await connection.execute(insert(enquiries), dict(row))
                await connection.execute(insert(messages), _line_values(line))

        await self._database.write(work, lock=RELAY_LOCK)

    async def by_code(self, code: bytes) -> Kept | None:
        """The enquiry that this code leads to."""
        return await self._one(enquiries.c.code == code)

    async def by_id(self, enquiry: str) -> Kept | None:
        """The enquiry of this id, if advisers may see any of it."""
        return await self._one(and_(enquiries.c.id == enquiry, _is_released()))

    async def open_ones(self, surface: str, tenant: str) -> tuple[Kept, ...]:
        """Every enquiry before the advisers of one place that is not closed."""
        return await self._all(
            enquiries.c.surface == surface,
            enquiries.c.tenant == tenant,
            enquiries.c.status != Status.CLOSED.value,
            _is_released(),
        )

    async def names(self) -> frozenset[str]:
        """Every made-up name that is taken."""

        async def work(connection: AsyncConnection) -> frozenset[str]:
            return frozenset(await connection.scalars(select(enquiries.c.name)))

        return await self._database.read(work)

    async def lines(self, enquiry: str) -> tuple[Line, ...]:
        """What was said, in order."""
        query = select(messages).where(messages.c.enquiry == enquiry).order_by(messages.c.place)

        async def work(connection: AsyncConnection) -> tuple[Line, ...]:
            return tuple(Line(**row) for row in (await connection.execute(query)).mappings())

        return await self._database.read(work)

    async def to_redraw(self, now: int) -> tuple[Kept, ...]:
        """Enquiries whose cards are to be brought up to date."""
        return await self._all(enquiries.c.redraw_at <= now)

    async def to_remind(self, now: int) -> tuple[Kept, ...]:
        """Enquiries that nobody has taken up for a while."""
        return await self._all(enquiries.c.remind_at <= now)

    async def expired(self, today: date) -> tuple[Kept, ...]:
        """Enquiries whose words are to be destroyed by now."""
        return await self._all(enquiries.c.until <= today, enquiries.c.words_key.is_not(None))

    async def long_gone(self, day: date) -> tuple[Kept, ...]:
        """Enquiries of which nothing need be remembered any more."""
        return await self._all(enquiries.c.until <= day, enquiries.c.words_key.is_(None))

    async def closed_with_route(self) -> tuple[Kept, ...]:
        """Closed enquiries whose asker is not forgotten yet, unless they have just asked more."""
        return await self._all(
            enquiries.c.status == Status.CLOSED.value,
            enquiries.c.route_key.is_not(None),
            not_(exists().where(*_of_it, messages.c.release_at.is_not(None))),
        )

    async def change(
        self,
        kept: Kept,
        values: Mapping[str, Any],
        *,
        line: Line | None = None,
        posts: Sequence[Post] = (),
    ) -> None:
        """Write a change with what is said and posted because of it; raises `Moved`.

        A message that is there already counts as said, so that sending twice is once.
        """

        async def work(connection: AsyncConnection) -> None:
            if line is not None:
                known = select(messages.c.id).where(messages.c.id == line.id)
                if await connection.scalar(known) is not None:
                    return
            await _still(connection, kept)
            if line is not None:
                await connection.execute(insert(messages), _line_values(line))
            if values:
                change = update(enquiries).where(enquiries.c.id == kept.id).values(**values)
                await connection.execute(change)
            await connection.run_sync(insert_posts, self._keyring, posts)

        await self._database.write(work, lock=RELAY_LOCK)

    async def unreleased(self, now: int) -> tuple[tuple[Kept, Line], ...]:
        """The messages whose time has come, each with its enquiry."""
        query = (
            select(messages)
            .where(messages.c.release_at.is_not(None), messages.c.release_at <= now)
            .order_by(messages.c.id)
        )

        async def work(connection: AsyncConnection) -> tuple[Line, ...]:
            return tuple(Line(**row) for row in (await connection.execute(query)).mappings())

        lines = await self._database.read(work)
        wanted = {line.enquiry for line in lines}
        found = {kept.id: kept for kept in await self._all(enquiries.c.id.in_(wanted))}
        return tuple((found[line.enquiry], line) for line in lines if line.enquiry in found)

    async def release(
        self, due: Sequence[tuple[Kept, Line]], changes: Mapping[str, Any], posts: Sequence[Post]
    ) -> None:
        """Let advisers see these messages, and post them in this order; raises `Moved`."""

        async def work(connection: AsyncConnection) -> None:
            for kept in {kept.id: kept for kept, _ in due}.values():
                await _still(connection, kept)
            for _, line in due:
                shown = (
                    update(messages)
                    .where(messages.c.id == line.id, messages.c.release_at == line.release_at)
                    .values(release_at=None)
                )
                if (await connection.execute(shown)).rowcount != 1:
                    raise Moved
            for enquiry, values in changes.items():
                change = update(enquiries).where(enquiries.c.id == enquiry).values(**values)
                await connection.execute(change)
            await connection.run_sync(insert_posts, self._keyring, posts)

        await self._database.write(work, lock=RELAY_LOCK)

    async def _one(self, condition: ColumnElement[bool]) -> Kept | None:
        found = await self._all(condition)
        return found[0] if found else None

    async def _all(self, *conditions: ColumnElement[bool]) -> tuple[Kept, ...]:
        query = select(enquiries).where(*conditions).order_by(enquiries.c.name)

        async def work(connection: AsyncConnection) -> tuple[Kept, ...]:
            return tuple(_kept(row) for row in (await connection.execute(query)).mappings())

        return await self._database.read(work)


_of_it = (messages.c.enquiry == enquiries.c.id,)


def _is_released() -> ColumnElement[bool]:
    """Whether advisers have been shown anything of it."""
    shown = exists().where(*_of_it, messages.c.release_at.is_(None))
    return shown | enquiries.c.words_key.is_(None)


async def _still(connection: AsyncConnection, kept: Kept) -> None:
    """Hold the row, which must be as it was read."""
    standing = select(enquiries).where(enquiries.c.id == kept.id).with_for_update()
    found = (await connection.execute(standing)).mappings().one_or_none()
    if found is None or _kept(found) != kept:
        raise Moved


def _kept(row: Mapping[Any, Any]) -> Kept:
    values = {name: value for name, value in row.items() if name != "code"}
    return Kept(**{**values, "status": Status(values["status"])})


def _line_values(line: Line) -> dict[str, Any]:
    return {name: getattr(line, name) for name in Line.__slots__}
