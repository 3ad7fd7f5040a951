"""How hard a text is to read: words, sentences, syllables, and the reading age they come to.

Reading age is the Flesch-Kincaid grade plus five (Kincaid, Fishburne, Rogers and Chissom,
"Derivation of New Readability Formulas", Research Branch Report 8-75, 1975). Syllables are
counted from the spelling: vowels in a row make one, with the rules below for those that are
silent or stand apart. `tests/policies/test_readability.py` holds them to words of our packs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d[\d.,]*\d|\d")
ENDS = re.compile(r"(?<=[.!?])[”’\")]*\s+")
GRADE_ONE_AGE = 5
"""Years between a school grade and the age of the children in it."""

EXCEPTIONS = {
    **dict.fromkeys(("business", "people", "really", "hundred", "create", "something"), 2),
    **dict.fromkeys(("someone", "therefore", "colleague", "colleagues", "quiet", "science"), 2),
    **dict.fromkeys(("area", "areas", "idea", "ideas", "created", "businesses"), 3),
    **dict.fromkeys(("anyone", "everyone", "everything"), 3),
    "friend": 1,
    "friends": 1,
}
SILENT = re.compile(
    r"[^aeiouy]e$(?<![^aeiouy]le)"  # share, but not people or table
    r"|[^aeiouyszxcgh]es$(?<![^aeiouy]les)"  # makes, but not cases
    r"|[^aeiouytd]ed$"  # named, but not wanted
    r"|[^aeiouy]e(?=ly$|ful|less|ness)"  # rarely, useful
    r"|[^aeiouyl]e(?=ment)"  # statement, but not element
    r"|(?:safe|care|some|home|where|there|here|whole|name)(?=[gtbkw])"  # safeguard
)
APART = re.compile(
    r"(?<![cts])ia(?!ge)"  # guardian, but not social
    r"|(?<![ctsgxn])io"  # serious, but not question
    r"|(?<![cts])ie(?=n)"  # client, but not patient
    r"|eo(?![pu])"  # video
    r"|(?<![qg])ua"  # usual
    r"|[aeouy]ing"  # being
    r"|sm$"  # racism
    r"|[sd]n't$"  # isn't
)


def words(text: str) -> list[str]:
    """The words of a text; a number is one word."""
    return WORD.findall(text)


def sentences(texts: Iterable[str]) -> list[tuple[str, ...]]:
    """The words of each sentence; a text ends a sentence whether or not it has a full stop."""
    return [sentence for text in texts for sentence in _split(text)]


@lru_cache(maxsize=10_000)
def _split(text: str) -> tuple[tuple[str, ...], ...]:
    # The same text stands in many packs: every pack carries the standing advice.
    split = (tuple(WORD.findall(sentence)) for sentence in ENDS.split(text))
    return tuple(sentence for sentence in split if sentence)


def reading_age(texts: Iterable[str]) -> float:
    """The age at which children at school read such a text with ease; 0 where there is none."""
    said = sentences(texts)
    count = sum(map(len, said))
    if not count:
        return 0
    spoken = sum(syllables(word) for sentence in said for word in sentence)
    grade = 0.39 * count / len(said) + 11.8 * spoken / count - 15.59
    return grade + GRADE_ONE_AGE


@lru_cache(maxsize=10_000)
def syllables(word: str) -> int:
    """How many syllables a word has, judged by its spelling; a number counts as one."""
    plain = re.sub(r"'(?:s|re|ve|ll|d|m)$", "", word.lower().replace("’", "'"))
    if plain in EXCEPTIONS:
        return EXCEPTIONS[plain]
    groups = len(re.findall(r"[aeiouy]+", plain))
    return max(1, groups - len(SILENT.findall(plain)) + len(APART.findall(plain)))
