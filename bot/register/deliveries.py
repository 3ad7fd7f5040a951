"""The outbox as rows: who may take one, what became of it, and what a person may do about it.

Theory. Rows of one channel go out in the order in which they came; a row without a channel has
no order to keep. A row that edits another waits until that one is sent, and holds nobody up
meanwhile. A claim is a time until which nobody else may take the row: it lapses by itself when
its worker dies, and a lapsed claim means that the message may be out already.
"""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    and_,
    delete,
    exists,
    func,
    not_,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.keys import Keyring
from bot.register.database import Database
from bot.register.posts import Post, insert_posts, owner_name, recipient_name
from bot.register.queue import STATES, Row, State, read_row
from bot.register.tables import outbox

__all__ = ["STATES", "Deliveries", "Row", "State"]

earlier = outbox.alias("earlier")
edited = outbox.alias("edited")


class Deliveries:
    """Every row of the outbox, and the changes a row may go through."""

    def __init__(self, database: Database, keyring: Keyring) -> None:
        """Read and change rows here; recipients were sealed by this keyring."""
        self._database = database
        self._keyring = keyring

    async def claim(
        self, surfaces: Collection[str], *, now: float, until: float, limit: int
    ) -> tuple[Row, ...]:
        """Take the rows that are due, each for this caller alone; as they stood before."""
        due = await self._select(_due(surfaces, now), limit=limit)

        def steps(connection: Connection) -> tuple[Row, ...]:
            return tuple(row for row in due if _taken(connection, row, until))

        return await self._database.write_in_one_go(steps) if due else ()

    def recipient(self, row: Row) -> str | None:
        """Open a row's recipient, if it has one that is not erased yet."""
        if row.sealed_recipient is None:
            return None
        return self._keyring.open(row.sealed_recipient, recipient_name(row.id)).decode()

    def owner(self, row: Row) -> str | None:
        """Open a row's owner, if it has one that is not erased yet."""
        if row.sealed_owner is None:
            return None
        return self._keyring.open(row.sealed_owner, owner_name(row.id)).decode()

    async def settle(
        self, row: Row, until: float, *, then: Post | None = None, **values: str | float | None
    ) -> bool:
        """Write what became of a row, and what to post because of it, unless the claim was lost.

        A post that was written before for the same reason stays the only one.
        """
        return await self._change(outbox.c.claimed_until == until, row.id, values, then)

    async def sent(self, row_id: str, message: str | None) -> bool:
        """Write that a message is out, whoever holds the claim by now, and forget whose it was."""
        values: dict[str, object] = {
            "state": "sent",
            "message": message,
            "recipient": None,
            "owner": None,
            "since": None,
            "next_at": None,
            "reason": None,
            "remedy": None,
        }
        return await self._change(outbox.c.state != "sent", row_id, values)

    async def let_go(self, row_id: str) -> bool:
        """Take out a row that nobody has begun to send; there is nothing left to say in it."""
        idle = and_(outbox.c.state == "waiting", outbox.c.claimed_until.is_(None))
        statement = delete(outbox).where(outbox.c.id == row_id, idle)
        gone = await self._database.write_in_one_go(lambda at: at.execute(statement).rowcount)
        return gone == 1

    async def resend(self, row_id: str) -> bool:
        """Offer a row again that waits for a person; if it may be out, look before sending."""
        again = await self._change(
            and_(outbox.c.state == "unknown", outbox.c.next_at.is_(None)),
            row_id,
            {"next_at": 0.0, "attempts": 0},
        )
        return again or await self._change(
            outbox.c.state == "parked",
            row_id,
            {"state": "waiting", "next_at": 0.0, "attempts": 0, "reason": None, "remedy": None},
        )

    async def list(self, state: State | None, limit: int | None) -> tuple[Row, ...]:
        """Rows in the order in which they came, of one state or of all."""
        wanted = STATES if state is None else (state,)
        return await self._select(outbox.c.state.in_(wanted), limit=limit)

    async def of(self, check: str) -> tuple[Row, ...]:
        """Every row of one check, in order."""
        return await self._select(outbox.c.check == check)

    async def one(self, row_id: str) -> Row | None:
        """One row by its id."""
        found = await self._select(outbox.c.id == row_id)
        return found[0] if found else None

    async def waiting_since(self) -> float | None:
        """Since when the oldest row waits that is still to be sent or looked up."""
        query = select(func.min(outbox.c.since)).where(_open(outbox))

        async def work(connection: AsyncConnection) -> float | None:
            since: float | None = await connection.scalar(query)
            return since

        return await self._database.read(work)

    async def latest_sent(
        self, surface: str, limit: int, purposes: Collection[str]
    ) -> tuple[Row, ...]:
        """The last rows of these purposes that went out on a surface, newest first."""
        condition = and_(
            outbox.c.surface == surface,
            outbox.c.state == "sent",
            outbox.c.purpose.in_(tuple(purposes)),
        )
        return await self._select(condition, limit=limit, newest_first=True)

    async def counts(self) -> Mapping[State, int]:
        """How many rows there are in each state."""
        query = select(outbox.c.state, func.count().label("rows")).group_by(outbox.c.state)

        async def work(connection: AsyncConnection) -> dict[Any, int]:
            return {row.state: row.rows for row in await connection.execute(query)}

        found = await self._database.read(work)
        return {state: found.get(state, 0) for state in STATES}

    async def _change(
        self,
        condition: ColumnElement[bool],
        row_id: str,
        values: Mapping[str, object],
        then: Post | None = None,
    ) -> bool:
        """Change one row if it is still as the condition says, and give up any claim on it."""
        statement = (
            update(outbox)
            .where(outbox.c.id == row_id, condition)
            .values(**values, claimed_until=None)
        )

        def steps(connection: Connection) -> bool:
            changed = connection.execute(statement).rowcount == 1
            if changed and then is not None:
                insert_posts(connection, self._keyring, (then,))
            return changed

        return await self._database.write_in_one_go(steps)

    async def _select(
        self,
        condition: ColumnElement[bool],
        *,
        limit: int | None = None,
        newest_first: bool = False,
    ) -> tuple[Row, ...]:
        order = outbox.c.position.desc() if newest_first else outbox.c.position
        query = (
            select(outbox, edited.c.message.label("edits_message"))
            .outerjoin(edited, edited.c.id == outbox.c.edits)
            .where(condition)
            .order_by(order)
            .limit(limit)
        )

        async def work(connection: AsyncConnection) -> tuple[Row, ...]:
            return tuple(read_row(row) for row in (await connection.execute(query)).mappings())

        return await self._database.read(work)


