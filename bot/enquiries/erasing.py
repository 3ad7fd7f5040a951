"""What is deleted of an enquiry, and when nothing is owed any more."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Executable, Row, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.enquiries.keys import EnquiryKeys
from bot.enquiries.posts import CARD, NOTICE
from bot.enquiries.store import RELAY_LOCK, Kept
from bot.enquiries.tables import enquiries, messages
from bot.register.database import Database
from bot.register.forgetting import forget_history
from bot.register.tables import outbox
from dialogs.enquiry.states import Status


@dataclass(frozen=True, slots=True)
class Card:
    """A message that stands in the advisers' channel, or is to."""

    row: str
    channel: str | None
    place: int
    stuck: bool


class Eraser:
    """Destroys keys first, and then what they sealed."""

    def __init__(self, database: Database, keys: EnquiryKeys) -> None:
        """Delete rows here."""
        self._database = database
        self._keys = keys

    async def words(self, kept: Kept, redraw_at: int) -> None:
        """Everything that was said, and who asked; cards are redrawn then, without the words."""
        await self._keys.destroy((kept.words_key, kept.route_key))
        said = delete(messages).where(messages.c.enquiry == kept.id)
        gone: dict[str, Any] = dict.fromkeys(("words_key", "route_key", "route", "claimed_by"))
        gone |= {"status": Status.CLOSED.value, "remind_at": None, "redraw_at": redraw_at}
        await self._erase((said, _notices(kept)), kept, gone)

    async def route(self, kept: Kept) -> None:
        """Who asked, and that they were ever told of anything."""
        await self._keys.destroy((kept.route_key,))
        await self._erase((_notices(kept),), kept, {"route_key": None, "route": None})

    async def rows(self, gone: Iterable[Kept]) -> None:
        """Enquiries whose words are long gone."""
        wanted = tuple(kept.id for kept in gone)
        statement = delete(enquiries).where(enquiries.c.id.in_(wanted))
        if wanted:
            await self._database.write(lambda connection: _all(connection, (statement,)))

    async def owed(self, kept: Kept) -> int:
        """How many notices to the asker are still to go out, as far as that is up to us."""
        query = select(outbox.c.id).where(
            outbox.c.check == kept.id,
            outbox.c.purpose == NOTICE,
            outbox.c.state.in_(("waiting", "unknown")),
            outbox.c.next_at.is_not(None),
        )

        async def work(connection: AsyncConnection) -> int:
            return len((await connection.execute(query)).all())

        return await self._database.read(work)

    async def cards(self, enquiry: str) -> tuple[Card, ...]:
        """What stands of it in the advisers' channel, in order."""
        query = (
            select(outbox)
            .where(outbox.c.check == enquiry, outbox.c.purpose == CARD, outbox.c.edits.is_(None))
            .order_by(outbox.c.position)
        )

        async def work(connection: AsyncConnection) -> tuple[Card, ...]:
            rows = (await connection.execute(query)).all()
            return tuple(_card(row) for row in rows)

        return await self._database.read(work)

    async def _erase(
        self, statements: tuple[Executable, ...], kept: Kept, gone: Mapping[str, Any]
    ) -> None:
        change = update(enquiries).where(enquiries.c.id == kept.id).values(**gone)

        async def work(connection: AsyncConnection) -> None:
            await _all(connection, (*statements, change))

        await self._database.write(work, lock=RELAY_LOCK)
        await forget_history(self._database)


def _card(row: Row[Any]) -> Card:
    place = int(json.loads(row.body)["place"])
    return Card(row.id, row.channel, place, row.state != "sent" and row.next_at is None)


async def _all(connection: AsyncConnection, statements: tuple[Executable, ...]) -> None:
    for statement in statements:
        await connection.execute(statement)


def _notices(kept: Kept) -> Executable:
    return delete(outbox).where(outbox.c.check == kept.id, outbox.c.purpose == NOTICE)
