"""The table of what looks like personal data: type, pattern, judge, and the words that cue it.

A pattern proposes, and a judge says how sure. Adding a kind of personal data is adding a row.
Patterns repeat only up to a bound, and start only where a word starts, so that no text, however
hostile, takes long. Names are best effort: one that is on no list, in small letters or alone
without a cue, is not seen, and a capitalised pair may be a place.
"""

import re

from dialogs import judges
from dialogs.fragments import CAPITALISED, HOUSE, KIN, LIVES, MONTHS, NAMES, STREETS, TALK, UPPER
from dialogs.numbers import ACCOUNTS, NUMBERS
from dialogs.ordinary import OFFICES, OPENERS, TIMES
from dialogs.recogniser import row


def hide_ordinary(text: str) -> str:
    """Take the capital from every word that is ordinary, for the rows of names to pass over."""
    return re.sub(
        r"\b[A-Z][a-z]{1,20}\b",
        lambda word: HIDDEN + word[0][1:] if word[0] in ORDINARY else word[0],
        text,
    )


ORDINARY = frozenset(f"{OPENERS} {TIMES} {OFFICES}".split())
# Stands in the place of an ordinary word's capital.
HIDDEN = "\1"

ADDRESSES = (
    row(
        "address",
        rf"\b(?i:flat|apartment|apt|plot|caravan|pitch) (?i:no\.? ?)?\d{{1,4}}[a-z]?\b"
        rf"(?:,? (?:{CAPITALISED} ){{1,3}}(?i:{STREETS})\b)?",
        judges.likely,
        cased=True,
    ),
    row(
        "address",
        rf"(?<!\w){HOUSE},? (?!(?:County|Crown|Family|High|Youth) Court)"
        rf"(?:{CAPITALISED}(?:'s?)? ){{1,3}}(?i:{STREETS})\b",
        judges.likely,
        cased=True,
    ),
    row(
        "address",
        rf"(?<!\w){HOUSE},? (?:(?!(?:the|a|an|of|on|in|to|and|down|up|off|or|from|at|by)\b)"
        r"[a-z'-]{3,20} ){1,2}(?:street|road|avenue|lane|drive|crescent|terrace)\b",
        judges.possible,
    ),
    row(
        "address",
        rf"(?<!\w){HOUSE},? (?!{MONTHS}\b)(?:the )?(?:[a-z'-]{{3,20}} ){{0,1}}{STREETS}\b",
        judges.cued_only,
        cues=LIVES,
    ),
    row(
        "address",
        rf"(?<!\w)(?:{HOUSE},? (?:The )?(?!(?i:{MONTHS})\b){CAPITALISED}(?: {CAPITALISED}){{0,2}}|"
        rf"(?:{CAPITALISED},? ){{1,4}}(?:Street|Road|Rd|Avenue|Ave|Lane|Drive|Crescent|Terrace|"
        r"Close|Gardens|Grove|Mews|Cottage|House|Court|Farm|Rectory|Buildings)\b)",
        judges.cued_only,
        cues=LIVES,
        cased=True,
    ),
    row(
        "address",
        rf"(?<!\w){CAPITALISED} (?:Cottage|House|Farm|Lodge|Rectory|Court), "
        rf"(?:{CAPITALISED} ){{1,2}}(?i:{STREETS})\b",
        judges.likely,
        cased=True,
    ),
    row("address", r"\bp\.?o\.? ?box \d{1,6}\b", judges.possible),
    row("address", r"(?<!\S)///\w{2,20}\.\w{2,20}\.\w{2,20}\b", judges.likely),
)
NAMED = (
    row(
        "name",
        r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame|Rev|Cllr|PC|DC|DS|Sgt|Nurse)\.? "
        rf"(?:[{UPPER}]\.? )?{NAMES}",
        judges.likely,
        cased=True,
    ),
    row(
        "name",
        rf"\b(?i:name is|name's|name:|surname) (?P<seen>{NAMES})",
        judges.likely,
        cased=True,
    ),
    *(
        row("name", pattern, judges.possible, cased=True)
        for pattern in (
            rf"\b(?i:called|named|known as) (?P<seen>{NAMES})",
            rf"\b(?i:{KIN}),? (?P<seen>{NAMES})",
            rf"\b(?i:{TALK}) (?P<seen>{NAMES})",
            rf"(?<![\w'-])(?P<seen>{CAPITALISED})'s? (?i:{KIN})\b",
            (
                rf"(?<![\w'-]){CAPITALISED}(?: [{UPPER}]\.?)?"
                rf"(?: (?:al-|el-|van |de |bin )?{CAPITALISED}){{1,2}}(?! {HIDDEN})"
            ),
        )
    ),
    row(
        "name",
        rf"(?<![\w'&./@-])(?<!\bSt )(?<!{HIDDEN}t )"
        rf"(?=(?P<seen>(?P<first>[^\W\d_]{{2,12}})\b(?:[ -][{UPPER}][\w'-]{{1,20}}){{0,2}}))"
        r"(?P=first)",
        judges.first_name,
        cased=True,
    ),
)
RECOGNISERS = (*NUMBERS, *ADDRESSES, *ACCOUNTS, *NAMED)