def _due(surfaces: Collection[str], now: float) -> ColumnElement[bool]:
    return and_(
        outbox.c.surface.in_(surfaces),
        _open(outbox),
        outbox.c.next_at <= now,
        _unclaimed(now),
        or_(outbox.c.channel.is_(None), not_(_has_one_before_it())),
    )


def _open(rows: FromClause) -> ColumnElement[bool]:
    """Still to be sent or looked up, and not waiting for the row that it edits."""
    # A table of its own for each use, as this stands inside a query over `edited` as well.
    first = outbox.alias()
    first_is_sent = exists().where(first.c.id == rows.c.edits, first.c.state == "sent")
    return and_(
        rows.c.state.in_(("waiting", "unknown")),
        rows.c.next_at.is_not(None),
        or_(rows.c.edits.is_(None), first_is_sent),
    )


def _unclaimed(now: float) -> ColumnElement[bool]:
    return or_(outbox.c.claimed_until.is_(None), outbox.c.claimed_until <= now)


def _has_one_before_it() -> ColumnElement[bool]:
    # It looks through all that waits, so it is not asked of a direct message.
    return exists().where(
        *(earlier.c[name] == outbox.c[name] for name in ("surface", "tenant", "channel")),
        earlier.c.position < outbox.c.position,
        _open(earlier),
    )


def _taken(connection: Connection, row: Row, until: float) -> bool:
    """Claim a row if nobody else did since it was read: every claim counts an attempt."""
    statement = (
        update(outbox)
        .where(
            outbox.c.position == row.position,
            outbox.c.state == row.state,
            outbox.c.attempts == row.attempts,
            outbox.c.next_at == row.next_at,
        )
        .values(claimed_until=until, attempts=row.attempts + 1)
    )
    return connection.execute(statement).rowcount == 1
