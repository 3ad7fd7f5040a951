"""Personal data in free text: what was seen, where, and how sure.

What it looks for stands in the table of recognisers. Here the text is made plain first, so that
full-width digits or invisible characters hide nothing, and every finding is mapped back to its
place in the text as it was given. Where findings overlap the surer stands, then the row nearer
the top of the table.
"""

from dataclasses import dataclass
from functools import lru_cache
from unicodedata import category, decimal, normalize

from dialogs.judges import Sure
from dialogs.recogniser import Type
from dialogs.recognisers import RECOGNISERS, hide_ordinary

LONGEST = 20_000


class TooLong(ValueError):
    """The text is longer than is screened."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What looks like personal data, by its place in the text as it was given."""

    type: Type
    start: int
    end: int
    seen: str
    sure: Sure


def screen(text: str) -> tuple[Finding, ...]:
    """Find what looks like personal data, in the order of the text."""
    if len(text) > LONGEST:
        raise TooLong(f"The text is longer than {LONGEST} characters.")
    plain, places = _plain(text)
    findings = []
    taken = bytearray(len(plain))
    for start, end, sure, type_ in _proposals(plain):
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            first, last = places[start], places[end - 1] + 1
            findings.append(Finding(type_, first, last, text[first:last], sure))
    return tuple(sorted(findings, key=lambda finding: finding.start))


def _plain(text: str) -> tuple[str, list[int]]:
    """The text in plain characters, and for each of them its place in the original."""
    if text.isascii():
        return text, list(range(len(text)))
    pairs = [(plain, place) for place, one in enumerate(text) for plain in _plain_character(one)]
    return "".join(plain for plain, _ in pairs), [place for _, place in pairs]


@lru_cache(4096)
def _plain_character(one: str) -> str:
    kind = category(one)
    if kind == "Cf":  # Zero-width characters split a number for the eye of a machine only.
        return ""
    if kind == "Nd":
        return str(decimal(one))
    if kind == "Pd":
        return "-"
    if one in "‘’ʼ":
        return "'"
    plain = normalize("NFKC", one)
    return plain if len(plain) <= 4 else one  # One Arabic ligature is eighteen letters.


def _proposals(text: str) -> list[tuple[int, int, Sure, Type]]:
    found = []
    hidden = hide_ordinary(text)
    for row in RECOGNISERS:
        group = "seen" if "seen" in row.pattern.groupindex else 0
        for match in row.pattern.finditer(hidden if row.type == "name" else text):
            sure = row.sure(match)
            if sure:
                found.append((*match.span(group), sure, row.type))
    # The sort is stable: within the same sureness the order of the table stands.
    return sorted(found, key=lambda proposal: proposal[2] != "likely")
