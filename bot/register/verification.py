"""Reads the whole register again, and reports what is wrong with it and what cannot be said.

Checkpoints from the database itself show what was altered since they were signed, if whoever
altered it could not sign. Checkpoints that were kept outside show the rest: a register that was
put back to an earlier day and has grown again since, or one rewritten by a holder of the key.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.register.checkpoints import Checkpoint
from bot.register.database import Database
from bot.register.erasures import Erasure, record_verifies
from bot.register.evidence import Evidence
from bot.register.examining import Examiner, Fault
from bot.register.keystore import KeyStore
from bot.register.raw_rows import SECONDS, RawRows
from bot.register.receipt_check import NotProved, Unreadable, check, commitment
from bot.register.signing import Signer


@dataclass(frozen=True, slots=True)
class Report:
    """What a reading of the whole register came to."""

    size: int
    erased: int
    heads: int
    """How many checkpoints of the register's own there were."""
    agreed: int
    """The largest size at which a checkpoint agreed."""
    kept: int
    """The largest size at which something that was kept outside agreed."""
    unsealed: int
    """How many seals are of a key that is lost."""
    keys_alone: int
    """Keys that no entry has: of writes that were given up, or of entries that are gone."""
    strange: Sequence[str]
    """Keys that its checkpoints name, and that are not in SIGNING_KEY."""
    evidence: Evidence
    faults: Sequence[Fault]
    more: int

    @property
    def sound(self) -> bool:
        """Whether nothing at all is wrong."""
        return not self.faults


