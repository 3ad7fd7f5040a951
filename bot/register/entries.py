"""What stands in the register: drafts, entries and the commitment that binds each entry.

Theory. The commitment of an entry is

    SHA-256("share-check/entry/1" + line feed + canonical JSON of
            [salt, kind, check, revision, at, body, text_digest])

Canonical JSON of an array is unambiguous: no two different entries are spelt alike. The salt
keeps an entry whose few closed values could be guessed from being guessed from its commitment.
The free text takes part only as the digest of its sealed form, so that its key and even the
sealed form can be destroyed and the commitment still be checked.

These 32 bytes are the leaf data of an RFC 6962 tree (leaf hash = SHA-256(0x00 || commitment)):
a tree can be grown over every entry ever written without changing what any of them says. The
place in the register is not in the commitment; it is the tree that binds the order.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

from bot.register.canonical import Json, canonical
from bot.register.posts import Post

Kind: TypeAlias = Literal["advice", "decision"]

DOMAIN = b"share-check/entry/1\n"
SALT_BYTES = 32
BODY_COLUMNS = ("pack", "version", "digest", "path", "verdict", "outcome", "decision", "departs")


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to be recorded, and what is to be posted once it is."""

    kind: Kind
    check: str
    revision: int
    at: date
    body: Mapping[str, Json]
    text: str | None = field(default=None, repr=False)
    posts: tuple[Post, ...] = ()
    workspace: str | None = None
    """Whose schedule of retention the text follows; kept beside the text, not in the entry."""

    spelling: bytes = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Spell the body, and so refuse at once what could not be written later."""
        object.__setattr__(self, "spelling", canonical(self.body))

    @property
    def identity(self) -> tuple[str, str, int]:
        """What no two entries share."""
        return (self.check, self.kind, self.revision)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the register, which nothing changes once it is written."""

    seq: int
    kind: Kind
    check: str
    revision: int
    at: date
    body: Mapping[str, Json]
    salt: bytes = field(repr=False)
    commitment: bytes
    text_digest: str | None = None
    key: str | None = None
    seal: bytes | None = field(default=None, repr=False)

    @property
    def identity(self) -> tuple[str, str, int]:
        """What no two entries share."""
        return (self.check, self.kind, self.revision)

    def verifies(self) -> bool:
        """Say whether the entry is still what its commitment was made of."""
        return commit(self, self.salt, self.text_digest) == self.commitment


@dataclass(frozen=True, slots=True)
class Appended:
    """The entry that now stands, and whether this call wrote it."""

    entry: Entry
    new: bool


@dataclass(frozen=True, slots=True)
class Erased:
    """A free text that was recorded and can no longer be read by anybody."""

    at: date | None = None
    policy: str | None = None

    def __str__(self) -> str:
        """What is shown in the place of the text."""
        if self.at is None:
            return "erased"
        return f"erased on {self.at.day} {self.at:%B %Y}, under {self.policy}"


class AlreadyRecorded(Exception):
    """Something else stands under this check, kind and revision."""

    def __init__(self, entry: Entry) -> None:
        """Keep what stands."""
        super().__init__(f"Entry {entry.seq} already holds another {entry.kind} for this check.")
        self.entry = entry


def commit(
    entry: Draft | Entry, salt: bytes, text_digest: str | None, spelling: bytes | None = None
) -> bytes:
    """Bind every value of an entry to 32 bytes; the body's spelling, if it is at hand."""
    before = canonical([salt.hex(), entry.kind, entry.check, entry.revision, entry.at.isoformat()])
    body = canonical(entry.body) if spelling is None else spelling
    parts = (DOMAIN, before[:-1], b",", body, b",", canonical(text_digest), b"]")
    return hashlib.sha256(b"".join(parts)).digest()


def export_line(entry: Entry) -> dict[str, Json]:
    """Lay an entry out as a line of the export, every key always there."""
    line: dict[str, Json] = {
        "seq": entry.seq,
        "kind": entry.kind,
        "check": entry.check,
        "revision": entry.revision,
        "at": entry.at.isoformat(),
    }
    return line | {column: entry.body.get(column) for column in BODY_COLUMNS}
