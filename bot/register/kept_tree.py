"""The tree as the database keeps it: leaves are the commitments, some subtrees stand beside them.

Theory. Of the subtrees only those over 256 and 65,536 leaves are kept, so that a root or a proof
reads a few hundred hashes however many entries there are. They are written behind the entries,
never in an append's way, and are no evidence of anything: a checkpoint is signed only if the one
before it follows from the same hashes, and verifying the register counts from the entries.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, select

from bot.register.database import Database
from bot.register.signing import Signer
from bot.register.tables import entries, tree_nodes
from bot.register.tree import (
    Range,
    complete_subtrees,
    hash_of,
    inclusion,
    joined,
    leaf_hash,
    node_hash,
    root_of,
)

LOW, HIGH = 8, 16
KEPT = (HIGH, LOW)
TILE = 1 << LOW
TILES_AT_ONCE = 32
TREE_LOCK = 0x5368_6172_6554_7265

LEAVES = select(entries.c.seq, entries.c.commitment, entries.c.seal).order_by(entries.c.seq)
NODES = select(tree_nodes.c.hash).order_by(tree_nodes.c.place)


class Altered(Exception):
    """The register is not what it was; the message says which row, in words."""


@dataclass(frozen=True, slots=True)
class Seals:
    """What an entry is held against before it is signed for."""

    signer: Signer
    covered: int = 0
    """Entries up to here are in a signed checkpoint; a seal under a lost key may be among them."""

    def hold(self, seq: int, commitment: bytes, seal: object) -> None:
        """Raise `Altered` if nothing shows that this was written there."""
        if self.signer.sealed(seq, commitment, seal):
            return
        if not self.signer.lost_one:
            raise Altered(f"Entry {seq} is not the one that was written there.")
        if seq > self.covered:
            raise Altered(
                f"Entry {seq} has a seal of none of our keys, and no checkpoint covers it."
            )


def root(connection: Connection, size: int) -> bytes:
    """The root over the first entries."""
    peaks = [subtree(connection, *peak) for peak in complete_subtrees((0, size))]
    return joined(peaks)


def inclusion_path(connection: Connection, index: int, size: int) -> list[bytes]:
    """The hashes that lead from a leaf to the root."""
    return path(connection, inclusion(index, size))


def path(connection: Connection, ranges: Sequence[Range]) -> list[bytes]:
    """The hashes of these ranges of a proof."""
    return [
        hash_of(leaves, lambda level, place: subtree(connection, level, place))
        for leaves in ranges
    ]


def subtree(connection: Connection, level: int, place: int) -> bytes:
    """The hash of one complete subtree, from what is kept of it or else from its leaves."""
    for kept in KEPT:
        if level >= kept:
            found = _nodes(connection, kept, place << (level - kept), 1 << (level - kept))
            if len(found) == 1 << (level - kept):
                return root_of(found)
    if level >= LOW:
        halves = (subtree(connection, level - 1, place * 2 + side) for side in (0, 1))
        return node_hash(*halves)
    leaves = read_leaves(connection, place << level, 1 << level)
    if len(leaves) < 1 << level:
        raise Altered(f"Entry {(place << level) + len(leaves) + 1} is missing.")
    return root_of(leaf_hash(commitment) for commitment in leaves)


def read_leaves(
    connection: Connection, start: int, count: int, seals: Seals | None = None
) -> list[bytes]:
    """Commitments from a place on, each held against its seal if they are to be signed for."""
    query = LEAVES.where(entries.c.seq > start, entries.c.seq <= start + count)
    found = []
    for place, (seq, commitment, seal) in enumerate(connection.execute(query), start + 1):
        if seq != place:
            raise Altered(f"Entry {place} is missing.")
        if not isinstance(commitment, bytes):
            raise Altered(f"Entry {place} is not the one that was written there.")
        if seals is not None:
            seals.hold(seq, commitment, seal)
        found.append(commitment)
    return found


async def grow(database: Database, seals: Seals) -> None:
    """Keep every subtree that is complete by now."""
    while await database.write_in_one_go(lambda c: _grow(c, seals), lock=TREE_LOCK):
        pass


def _grow(connection: Connection, seals: Seals) -> bool:
    """Keep some more subtrees; False when there is nothing left to keep."""
    start = _count(connection, LOW)
    leaves = read_leaves(connection, start * TILE, TILES_AT_ONCE * TILE, seals)
    tiles = [
        root_of(map(leaf_hash, leaves[first : first + TILE]))
        for first in range(0, len(leaves) - TILE + 1, TILE)
    ]
    _keep(connection, LOW, start, tiles)
    high = _count(connection, HIGH)
    below = _nodes(connection, LOW, high * TILE, TILE)
    if len(below) == TILE:
        _keep(connection, HIGH, high, [root_of(below)])
    return len(tiles) == TILES_AT_ONCE or len(below) == TILE


def _keep(connection: Connection, level: int, start: int, hashes: Sequence[bytes]) -> None:
    rows = [
        {"level": level, "place": place, "hash": each} for place, each in enumerate(hashes, start)
    ]
    if rows:
        connection.execute(insert(tree_nodes), rows)


def _count(connection: Connection, level: int) -> int:
    query = select(func.max(tree_nodes.c.place)).where(tree_nodes.c.level == level)
    last = connection.scalar(query)
    return 0 if last is None else last + 1


def _nodes(connection: Connection, level: int, start: int, count: int) -> list[bytes]:
    query = NODES.where(
        tree_nodes.c.level == level,
        tree_nodes.c.place >= start,
        tree_nodes.c.place < start + count,
    )
    return list(connection.scalars(query))
