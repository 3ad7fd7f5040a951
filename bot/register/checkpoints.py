"""Checkpoints: signed heads of the register, and the short mark that travels with a summary.

Theory. A checkpoint says: the tree over the first `size` commitments had this root. What is
signed is

    share-check/checkpoint/1 LF size LF root in hex LF time LF

The time is told by the hour: an entry gives away its day and no more, and a checkpoint that knew
the minute would undo that.

A mark is `seq-commitment` or `seq-commitment-size-root`, with the first 12 digits of the
commitment and the first 20 of the root. Whoever keeps one, in a channel or on paper, can later
tell whether the entry, and everything before that checkpoint, is still what it was.
"""

import json
import re
from dataclasses import dataclass, field
from datetime import datetime

from bot.register.canonical import Json
from bot.register.entries import Entry
from bot.register.signing import Signer

FORMAT = "share-check/checkpoint/1"
HOUR = "%Y-%m-%dT%H:00Z"
ENTRY_DIGITS, ROOT_DIGITS = 12, 20
MARK = re.compile(r"([1-9]\d{0,15})-([0-9a-f]{12})(?:-([1-9]\d{0,15})-([0-9a-f]{20}))?")
HEX_ROOT, HEX_SIGNATURE = re.compile("[0-9a-f]{64}"), re.compile("[0-9a-f]{128}")


class NotACheckpoint(ValueError):
    """Somebody gave something else for a checkpoint or a mark."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The signed head of the register at one size."""

    size: int
    root: bytes
    time: str
    key: str
    signature: bytes = field(repr=False)

    @classmethod
    def signed(cls, signer: Signer, size: int, root: bytes, now: datetime) -> "Checkpoint":
        """Sign a head as of this hour."""
        time = now.strftime(HOUR)
        return cls(size, root, time, signer.key_id, signer.sign(message(size, root, time)))

    def verifies(self, signer: Signer) -> bool:
        """Whether one of our keys signed this."""
        return signer.verifies(self.key, self.signature, message(self.size, self.root, self.time))

    def values(self) -> dict[str, Json]:
        """The checkpoint as JSON holds it."""
        return {
            "format": FORMAT,
            "size": self.size,
            "root": self.root.hex(),
            "time": self.time,
            "key": self.key,
            "signature": self.signature.hex(),
        }

    def line(self) -> str:
        """The checkpoint as one line of a file."""
        return json.dumps(self.values())


@dataclass(frozen=True, slots=True)
class Mark:
    """What a mark says of an entry, and of the register at some size."""

    seq: int
    commitment: str
    size: int | None = None
    root: str | None = None

    def __str__(self) -> str:
        """The mark as it is written."""
        entry = f"{self.seq}-{self.commitment}"
        return entry if self.size is None else f"{entry}-{self.size}-{self.root}"


def message(size: int, root: bytes, time: str) -> bytes:
    """What is signed."""
    return f"{FORMAT}\n{size}\n{root.hex()}\n{time}\n".encode()


def mark_of(entry: Entry, checkpoint: Checkpoint | None = None) -> Mark:
    """The mark of an entry, with the register's head if there is one."""
    commitment = entry.commitment.hex()[:ENTRY_DIGITS]
    if checkpoint is None:
        return Mark(entry.seq, commitment)
    return Mark(entry.seq, commitment, checkpoint.size, checkpoint.root.hex()[:ROOT_DIGITS])


def read_mark(text: str) -> Mark | None:
    """The mark that a text consists of, or None."""
    found = MARK.fullmatch(text.strip().lower())
    if found is None:
        return None
    seq, commitment, size, root = found.groups()
    return Mark(int(seq), commitment, int(size) if size else None, root)


def checkpoint_in(
    size: object, root: object, time: object, key: object, signature: object
) -> Checkpoint | None:
    """The checkpoint that the columns of a row hold, whatever was put there."""
    match size, root, time, key, signature:
        case int(), bytes(), str(), str(), bytes():
            return Checkpoint(size, root, time, key, signature)
    return None


def read_checkpoint(values: object) -> Checkpoint:
    """The checkpoint that JSON values hold; raises `NotACheckpoint`."""
    match values:
        case {
            "format": "share-check/checkpoint/1",
            "size": int(size),
            "root": str(root),
            "time": str(time),
            "key": str(key),
            "signature": str(signature),
        } if size > 0 and HEX_ROOT.fullmatch(root) and HEX_SIGNATURE.fullmatch(signature):
            return Checkpoint(size, bytes.fromhex(root), time, key, bytes.fromhex(signature))
    raise NotACheckpoint("This is not a checkpoint of a register.")
