"""The printable page of a decision for the case file: one file, with nothing to fetch."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.register.entries import Entry, Erased
from bot.register.kept_tree import Altered
from bot.register.receipts import receipt_of
from bot.register.store import Register
from dialogs.case_file import advised, decided
from policies.library import Library

ERASED = "These words were {}: their key was destroyed, so that nobody can read them."
OTHER_WORDS = (
    "The words of this policy are not in this release of Share Check. What follows is what the "
    "register holds, by the names that the policy gave."
)


@dataclass(frozen=True)
class CaseFiles:
    """Draws pages from the register and the policies that it names."""

    register: Register
    library: Library

    async def page(self, entry: Entry) -> str:
        """The page of one entry: a decision with the advice it was taken on, or advice alone."""
        check = await self.register.find(entry.check)
        words = await self.register.text(entry)
        page: str = self._template.render(
            body=dict(entry.body),
            day=f"{entry.at.day} {entry.at:%B %Y}",
            edition=self._policy(entry),
            advised=self._advised(entry),
            decided=decided(entry.body) if entry.kind == "decision" else (),
            words=ERASED.format(words) if isinstance(words, Erased) else words,
            erased=isinstance(words, Erased),
            later=_later(entry, check),
            proof=_proof(entry),
            receipt=await self._receipt(entry),
            other_words=OTHER_WORDS,
        )
        return page

    async def _receipt(self, entry: Entry) -> tuple[str, str] | None:
        """What proves the entry, in short and in full; None where nothing does."""
        try:
            made = await receipt_of(self.register.heads, entry)
        except Altered:
            return None
        return str(made.code), json.dumps(made.values(), ensure_ascii=False)

    def _policy(self, entry: Entry) -> Any:
        found = self.library.by_digest.get(str(entry.body["digest"]))
        return found.pack if found else None

    def _advised(self, entry: Entry) -> Any:
        pack = self._policy(entry)
        return advised(pack, entry.body, entry.at) if pack else None

    @cached_property
    def _template(self) -> Any:
        environment = Environment(
            loader=PackageLoader("bot.printing"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        return environment.get_template("case_file.html")


def worth_a_page(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Every decision of one check; while there is none, its newest advice."""
    decisions = tuple(entry for entry in entries if entry.kind == "decision")
    return decisions or tuple(entries[-1:])


def _later(entry: Entry, check: Sequence[Entry]) -> Entry | None:
    """The entry that supersedes this one, if one does."""
    same = [other for other in check if other.kind == entry.kind and other.seq > entry.seq]
    return same[-1] if same else None


def _proof(entry: Entry) -> tuple[tuple[str, str], ...]:
    """What ties the page to the register."""
    return (
        ("Entry", f"{entry.seq} ({entry.kind} {entry.revision})"),
        ("Commitment", entry.commitment.hex()),
        ("Policy digest", str(entry.body["digest"])),
    )
