"""Writes checkpoints, and proves entries against them."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import Connection, func, insert, select

from bot.register import kept_tree
from bot.register.checkpoints import Checkpoint, checkpoint_in
from bot.register.database import Database
from bot.register.kept_tree import TREE_LOCK, Altered, Seals
from bot.register.raw_rows import raw
from bot.register.signing import Signer
from bot.register.tables import checkpoints, entries

NEWEST = select(*map(raw, checkpoints.c)).order_by(checkpoints.c.size.desc()).limit(1)
ANY = 2**63
AT_MOST_EVERY = 1.0
"""Seconds between checkpoints that summaries ask for."""


def _now() -> datetime:
    return datetime.now(UTC)


class Heads:
    """The checkpoints of one register: the newest, a new one, and proofs that lead to one."""

    def __init__(
        self, database: Database, signer: Signer, now: Callable[[], datetime] = _now
    ) -> None:
        """Sign heads of the register in this database."""
        self._database = database
        self._signer = signer
        self._now = now
        self._asked = float("-inf")

    def knows(self, key: str) -> bool:
        """Whether we hold the key of this name."""
        return self._signer.knows(key)

    async def newest(self) -> Checkpoint | None:
        """The checkpoint of the largest size. Raises `Altered`."""
        return await self._database.read(lambda connection: connection.run_sync(_newest))

    async def size(self) -> int:
        """How many entries there are."""
        return await self._database.read(lambda connection: connection.run_sync(_size))

    async def write(self, *, as_it_stands: bool = False) -> Checkpoint | None:
        """The head as it is now, signed; None for an empty register. Raises `Altered`.

        Whoever writes to the register next to us may have signed the same head already. As it
        stands: once a key is lost, also entries whose seal nobody can check any more.
        """
        newest = await self.newest()
        covered = self.believed(newest).size if newest else 0
        seals = Seals(self._signer, ANY if as_it_stands else covered)
        await kept_tree.grow(self._database, seals)
        return await self._database.write_in_one_go(
            lambda c: self._write(c, seals), lock=TREE_LOCK
        )

    def believed(self, head: Checkpoint) -> Checkpoint:
        """The same head, if it was signed with a key of ours. Raises `Altered`."""
        if not head.verifies(self._signer):
            raise Altered(
                f"The checkpoint of {head.size} entries is not signed with any of SIGNING_KEY. "
                f"It names key {head.key}."
            )
        return head

    async def covering(self, seq: int) -> Checkpoint | None:
        """A checkpoint that an entry stands in, written if need be, but not many in a second."""
        newest = await self.newest()
        moment = time.monotonic()
        if (newest and newest.size >= seq) or moment - self._asked < AT_MOST_EVERY:
            return newest
        self._asked = moment
        return await self.write()

    async def path(self, seq: int, size: int) -> list[bytes]:
        """The hashes that lead from an entry to the root at a size. Raises `Altered`."""
        return await self._database.read(
            lambda connection: connection.run_sync(kept_tree.inclusion_path, seq - 1, size)
        )

    async def root(self, size: int) -> bytes:
        """The root over the first entries. Raises `Altered`."""
        return await self._database.read(
            lambda connection: connection.run_sync(kept_tree.root, size)
        )

    def _write(self, connection: Connection, seals: Seals) -> Checkpoint | None:
        size, before = _size(connection), _newest(connection)
        if before is not None:
            self._follows(connection, before, size)
            if before.size == size:
                return before
        if size == 0:
            return None
        # What is in no kept subtree yet; the rest was looked at when it was kept.
        kept_tree.read_leaves(connection, size - size % kept_tree.TILE, size, seals)
        head = Checkpoint.signed(self._signer, size, kept_tree.root(connection, size), self._now())
        connection.execute(
            insert(checkpoints),
            {
                "size": head.size,
                "root": head.root,
                "time": head.time,
                "key": head.key,
                "signature": head.signature,
            },
        )
        return head

    def _follows(self, connection: Connection, before: Checkpoint, size: int) -> None:
        """Refuse to sign what does not go on from the checkpoint before."""
        if size < before.size:
            raise Altered(f"Entries {size + 1} to {before.size} are missing.")
        self.believed(before)
        if kept_tree.root(connection, before.size) != before.root:
            raise Altered(f"Entries up to {before.size} are not those of its checkpoint.")


def _newest(connection: Connection) -> Checkpoint | None:
    row = connection.execute(NEWEST).first()
    if row is None:
        return None
    head = checkpoint_in(*row)
    if head is None:
        raise Altered("A row among the checkpoints is not a checkpoint.")
    return head


def _size(connection: Connection) -> int:
    return connection.scalar(select(func.max(entries.c.seq))) or 0
