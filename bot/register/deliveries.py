"""The outbox as rows: who may take one, what became of it, and what a person may do about it.

Theory. Rows of one channel go out in the order in which they came; a row without a channel has
no order to keep. A row that edits another waits until that one is sent, and holds nobody up
meanwhile. A claim is a time until which nobody else may take the row: it lapses by itself when
its worker dies, and a lapsed claim means that the message may be out already.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, TypeAlias, get_args

from sqlalchemy import ColumnElement, FromClause, and_, exists, func, not_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.keys import Keyring
from bot.register.canonical import Json
from bot.register.database import Database
from bot.register.posts import recipient_name
from bot.register.tables import outbox

State: TypeAlias = Literal["waiting", "sent", "parked", "unknown"]
STATES: tuple[State, ...] = get_args(State)

earlier = outbox.alias("earlier")
edited = outbox.alias("edited")


@dataclass(frozen=True, slots=True)
class Row:
    """One thing to post, and what became of it so far."""

    position: int
    id: str
    check: str
    purpose: str
    surface: str
    tenant: str
    channel: str | None
    body: Mapping[str, Json]
    state: State
    reason: str | None
    remedy: str | None
    attempts: int
    next_at: float | None
    claimed_until: float | None
    message: str | None
    edits: str | None
    edits_message: str | None
    at: date
    sealed_recipient: bytes | None = field(default=None, repr=False)
    recipient: str | None = field(default=None, repr=False)


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

        async def work(connection: AsyncConnection) -> tuple[Row, ...]:
            return tuple([row for row in due if await _taken(connection, row, until)])

        return await self._database.write(work) if due else ()

    def recipient(self, row: Row) -> str | None:
        """Open a row's recipient, if it has one that is not erased yet."""
        if row.sealed_recipient is None:
            return None
        return self._keyring.open(row.sealed_recipient, recipient_name(row.id)).decode()

    async def settle(self, row: Row, until: float, **values: str | float | None) -> bool:
        """Write what became of a row, unless its claim was lost to another worker."""
        return await self._change(outbox.c.claimed_until == until, row.id, values)

    async def sent(self, row_id: str, message: str | None) -> bool:
        """Write that a message is out, whoever holds the claim by now, and forget to whom."""
        values = {
            "state": "sent",
            "message": message,
            "recipient": None,
            "next_at": None,
            "reason": None,
            "remedy": None,
        }
        return await self._change(outbox.c.state != "sent", row_id, values)

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

    async def latest_sent(self, surface: str, limit: int) -> tuple[Row, ...]:
        """The last rows that went out on a surface, newest first."""
        condition = and_(outbox.c.surface == surface, outbox.c.state == "sent")
        return await self._select(condition, limit=limit, newest_first=True)

    async def counts(self) -> Mapping[State, int]:
        """How many rows there are in each state."""
        query = select(outbox.c.state, func.count().label("rows")).group_by(outbox.c.state)

        async def work(connection: AsyncConnection) -> dict[Any, int]:
            return {row.state: row.rows for row in await connection.execute(query)}

        found = await self._database.read(work)
        return {state: found.get(state, 0) for state in STATES}

    async def _change(
        self, condition: ColumnElement[bool], row_id: str, values: Mapping[str, object]
    ) -> bool:
        """Change one row if it is still as the condition says, and give up any claim on it."""
        statement = (
            update(outbox)
            .where(outbox.c.id == row_id, condition)
            .values(**values, claimed_until=None)
        )

        async def work(connection: AsyncConnection) -> bool:
            return (await connection.execute(statement)).rowcount == 1

        return await self._database.write(work)

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
            return tuple(_row(row) for row in (await connection.execute(query)).mappings())

        return await self._database.read(work)


def _due(surfaces: Collection[str], now: float) -> ColumnElement[bool]:
    return and_(
        outbox.c.surface.in_(surfaces),
        _open(outbox),
        outbox.c.next_at <= now,
        _unclaimed(now),
        not_(_has_one_before_it()),
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
    return exists().where(
        earlier.c.surface == outbox.c.surface,
        earlier.c.tenant == outbox.c.tenant,
        earlier.c.channel == outbox.c.channel,
        earlier.c.position < outbox.c.position,
        _open(earlier),
    )


async def _taken(connection: AsyncConnection, row: Row, until: float) -> bool:
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
    return (await connection.execute(statement)).rowcount == 1


def _row(row: Mapping[Any, Any]) -> Row:
    values = dict(row) | {"body": json.loads(row["body"])}
    return Row(sealed_recipient=values.pop("recipient"), **values)
