"""Receipts: an entry with the proof that it stands in the register, to be checked anywhere."""

from dataclasses import dataclass

from bot.register.canonical import Json
from bot.register.checkpoints import Checkpoint, Mark, mark_of
from bot.register.entries import Entry
from bot.register.heads import Heads
from bot.register.kept_tree import Altered
from bot.register.tree import leaf_hash, root_by_inclusion

FORMAT = "share-check/receipt/1"


@dataclass(frozen=True, slots=True)
class Receipt:
    """An entry, the path from it to the root, and the signed root."""

    entry: Entry
    path: tuple[bytes, ...]
    checkpoint: Checkpoint

    @property
    def code(self) -> Mark:
        """The receipt in short, as a person can read it out or write it down."""
        return mark_of(self.entry, self.checkpoint)

    def values(self) -> dict[str, Json]:
        """The receipt as JSON holds it."""
        entry = self.entry
        return {
            "format": FORMAT,
            "code": str(self.code),
            "entry": {
                "seq": entry.seq,
                "kind": entry.kind,
                "check": entry.check,
                "revision": entry.revision,
                "at": entry.at.isoformat(),
                "body": dict(entry.body),
                "salt": entry.salt.hex(),
                "text_digest": entry.text_digest,
            },
            "proof": [step.hex() for step in self.path],
            "checkpoint": self.checkpoint.values(),
        }


async def receipt_of(heads: Heads, entry: Entry) -> Receipt:
    """The receipt of an entry against the newest head, or a new one. Raises `Altered`."""
    head = await heads.newest()
    if head is None or head.size < entry.seq:
        head = await heads.write()
    if head is None or head.size < entry.seq:
        raise Altered(f"Entry {entry.seq} is missing.")
    heads.believed(head)
    path = tuple(await heads.path(entry.seq, head.size))
    leaf = leaf_hash(entry.commitment)
    led_to = root_by_inclusion(leaf, entry.seq - 1, head.size, path)
    if led_to != head.root or not entry.verifies():
        # Better none than one that proves nothing.
        raise Altered(f"Entry {entry.seq} is not the one that the checkpoints saw.")
    return Receipt(entry, path, head)
