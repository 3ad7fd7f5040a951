"""Which of a pack's explained words stand in a text, so that a screen can explain them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from policies.parts import Term


class Glossary:
    """The words that a pack explains, and a memory of where they stand.

    Only a pack's own texts are looked up, of which there are few: what was found in one is kept,
    and a turn looks nothing up twice.
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        self._terms = {form: term for term in terms for form in (term.term, *term.also)}
        # The longest form first: "recognised legitimate interests" is not "legitimate interests".
        forms = sorted(self._terms, key=len, reverse=True)
        joined = "|".join(re.escape(form) for form in forms)
        self._pattern = re.compile(rf"\b(?:{joined})(?=s?\b)", re.IGNORECASE) if forms else None
        self._folded = {form.casefold(): term for form, term in self._terms.items()}
        self._known: dict[str, tuple[Term, ...]] = {}

    def explains(self, texts: Iterable[str]) -> tuple[Term, ...]:
        """The terms that these texts use, each once, in the order of their first use."""
        return tuple(dict.fromkeys(term for text in texts for term in self._found(text)))

    def without(self, text: str) -> str:
        """The text without the terms in it: what is left must be plain by itself."""
        return self._pattern.sub("", text) if self._pattern else text

    def _found(self, text: str) -> tuple[Term, ...]:
        if self._pattern is None:
            return ()
        if text not in self._known:
            hits = (self._folded[hit.casefold()] for hit in self._pattern.findall(text))
            self._known[text] = tuple(dict.fromkeys(hits))
        return self._known[text]
