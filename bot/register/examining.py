"""Holds rows of the register, one after another, against what they must be. Reads no database.

Theory. One pass in order, with nothing kept but the frontier of the tree, so that a million
entries take no more memory than ten. Each row is held against its own commitment, its seal and
its text; at each size for which there is a checkpoint, the root is held against that. Values
come as the driver gives them: a forger may have put anything into a column.
"""

import hashlib
import json
from dataclasses import dataclass, field
from json.encoder import encode_basestring as spelt
from typing import Any

from bot.register.checkpoints import Checkpoint, Mark
from bot.register.entries import DOMAIN
from bot.register.kept_tree import LOW
from bot.register.signing import Signer
from bot.register.tree import StoreyedFrontier, leaf_hash

NEIGHBOURS = (1, -1, 2, -2, 3, -3)
MOST_KEPT, MOST_STRANGE = 1_000, 5


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and with which row; None when it is with no single one."""

    row: int | None
    what: str

    def __str__(self) -> str:
        """The fault as a line of the report."""
        return self.what if self.row is None else f"Entry {self.row}: {self.what}"


@dataclass(slots=True)
class Examiner:
    """What is wrong with the rows it was shown."""

    signer: Signer | None
    size: int = 0
    unsealed: int = 0
    """How many seals are of a key that is lost."""
    agreed: int = 0
    """The largest size at which a checkpoint of the register agreed."""
    kept: int = 0
    """The same for what was kept outside, which whoever holds the key could not alter."""
    faults: list[Fault] = field(default_factory=list)
    _tree: StoreyedFrontier = field(default_factory=lambda: StoreyedFrontier(LOW))
    strange: set[str] = field(default_factory=set)
    """Names of keys that signed something and are not ours; no more than a few."""
    more: int = 0
    """Faults that were counted and not kept."""
    _disagreed: bool = False
    _resting: list[tuple[int, int]] = field(default_factory=list)
    """Stretches of those that no checkpoint covers so far."""

    def row(self, row: Any) -> list[tuple[int, int, bytes]]:
        """Examine the next row; which subtrees of the tree it completes."""
        if not self._in_order(row.seq):
            return []
        made_of = commitment_of(row)
        if made_of is None or made_of != row.commitment:
            self.tell(self.size, "its values are not those that it was written with.")
        elif reference_of(row.body) != row.reference:
            self.tell(self.size, "its reference is not the one that it was written with.")
        elif self.signer is not None:
            self._sealed(self.signer, row.seal, made_of)
        stands = row.commitment if isinstance(row.commitment, bytes) else b""
        return self._tree.append(leaf_hash(stands))

    def root(self) -> bytes:
        """The root over the rows so far."""
        return self._tree.root()

    def head(self, head: Checkpoint, *, kept: bool) -> None:
        """Hold the rows so far against a checkpoint of this size."""
        name = "the checkpoint that was kept" if kept else "the checkpoint"
        of = f"The{name[3:]} of {head.size} entries"
        if self.signer is not None and not self.signer.knows(head.key):
            if len(self.strange) < MOST_STRANGE:
                self.strange.add(head.key)
            self.tell(None, f"{of} names key {head.key}, which is not in SIGNING_KEY.")
        elif self.signer is not None and not head.verifies(self.signer):
            self.tell(None, f"{of} is forged: its signature is not the register's.")
        elif self.size < head.size:
            self._ends_early(head.size, f"{name} of {head.time} saw")
        else:
            agrees = head.root == self.root()
            self._compared(f"{name} of {head.time} saw", agrees=agrees, kept=kept)

    def mark(self, mark: Mark) -> None:
        """Hold the rows so far against the head that a mark carries."""
        name = "the mark that was kept"
        if self.size < (mark.size or 0):
            self._ends_early(mark.size or 0, f"{name} saw")
        else:
            agrees = self.root().hex().startswith(str(mark.root))
            self._compared(f"{name} saw", agrees=agrees, kept=True)

    def tell(self, row: int | None, what: str) -> None:
        """Note a fault; of very many, only how many more there were."""
        if len(self.faults) < MOST_KEPT:
            self.faults.append(Fault(row, what))
        else:
            self.more += 1

    def end(self) -> None:
        """Say of which entries neither a seal nor a checkpoint tells anything."""
        for first, last in self._resting:
            self.tell(
                first,
                f"sealed with a key that is lost, and no checkpoint covers it"
                f"{_up_to(first, last)}.",
            )

    def _in_order(self, seq: object) -> bool:
        """Whether a row has a place in the order at all."""
        expected = self.size + 1
        if not isinstance(seq, int) or seq < expected:
            number = ascii(seq)[:20]
            self.tell(None, f"A row with the number {number} stands where none belongs.")
            return False
        if seq > expected:
            self.tell(expected, f"missing{_up_to(expected, seq - 1)}.")
        self.size = seq
        return True

    def _sealed(self, signer: Signer, seal: object, commitment: bytes) -> None:
        if signer.sealed(self.size, commitment, seal):
            return
        if signer.lost_one and isinstance(seal, bytes):
            self._rest()
        else:
            self.tell(self.size, self._moved(signer, commitment, seal))

    def _rest(self) -> None:
        """Nobody can check this seal any more: a checkpoint has to cover the entry."""
        self.unsealed += 1
        if self._resting and self._resting[-1][1] == self.size - 1:
            self._resting[-1] = (self._resting[-1][0], self.size)
        else:
            self._resting.append((self.size, self.size))

    def _moved(self, signer: Signer, commitment: bytes, seal: object) -> str:
        if isinstance(seal, bytes) and not self.more:
            for step in NEIGHBOURS:
                there = self.size + step
                if there > 0 and signer.sealed(there, commitment, seal):
                    return f"it was written as entry {there} and stands here now."
        return (
            "the register did not write this here: it was altered together with its hashes, "
            "copied, moved or slipped in."
        )

    def _ends_early(self, size: int, saw: str) -> None:
        if not self._disagreed:
            self._disagreed = True
            self.tell(self.size + 1, f"missing{_up_to(self.size + 1, size)}; {saw} it.")

    def _compared(self, saw: str, *, agrees: bool, kept: bool) -> None:
        if agrees:
            self.kept = self.size if kept else self.kept
            self.agreed = self.size
            self._resting.clear()
            return
        if self._disagreed:
            return
        self._disagreed = True
        first = (self.kept if kept else self.agreed) + 1
        if first == self.size:
            self.tell(first, f"it is not the one that {saw}.")
        else:
            between = f"Entries {first} to {self.size} are not those that"
            self.tell(None, f"{between} {saw}: one at least was altered.")


def commitment_of(row: Any) -> bytes | None:
    """The commitment that a row's values make; None if they are not even of the right kind.

    The body is taken as it is spelt in the row, as there is only one right spelling.
    """
    texts = (row.kind, row.check, row.body)
    if not all(isinstance(value, str) for value in texts) or not isinstance(row.salt, bytes):
        return None
    if type(row.revision) is not int or not isinstance(row.text_digest, str | None):
        return None
    digest = "null" if row.text_digest is None else spelt(row.text_digest)
    said = (
        f"[{spelt(row.salt.hex())},{spelt(row.kind)},{spelt(row.check)},{row.revision},"
        f"{spelt(str(row.at))},{row.body},{digest}]"
    )
    try:
        return hashlib.sha256(DOMAIN + said.encode()).digest()
    except UnicodeEncodeError:
        return None


def reference_of(body: str) -> str | None:
    """The reference that a body holds, which stands beside it to be found by."""
    before, found, after = body.partition('"reference":"')
    usual = found and '"reference":' not in after and before.count("{") == before.count("}") + 1
    if usual and "\\" not in after[:40]:
        # Without reading all of the JSON: the name stands once, and in no object within.
        return after.partition('"')[0]
    try:
        value = json.loads(body).get("reference")
    except (AttributeError, ValueError, RecursionError):
        return None
    return value if isinstance(value, str) else None


def _up_to(first: int, last: int) -> str:
    return "" if first == last else f", as are all up to {last}"
