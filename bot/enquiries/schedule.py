"""What is due of enquiries, as rows, and the transaction in which a slot is released."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import and_, exists, not_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.enquiries.store import OF_IT, RELAY_LOCK, Kept, Line, Moved, read_kept, still
from bot.enquiries.tables import enquiries, messages
from bot.keys import Keyring
from bot.register.database import Database
from bot.register.posts import Post, insert_posts
from dialogs.enquiry.states import Status


class Schedule:
    """Reads what time has something to do about."""

    def __init__(self, database: Database, keyring: Keyring) -> None:
        """Read rows here; the keyring is the outbox's."""
        self._database = database
        self._keyring = keyring

    async def is_anything_due(self, now: int, today: date, long_ago: date) -> bool:
        """Whether time has something to do: one question, which every process asks each second."""
        waits = exists().where(messages.c.release_at <= now)
        is_due = exists().where(
            or_(
                enquiries.c.redraw_at <= now,
                enquiries.c.remind_at <= now,
                and_(enquiries.c.until <= today, enquiries.c.words_key.is_not(None)),
                enquiries.c.until <= long_ago,
                and_(
                    enquiries.c.status == Status.CLOSED.value, enquiries.c.route_key.is_not(None)
                ),
            )
        )

        async def work(connection: AsyncConnection) -> bool:
            return bool(await connection.scalar(select(or_(waits, is_due))))

        return await self._database.read(work)

    async def to_redraw(self, now: int) -> tuple[Kept, ...]:
        """Enquiries whose cards are to be brought up to date."""
        return await read_kept(self._database, enquiries.c.redraw_at <= now)

    async def to_remind(self, now: int) -> tuple[Kept, ...]:
        """Enquiries that nobody has taken up for a while."""
        return await read_kept(self._database, enquiries.c.remind_at <= now)

    async def expired(self, today: date) -> tuple[Kept, ...]:
        """Enquiries whose words are to be destroyed by now."""
        return await read_kept(
            self._database, enquiries.c.until <= today, enquiries.c.words_key.is_not(None)
        )

    async def long_gone(self, day: date) -> tuple[Kept, ...]:
        """Enquiries of which nothing need be remembered any more."""
        return await read_kept(
            self._database, enquiries.c.until <= day, enquiries.c.words_key.is_(None)
        )

    async def closed_with_route(self) -> tuple[Kept, ...]:
        """Closed enquiries whose asker is not forgotten yet, unless they have just asked more."""
        return await read_kept(
            self._database,
            enquiries.c.status == Status.CLOSED.value,
            enquiries.c.route_key.is_not(None),
            not_(exists().where(OF_IT, messages.c.release_at.is_not(None))),
        )

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
        found = {
            kept.id: kept for kept in await read_kept(self._database, enquiries.c.id.in_(wanted))
        }
        return tuple((found[line.enquiry], line) for line in lines if line.enquiry in found)

    async def release(
        self, due: Sequence[tuple[Kept, Line]], changes: Mapping[str, Any], posts: Sequence[Post]
    ) -> None:
        """Let advisers see these messages, and post them in this order; raises `Moved`."""

        async def work(connection: AsyncConnection) -> None:
            for kept in {kept.id: kept for kept, _ in due}.values():
                await still(connection, kept)
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