class Verification:
    """One reading of the register."""

    def __init__(
        self, database: Database, keystore: KeyStore, signer: Signer, evidence: Evidence
    ) -> None:
        """Read this register, and hold it against what was kept outside."""
        self._rows = RawRows(database)
        self._keystore = keystore
        self._signer = signer
        self._evidence = evidence
        self._examiner = Examiner(signer)
        self._kept = sorted(evidence.checkpoints, key=lambda head: head.size)
        self._marks = sorted(
            (mark for mark in evidence.marks if mark.size), key=lambda mark: mark.size or 0
        )
        self._marked = {mark.seq: mark.commitment for mark in evidence.marks}
        self._heads = self._erased = self._texts = self._read = self._keyed = 0

    async def run(self) -> Report:
        """Read everything; raises `RegisterUnavailable`."""
        for receipt in self._evidence.receipts:
            self._receipt(receipt)
        last: object = None
        while page := await self._rows.page(last):
            await self._examine(page)
            last = page[-1].seq
        await self._end(last)
        examiner = self._examiner
        return Report(
            size=examiner.size,
            erased=self._erased,
            heads=self._heads,
            agreed=examiner.agreed,
            kept=examiner.kept,
            unsealed=examiner.unsealed,
            keys_alone=max(0, await self._keystore.count(SECONDS) - self._keyed),
            strange=sorted(examiner.strange),
            evidence=self._evidence,
            faults=examiner.faults,
            more=examiner.more,
        )

    async def _examine(self, page: Sequence[Any]) -> None:
        examiner = self._examiner
        end = examiner.size + len(page)
        own = await self._own_heads(examiner.size, end)
        nodes = await self._rows.nodes(examiner.size, end)
        keys: dict[str, int] = {}
        for row in page:
            completed = examiner.row(row)
            self._read += 1
            if row.key is not None or row.text_digest is not None:
                self._text(row, keys)
            if completed and nodes:
                self._subtrees(completed, nodes)
            while own and own[0].size <= examiner.size:
                examiner.head(own.pop(0), kept=False)
            self._outside(row)
        await self._keys(keys)

    def _receipt(self, receipt: dict[str, Any]) -> None:
        """Check what was kept before the register is held against it."""
        head: dict[str, Any] = receipt["checkpoint"]
        entry: Any = receipt.get("entry")
        public = self._signer.public_keys.get(head["key"])
        if public is None:
            # Told where its checkpoint is held against the rows.
            return
        try:
            check(receipt, public)
        except (NotProved, Unreadable) as why:
            seq = entry.get("seq") if isinstance(entry, dict) else None
            row = seq if type(seq) is int else None
            self._examiner.tell(row, f"the receipt that was kept is forged. {why}")
        else:
            self._marked.setdefault(entry["seq"], commitment(entry).hex())

    def _outside(self, row: Any) -> None:
        examiner = self._examiner
        while self._kept and self._kept[0].size <= examiner.size:
            examiner.head(self._kept.pop(0), kept=True)
        while self._marks and (self._marks[0].size or 0) <= examiner.size:
            examiner.mark(self._marks.pop(0))
        marked = self._marked.pop(examiner.size, None) if self._marked else None
        if marked and not (
            isinstance(row.commitment, bytes) and row.commitment.hex().startswith(marked)
        ):
            examiner.tell(
                examiner.size, "it is not the one that the mark or receipt was given for."
            )

    async def _end(self, last: object) -> None:
        """What can only be said when all rows were read: what is missing, or there twice."""
        examiner = self._examiner
        for head in await self._own_heads(examiner.size):
            examiner.head(head, kept=False)
        for head in self._kept:
            examiner.head(head, kept=True)
        for mark in self._marks:
            examiner.mark(mark)
        for seq in sorted(seq for seq in self._marked if seq > examiner.size):
            examiner.tell(seq, "missing; a mark or receipt was given for it.")
        examiner.end()
        there = await self._rows.rows_up_to(last)
        if there != self._read:
            examiner.tell(None, f"{there - self._read} rows have a number that is there twice.")
        for first, second in await self._rows.twice():
            examiner.tell(second, f"it is entry {first} again.")
        texts = await self._rows.texts()
        if texts > self._texts:
            examiner.tell(None, f"{texts - self._texts} sealed texts belong to no entry.")

    def _text(self, row: Any, keys: dict[str, int]) -> None:
        """Hold a sealed text against its digest; which keys must be asked for."""
        tell, place = self._examiner.tell, self._examiner.size
        if not isinstance(row.key, str) or not isinstance(row.text_digest, str):
            tell(place, "its key is not the one that it was written with.")
            return
        if row.sealed is not None:
            self._texts += 1
            if not isinstance(row.sealed, bytes) or _digest(row.sealed) != row.text_digest:
                tell(place, "its sealed text is not the one that it was written with.")
            keys[row.key] = place
        elif row.erased_signature is None:
            keys[row.key] = -place
        elif record_verifies(
            self._signer,
            row.key,
            *(row.erased_at, row.erased_policy, row.erased_signed_by, row.erased_signature),
        ):
            self._erased += 1
        else:
            tell(place, "the record of its text's erasure is forged.")

    async def _keys(self, keys: dict[str, int]) -> None:
        """Ask the key store for the keys of some entries; minus marks a text that is gone."""
        if not keys:
            return
        missing, closed = await self._keystore.looked_over(keys, SECONDS)
        self._keyed += len(keys) - len(missing)
        for key in sorted(closed, key=lambda key: abs(keys[key])):
            self._examiner.tell(
                abs(keys[key]), "its key was altered, or none of SECRET_KEYS opens it."
            )
        missing |= {key for key, place in keys.items() if place < 0}
        noted = await self._noted(missing)
        for key in sorted(missing, key=lambda key: abs(keys[key])):
            place, record = keys[key], noted.get(key)
            if record is None:
                what = "key" if place > 0 else "sealed text"
                self._examiner.tell(
                    abs(place), f"its {what} is gone, and no record says that it was erased."
                )
            elif record_verifies(
                self._signer,
                key,
                *(record.at, record.policy, record.signed_by, record.signature),
            ):
                self._erased += 1
            else:
                self._examiner.tell(abs(place), "the record of its text's erasure is forged.")

    async def _noted(self, keys: set[str]) -> dict[str, Erasure]:
        try:
            return await self._keystore.erased(keys, SECONDS) if keys else {}
        except (TypeError, ValueError):
            self._examiner.tell(None, "A record of erasure in the key store cannot be read.")
            return {}

    def _subtrees(
        self, completed: Sequence[tuple[int, int, bytes]], nodes: dict[tuple[int, int], object]
    ) -> None:
        for level, place, found in completed:
            kept = nodes.get((level, place), found)
            if kept != found:
                first, last = (place << level) + 1, (place + 1) << level
                self._examiner.tell(
                    None, f"The kept hash over entries {first} to {last} is not theirs."
                )

    async def _own_heads(self, above: int, up_to: int | None = None) -> list[Checkpoint]:
        """The register's own checkpoints of these sizes."""
        found = await self._rows.heads(above, up_to)
        self._heads += len(found)
        if None in found:
            self._examiner.tell(None, "A row among the checkpoints is not a checkpoint.")
        return [head for head in found if head is not None]


def _digest(sealed: bytes) -> str:
    return hashlib.sha256(sealed).hexdigest()
