"""The Merkle tree of RFC 6962 over the commitments: roots, and proofs that one may check alone.

Theory. A leaf is SHA-256(0x00 || commitment), a node SHA-256(0x01 || left || right); the left
half of a tree is the largest power of two that is smaller than the whole. So every tree is a row
of complete subtrees, the largest first, and these few hashes are all that has to be remembered
to go on: an append costs no more than one hash for each of them, whatever came before.

Proofs are given as ranges of leaves. What they hash to is for the caller to find, from leaves or
from subtrees that were kept; this file knows no store.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

Range: TypeAlias = tuple[int, int]
"""Leaves from the first number up to, but without, the second."""

EMPTY = hashlib.sha256(b"").digest()


def leaf_hash(commitment: bytes) -> bytes:
    """Hash of one leaf."""
    return hashlib.sha256(b"\x00" + commitment).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash of two subtrees that stand side by side."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Frontier:
    """The complete subtrees that a tree consists of, the largest first: enough to grow it."""

    def __init__(self, size: int = 0, peaks: Iterable[bytes] = ()) -> None:
        """Begin with nothing, or go on from the subtrees of a tree of this size."""
        self.size = size
        self._peaks = list(peaks)
        if len(self._peaks) != size.bit_count():
            raise ValueError("A tree has one complete subtree for each bit of its size.")

    def append(self, leaf: bytes) -> None:
        """Add the hash of the next leaf."""
        peaks, size = self._peaks, self.size
        while size & 1:
            leaf = node_hash(peaks.pop(), leaf)
            size >>= 1
        peaks.append(leaf)
        self.size += 1

    @property
    def peaks(self) -> tuple[bytes, ...]:
        """The hashes of the complete subtrees, the largest first."""
        return tuple(self._peaks)

    def root(self) -> bytes:
        """The hash of the whole tree."""
        return joined(self._peaks)


class StoreyedFrontier:
    """A frontier that also tells each subtree of a whole tile, and of a tile of tiles."""

    def __init__(self, tile_bits: int) -> None:
        """Begin with nothing."""
        self.size = 0
        self._bits = tile_bits
        self._storeys = [Frontier() for _ in range(3)]

    def append(self, leaf: bytes) -> list[tuple[int, int, bytes]]:
        """Add a leaf; what subtrees it completes, as level, place and hash."""
        self.size += 1
        completed: list[tuple[int, int, bytes]] = []
        for storey in range(len(self._storeys)):
            frontier = self._storeys[storey]
            frontier.append(leaf)
            if storey == 2 or frontier.size < 1 << self._bits:
                break
            leaf = frontier.root()
            self._storeys[storey] = Frontier()
            level = self._bits * (storey + 1)
            completed.append((level, (self.size >> level) - 1, leaf))
        return completed

    def root(self) -> bytes:
        """The hash of the whole tree."""
        low, middle, high = self._storeys
        return joined([*high.peaks, *middle.peaks, *low.peaks])


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The hash of the tree over these leaf hashes, read once and in order."""
    frontier = Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    return frontier.root()


def joined(peaks: Sequence[bytes]) -> bytes:
    """The hash of the tree that consists of these subtrees, the largest first."""
    if not peaks:
        return EMPTY
    *others, root = peaks
    for peak in reversed(others):
        root = node_hash(peak, root)
    return root


def complete_subtrees(leaves: Range) -> Iterator[tuple[int, int]]:
    """Complete subtrees that a range of a proof consists of: level, and place in that level.

    A range begins at a multiple of the largest power of two within it, as all in a proof do.
    """
    start, end = leaves
    while start < end:
        level = (end - start).bit_length() - 1
        yield level, start >> level
        start += 1 << level


def inclusion(index: int, size: int) -> list[Range]:
    """Ranges whose hashes lead from a leaf to the root of a tree of this size, lowest first."""
    if not 0 <= index < size:
        raise ValueError("There is no such leaf in a tree of this size.")
    path: list[Range] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append((middle, end))
            end = middle
        else:
            path.append((start, middle))
            start = middle
    return path[::-1]


def consistency(old: int, size: int) -> list[Range]:
    """Ranges whose hashes show that a tree of this size began as the old one."""
    if not 0 < old <= size:
        raise ValueError("A tree can only have begun as a smaller one that was not empty.")
    path: list[Range] = []
    start, end = 0, size
    while end != old:
        middle = start + _split(end - start)
        if old <= middle:
            path.append((middle, end))
            end = middle
        else:
            path.append((start, middle))
            start = middle
    if start:
        # The old tree's own last part; were it the whole old tree, its root would be known.
        path.append((start, end))
    return path[::-1]


def root_by_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root that a leaf at this place leads to; None if the path has another length."""
    ranges = inclusion(index, size)
    if len(ranges) != len(path):
        return None
    found = leaf
    for (start, _), sibling in zip(ranges, path, strict=True):
        found = node_hash(found, sibling) if start > index else node_hash(sibling, found)
    return found


def is_consistent(
    old: int, size: int, old_root: bytes, root: bytes, path: Sequence[bytes]
) -> bool:
    """Whether the path shows that the tree with this root began as the one with the old root."""
    ranges = consistency(old, size)
    if len(ranges) != len(path):
        return False
    steps = list(zip(ranges, path, strict=True))
    if ranges and ranges[0][1] == old:
        before = after = steps.pop(0)[1]
    else:
        before = after = old_root
    for (start, _), sibling in steps:
        if start >= old:
            after = node_hash(after, sibling)
        else:
            before, after = node_hash(sibling, before), node_hash(sibling, after)
    return before == old_root and after == root


def hash_of(leaves: Range, subtree: Callable[[int, int], bytes]) -> bytes:
    """The hash of a range of a proof, from the hashes of its complete subtrees."""
    return joined([subtree(level, place) for level, place in complete_subtrees(leaves)])


def _split(size: int) -> int:
    """How many leaves stand left: the largest power of two that is smaller than the size."""
    return 1 << ((size - 1).bit_length() - 1)
