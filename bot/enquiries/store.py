"""Enquiries as rows: reading them, and every change as one transaction.

Nothing here decides anything: `states.py` says what may be done, `relay.py` does it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, exists, insert, select, update
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
        return _first(await read_kept(self._database, enquiries.c.code == code))

    async def by_id(self, enquiry: str) -> Kept | None:
        """The enquiry of this id, if advisers may see any of it."""
        return _first(await read_kept(self._database, enquiries.c.id == enquiry, is_released()))

    async def open_ones(self, surface: str, tenant: str) -> tuple[Kept, ...]:
        """Every enquiry before the advisers of one place that is not closed."""
        return await read_kept(
            self._database,
            enquiries.c.surface == surface,
            enquiries.c.tenant == tenant,
            enquiries.c.status != Status.CLOSED.value,
            is_released(),
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
            await still(connection, kept)
            if line is not None:
                await connection.execute(insert(messages), _line_values(line))
            if values:
                change = update(enquiries).where(enquiries.c.id == kept.id).values(**values)
                await connection.execute(change)
            await connection.run_sync(insert_posts, self._keyring, posts)

        await self._database.write(work, lock=RELAY_LOCK)


OF_IT = messages.c.enquiry == enquiries.c.id


def is_released() -> ColumnElement[bool]:
    """Whether advisers have been shown anything of it."""
    shown = exists().where(OF_IT, messages.c.release_at.is_(None))
    return shown | enquiries.c.words_key.is_(None)


async def read_kept(database: Database, *conditions: ColumnElement[bool]) -> tuple[Kept, ...]:
    """Every enquiry of which this holds, in the order of their made-up names."""
    query = select(enquiries).where(*conditions).order_by(enquiries.c.name)

    async def work(connection: AsyncConnection) -> tuple[Kept, ...]:
        return tuple(_kept(row) for row in (await connection.execute(query)).mappings())

    return await database.read(work)


async def still(connection: AsyncConnection, kept: Kept) -> None:
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


def _first(found: tuple[Kept, ...]) -> Kept | None:
    return found[0] if found else None
