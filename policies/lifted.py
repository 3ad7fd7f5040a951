"""Whether words of ours are lifted from a document: runs that both have, beyond names and law.

The documents belong to those who wrote them, and a pack says what they say in words of its own.
Few words in a row meet by chance or because there is no other way to say them; many do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from policies.filing import Fault
from policies.model import Value

MOST = 7
"""Words in a row that may be a document's too: "children's social care or the police" are six."""

LAW = re.compile(
    r"(?:[Tt]he )?(?:[A-Z]\w+ (?:\([^)]*\) )?(?:and |of )?)+(?:Act|Regulation)(?: \d{4})?"
)
"""The name of a law, which is one word here: nobody can call it otherwise."""

WORD = re.compile(r"[a-z0-9]+(?:['’][a-z]+)?")
NOT_OURS = frozenset({"source", "sources", "name", "published", "owner", "at"})
"""Fields that say what a document or a body is called, and where in it something stands."""


@dataclass(frozen=True, slots=True)
class Documents:
    """The runs of words that stand in some documents."""

    runs: frozenset[tuple[str, ...]]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Documents:
        """The documents with these texts."""
        return cls(frozenset(run for text in texts for run in _runs(_words(text))))

    def lifted(self, file: str, value: Value) -> Iterator[Fault]:
        """Every text in what a file holds with a run of words that stands in a document."""
        for node, text in _texts(value.model_dump(mode="json"), "file"):
            run = next((run for run in _runs(_words(text)) if run in self.runs), ())
            if run:
                problem = f"“{' '.join(run)}” stands so in a document."
                yield Fault(file, node, problem, "Say it in other words.")


def _words(text: str) -> list[str]:
    return WORD.findall(LAW.sub(" law ", text).lower().replace("-", " "))


def _runs(words: list[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(words[start:] for start in range(MOST + 1)), strict=False)


def _texts(value: Any, node: str) -> Iterator[tuple[str, str]]:
    """Every text that is ours, with the id of what it stands in."""
    match value:
        case Mapping():
            called = str(value.get("id") or node)
            for name, inner in value.items():
                if name not in NOT_OURS:
                    yield from _texts(inner, called)
        case list():
            for inner in value:
                yield from _texts(inner, node)
        case str():
            yield node, value
