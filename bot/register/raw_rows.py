"""Rows of the register exactly as they stand, for whoever suspects them.

Values come as the driver gives them, with no type put on them: somebody may have put a word into
a column of numbers, and that has to be reported instead of stopping the reading.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, Connection, Executable, Label, func, select, tuple_, type_coerce
from sqlalchemy.exc import OperationalError
from sqlalchemy.types import NullType

from bot.register.checkpoints import Checkpoint, checkpoint_in
from bot.register.database import Database
from bot.register.tables import checkpoints, entries, erasures, sealed_texts, tree_nodes

PAGE = 2_000
SECONDS = 120.0
"""How long one query may take; a count over millions of rows takes a while."""
MOST_TWICE = 100


def raw(column: Column[Any], name: str | None = None) -> Label[Any]:
    return type_coerce(column, NullType()).label(name or column.name)


ROWS = (
    select(
        *map(raw, entries.c),
        raw(sealed_texts.c.sealed),
        *(raw(erasures.c[n], f"erased_{n}") for n in ("at", "policy", "signed_by", "signature")),
    )
    .outerjoin(sealed_texts, sealed_texts.c.key == entries.c.key)
    .outerjoin(erasures, erasures.c.key == entries.c.key)
    .order_by(entries.c.seq)
    .limit(PAGE)
)
HEADS = select(*map(raw, checkpoints.c)).order_by(checkpoints.c.size)
NODES = select(tree_nodes.c.level, tree_nodes.c.place, raw(tree_nodes.c.hash))
NODE = tuple_(tree_nodes.c.level, tree_nodes.c.place)
TWICE = (
    select(func.min(entries.c.seq), func.max(entries.c.seq))
    .group_by(entries.c.check, entries.c.kind, entries.c.revision)
    .having(func.count() > 1)
    .limit(MOST_TWICE)
)


class RawRows:
    """Reads them a page at a time."""

    def __init__(self, database: Database) -> None:
        """Read from this database."""
        self._database = database

    async def page(self, after: object) -> Sequence[Any]:
        """The next rows in order, each with its sealed text and the record of its erasure."""
        return await self._all(ROWS if after is None else ROWS.where(entries.c.seq > after))

    async def heads(self, above: int, up_to: int | None = None) -> list[Checkpoint | None]:
        """Checkpoints of these sizes; None for a row that is not one at all."""
        query = HEADS.where(checkpoints.c.size > above)
        if up_to is not None:
            query = query.where(checkpoints.c.size <= up_to)
        return [checkpoint_in(*row) for row in await self._all(query)]

    async def nodes(self, before: int, after: int) -> dict[tuple[int, int], object]:
        """The kept hashes of subtrees that end between these sizes."""
        wanted = [
            (level, place) for level in (8, 16) for place in range(before >> level, after >> level)
        ]
        if not wanted:
            return {}
        rows = await self._all(NODES.where(NODE.in_(wanted)))
        return {(level, place): kept for level, place, kept in rows}

    async def rows_up_to(self, last: object) -> int:
        """How many rows there are, whatever their order."""
        query = select(func.count()).select_from(entries)
        return await self._count(query if last is None else query.where(entries.c.seq <= last))

    async def texts(self) -> int:
        """How many sealed texts there are."""
        return await self._count(select(func.count()).select_from(sealed_texts))

    async def twice(self) -> Sequence[Any]:
        """Places at which the same check, kind and revision stand."""
        return await self._all(TWICE)

    async def _count(self, query: Executable) -> int:
        return int((await self._all(query))[0][0])

    async def _all(self, query: Executable) -> Sequence[Any]:
        return await self._database.read(lambda c: c.run_sync(_read, query), deadline=SECONDS)


def _read(connection: Connection, query: Executable) -> Sequence[Any]:
    try:
        return connection.execute(query).all()
    except OperationalError:
        if connection.dialect.name != "sqlite":
            raise
    # SQLite takes bytes that are no text for a text, and its driver then gives none of the rows.
    driver: Any = connection.connection.driver_connection
    driver.text_factory = _forgiving
    try:
        return connection.execute(query).all()
    finally:
        driver.text_factory = str


def _forgiving(raw: bytes) -> str:
    return raw.decode(errors="surrogateescape")
