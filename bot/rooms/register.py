"""The room of the register: a practitioner finds checks of their own, and checks receipts."""

from __future__ import annotations

import hmac
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.checks.ids import is_theirs
from bot.conversation import Conversation
from bot.register.checkpoints import Mark, read_mark
from bot.register.entries import Entry
from bot.register.kept_tree import Altered
from bot.register.receipts import receipt_of
from bot.register.store import Register
from bot.rooms import Practitioner, Shown, Visit
from dialogs import proofs
from dialogs.pages import FormView, PageView
from dialogs.proofs import FIND, VERIFY, Standing

COMMANDS = {
    FIND: "Find a check of yours by its reference",
    VERIFY: "Check a receipt, or get one for a check of yours",
}
REFERENCE = re.compile(r"[A-Z]{2}-[A-Z0-9]{4}-[A-Z0-9]{4}")


@dataclass(frozen=True)
class RegisterRoom:
    """Looks things up; whose an entry is, only its practitioner's own pseudonym tells."""

    conversation: Conversation
    register: Register
    name: str = proofs.ROOM
    commands: Mapping[str, str] = field(default_factory=lambda: COMMANDS)

    async def enter(self, who: Practitioner, command: str) -> Shown:  # noqa: ARG002
        """Ask for a reference or a code."""
        return _shown(proofs.ask(command, self.conversation.emergency))

    async def take(self, who: Practitioner, visit: Visit) -> Shown:
        """Look up what was typed, or the receipts of a check of one's own."""
        try:
            match visit.verb:
                case "find" | "verify":
                    return _shown(await self._typed(who, visit))
                case "receipts":
                    return _shown(await self._receipts(who, visit.value))
        except Altered:
            return _shown(proofs.altered(self.conversation.emergency))
        return await self.enter(who, FIND)

    async def _typed(self, who: Practitioner, visit: Visit) -> PageView | FormView:
        given = "".join(visit.form.get(proofs.NAMED.id, ()))[: proofs.NAMED.most].strip()
        emergency = self.conversation.emergency
        if mark := read_mark(given):
            return await self._marked(who, mark)
        if not REFERENCE.fullmatch(given.upper()):
            return proofs.ask(visit.verb, emergency, given=given, wrong=proofs.NOT_ONE)
        own = self._own(who, await self.register.by_reference(given.upper()))
        if visit.verb == FIND:
            return proofs.found([_standing(entry) for entry in own], emergency)
        return await self._proved(own)

    async def _receipts(self, who: Practitioner, check: str) -> PageView:
        owners = self.conversation.keyring.owners(who.surface, who.tenant, who.person)
        if not is_theirs(self.conversation.keyring, owners, check):
            return proofs.found((), self.conversation.emergency)
        return await self._proved(self._own(who, await self.register.find(check)))

    async def _proved(self, own: Sequence[Entry]) -> PageView:
        made = [await receipt_of(self.register.heads, entry) for entry in own]
        heads = {receipt.checkpoint.size: receipt.checkpoint for receipt in made}
        head = heads[max(heads)] if heads else None
        named = f"the checkpoint of {head.size} entries of {head.time}" if head else ""
        entries = [_standing(receipt.entry, str(receipt.code)) for receipt in made]
        return proofs.receipts(entries, named, self.conversation.emergency)

    async def _marked(self, who: Practitioner, mark: Mark) -> PageView:
        """Hold a code against the register as it is now."""
        emergency = self.conversation.emergency
        entry = await self.register.entry(mark.seq)
        if entry is None:
            return proofs.differs(f"The register has no entry {mark.seq}.", emergency)
        signer, commitment = self.register.signer, entry.commitment
        sealed = signer.lost_one or signer.sealed(entry.seq, commitment, entry.seal)
        if not (commitment.hex().startswith(mark.commitment) and entry.verifies() and sealed):
            why = f"Entry {mark.seq} is not the one that this code was given for."
            return proofs.differs(why, emergency)
        if mark.size is not None:
            if mark.size > await self.register.heads.size():
                why = f"The code speaks of {mark.size} entries, and there are not as many."
                return proofs.differs(why, emergency)
            root = await self.register.heads.root(mark.size)
            if not root.hex().startswith(str(mark.root)):
                why = f"The first {mark.size} entries are not those that this code was given for."
                return proofs.differs(why, emergency)
        standing = _standing(entry) if self._own(who, (entry,)) else _others(entry)
        return proofs.stands(standing, mark.size, emergency)

    def _own(self, who: Practitioner, entries: Sequence[Entry]) -> list[Entry]:
        """Those entries that carry a mark that only this practitioner's name can make."""
        keyring = self.conversation.keyring
        owners = keyring.owners(who.surface, who.tenant, who.person)
        return [
            entry
            for entry in entries
            if any(
                hmac.compare_digest(str(entry.body.get("by")), mark)
                for mark in keyring.marks(owners, entry.check)
            )
        ]


def _standing(entry: Entry, code: str = "") -> Standing:
    reference, said = str(entry.body.get("reference", "")), proofs.said(entry.body)
    return Standing(
        entry.seq, entry.kind, entry.revision, entry.at, reference, said, entry.check, code
    )


def _others(entry: Entry) -> Standing:
    """Of somebody else's entry no more than that it stands."""
    return Standing(entry.seq, entry.kind, entry.revision, entry.at)


def _shown(view: PageView | FormView) -> Shown:
    return Shown(None, 0, view)
