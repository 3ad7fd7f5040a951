"""What the screen comes to for whoever typed: words pass, or are held back until they answer.

It fails closed. Where the screen cannot do its work, for whatever reason, the words are held back
and nobody's answer lets them through.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

from dialogs.screen import Finding, TooLong, screen

WORDS_MOST = 2_000
"""Characters of anybody's own words; Slack's input holds 3,000, escaped."""

FAILED = (
    "These words could not be looked through for personal data, so they go nowhere. "
    "Try again, or put it in other words."
)
TOO_LONG = f"Use at most {WORDS_MOST:,} characters."
SPOKEN = {
    "nhs_number": "NHS number",
    "ni_number": "NI number",
    "date_of_birth": "date of birth",
    "email": "e-mail address",
    "phone": "phone number",
    "vehicle": "number plate",
    "record": "number of a record",
    "handle": "account name",
}
# What tells one device or one keyboard from another says nothing, and could say who typed.
# Letters and marks that nobody sees are neither controls nor spaces, and say no more.
UNSEEN = "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0" + "".join(
    map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))
)
PLAIN = str.maketrans(
    {
        **dict.fromkeys(UNSEEN, ""),
        "\u2800": " ",
        **dict.fromkeys("‘’‚‛′ʼ", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        "…": "...",
        "•": "-",
        "\t": " ",
        "\r": "\n",
    }
)


class NotScreened(Exception):
    """The screen could not look through these words."""


def findings(words: str) -> tuple[Finding, ...]:
    """What looks like personal data in these words; raises `TooLong` or `NotScreened`."""
    try:
        return screen(words)
    except TooLong:
        raise
    except Exception:  # noqa: BLE001
        # Whatever broke, and its message could quote the words.
        raise NotScreened from None


def screened(words: str, kept: tuple[str, ...]) -> str | None:
    """What the screen holds against these words, unless the practitioner answered for them."""
    try:
        found = findings(words)
    except TooLong:
        return TOO_LONG
    except NotScreened:
        return FAILED
    if not found or fingerprint(words) in kept:
        return None
    seen = ", ".join(dict.fromkeys(f"“{finding.seen}”" for finding in found[:5]))
    return f"This may be personal data: {seen}. Remove it, or say that it is not personal data."


def answerable(words: str) -> str | None:
    """The mark by which whoever typed these words may answer for what is seen in them.

    None where nothing is held against them, or where no answer would let them through.
    """
    mark = fingerprint(words)
    held = screened(words, ()) is not None and screened(words, (mark,)) is None
    return mark if held else None


def removed(words: str) -> str:
    """These words with what looks like personal data taken out; raises as `findings`.

    Taking something out may bring two halves of something else together, so it is done again
    until nothing is seen.
    """
    for _ in range(3):
        found = findings(words)
        if not found:
            return words
        for finding in reversed(found):
            kind = SPOKEN.get(finding.type, finding.type)
            words = f"{words[: finding.start]}[{kind} removed]{words[finding.end :]}"
    raise NotScreened


def fingerprint(words: str) -> str:
    """A short digest that ties an answer about findings to the words it was given for."""
    return hashlib.sha256(words.strip().encode(errors="replace")).hexdigest()[:16]


def plain(words: str) -> str:
    """These words without what a device or a habit of typing adds: quotes, spaces, odd marks."""
    words = words.encode(errors="replace").decode().replace("\r\n", "\n").translate(PLAIN)
    words = unicodedata.normalize("NFKC", words)
    words = "".join(one for one in words if one == "\n" or unicodedata.category(one)[0] != "C")
    words = re.sub(r" {2,}", " ", words)
    words = re.sub(r" ?\n ?", "\n", words)
    return re.sub(r"\n{3,}", "\n\n", words).strip()
