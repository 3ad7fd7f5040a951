"""The table of what looks like personal data: type, pattern, judge, and the words that cue it.

A pattern proposes, and a judge says how sure. Adding a kind of personal data is adding a row.
Patterns repeat only up to a bound, and start only where a word starts, so that no text, however
hostile, takes long. Names are best effort: a name in small letters, or alone without a cue, is
not seen, and a capitalised pair may be a place.
"""

import re
from dataclasses import dataclass
from typing import Literal

from dialogs import judges
from dialogs.judges import Judge, Sure
from dialogs.ordinary import OFFICES, OPENERS, TIMES

CUE_REACH = 40

Type = Literal[
    "secret", "email", "nhs_number", "ni_number", "phone", "postcode", "date_of_birth",
    "address", "name",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Recogniser:
    """One row; a group called `seen` narrows the match to what is personal in it."""

    type: Type
    pattern: re.Pattern[str]
    judge: Judge
    cues: re.Pattern[str] | None

    def sure(self, match: re.Match[str]) -> Sure | None:
        """How sure it is that this match is personal data, with the words before it in mind."""
        before = match.string[max(0, match.start() - CUE_REACH) : match.start()]
        cued = self.cues is not None and self.cues.search(before) is not None
        return self.judge(match, cued)


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
MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
STREETS = (
    r"(?:street|st|road|rd|avenue|ave|lane|drive|crescent|terrace|gardens|grove|court|way|walk|"
    r"square|hill|park|row|mews|place|parade|rise|green|close)"
)
UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶŁĻŃŅŇŌŐŒŘŚŞŠŢŤŪŮŰŲŹŻŽȘȚ"
PART = rf"[{UPPER}][^\W\d_A-Z]{{1,20}}"
CAPITALISED = rf"(?:[{UPPER}]')?{PART}(?:{PART})?(?:-{PART})?"
NAMES = rf"{CAPITALISED}(?: {CAPITALISED}){{0,2}}"
HOUSE = r"\d{1,4}[A-Za-z]?(?:-\d{1,4}[A-Za-z]?)?"
TALK = r"(?:spoke|speak|talked|talk|wrote|listened) (?:to|with)"
KIN = (
    r"(?:son|daughter|mum|mother|dad|father|brother|sister|partner|husband|wife|child|baby|boy|"
    r"girl|uncle|aunt|nan|friend|neighbour|patient|pupil|client|cousin|stepfather|stepmother)"
)


# Words of birth with no other number between them and the date: "born 3 May 2015, seen 9 June".
BIRTH = r"\b(?:born|b\.|d\.?o\.?b\.?|birth ?day|birth)[^\d\w]?[^\d]{0,30}$"


def _row(
    type_: Type,
    pattern: str,
    judge: Judge,
    *,
    cues: str | None = None,
    cased: bool = False,
) -> Recogniser:
    return Recogniser(
        type_,
        re.compile(pattern, 0 if cased else re.IGNORECASE),
        judge,
        re.compile(cues, re.IGNORECASE) if cues else None,
    )


RECOGNISERS = (
    _row("secret", r"\bxox[abeoprs]-[\w-]{8,200}", judges.likely),
    _row("secret", r"-----BEGIN [A-Z ]{0,40}-----", judges.likely),
    _row(
        "secret",
        r"\bBearer {1,3}[\w.~+/-]{16,2000}|\beyJ[\w-]{10,1000}\.[\w-]{4,}",
        judges.likely,
    ),
    _row("secret", r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b", judges.likely, cased=True),
    _row(
        "secret",
        r"\b(?:pass(?:word|code|phrase)|pwd|pin|api.?key|secret)(?: is)? ?[:=] ?"
        r"(?P<seen>\S{4,100})",
        judges.likely,
    ),
    _row(
        "secret",
        r"\b(?:pass(?:word|code|phrase)|pwd|pin) is (?P<seen>(?=\D{0,60}\d)[^\s,;]{4,100})",
        judges.likely,
    ),
    _row(
        "secret",
        r"\b(?:key ?safe|door|entry|gate|alarm|access|lock)(?: code)?(?: is| was)?:? "
        r"(?P<seen>(?=[a-z]{0,4}\d)[a-z\d]{4,12})\b",
        judges.likely,
    ),
    _row(
        "email",
        r"(?<![\w.%+'-])\w[\w.%+'-]{0,63}(?:@| ?[(\[] ?at ?[)\]] ?)[a-z0-9-]{1,63}"
        r"(?:(?:\.| ?[(\[] ?dot ?[)\]] ?| dot )[a-z0-9-]{2,63}){1,4}",
        judges.likely,
    ),
    _row(
        "email",
        r"(?<![\w.%+'-])\w[\w.%+'-]{0,63} at [a-z0-9-]{1,63}(?: dot [a-z0-9-]{2,63}){1,4}",
        judges.possible,
    ),
    _row(
        "nhs_number",
        r"(?<![\d+])(?<!\d[ .-])\d(?:[ .-]?\d){9}(?![ .-]?\d)",
        judges.nhs_number,
        cues=r"\bn\.?h\.?s\b",
    ),
    _row(
        "ni_number",
        r"(?<!\w)(?!BG|GB|KN|NK|NT|TN|ZZ)(?:QQ|[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z])"
        r"(?:[ -]?\d\d){3}(?:[ -]?(?P<suffix>[A-D]))?(?!\w)",
        judges.ni_number,
        cues=r"national insurance|\bnino\b|\bn\.?i\.? (?:number|no)\b",
    ),
    _row(
        "phone",
        r"(?<![\w+])(?:(?:\+|00) ?44 ?(?:\(0\))?|\(?0)"
        r"(?P<national>(?:[ ().-]{0,2}\d){9,10})(?!\d)",
        judges.phone,
    ),
    _row("phone", r"(?<![\w+])\+(?!44)\d(?:[ ().-]{0,2}\d){7,14}(?!\d)", judges.likely),
    _row(
        "postcode",
        r"(?<!\w)(?P<area>[A-Z]{1,2})\d[A-Z\d]?[ -]{0,2}\d[ABD-HJLNP-UW-Z]{2}(?!\w)",
        judges.postcode,
    ),
    *(
        _row("date_of_birth", pattern, judges.date_of_birth, cues=BIRTH)
        for pattern in (
            (
                r"(?<![\w./-])(?P<day>\d\d?)(?P<mark>[/. -])(?P<month>\d\d?)(?P=mark)"
                r"(?P<year>(?:19|20)\d\d|\d\d)(?![\w/-])"
            ),
            (
                r"(?<![\w./-])(?P<year>(?:19|20)\d\d)[/.-](?P<month>\d\d?)[/.-](?P<day>\d\d?)"
                r"(?![\w/-])"
            ),
            r"(?<!\w)(?P<day>\d\d)(?P<month>\d\d)(?P<year>(?:19|20)\d\d)(?!\w)",
            (
                rf"(?<!\w)(?P<day>\d\d?)(?:st|nd|rd|th)?(?: of)?[ -](?P<month>{MONTHS})\.?,?[ -]"
                r"(?P<year>(?:19|20)\d\d|\d\d)(?!\w)"
            ),
            (
                rf"(?<!\w)(?P<month>{MONTHS})\.? (?P<day>\d\d?)(?:st|nd|rd|th)?,? "
                r"(?P<year>(?:19|20)\d\d)\b"
            ),
        )
    ),
    _row(
        "address",
        rf"(?<!\w){HOUSE},? (?!(?:County|Crown|Family|High|Youth) Court)"
        rf"(?:{CAPITALISED}(?:'s?)? ){{1,3}}(?i:{STREETS})\b",
        judges.likely,
        cased=True,
    ),
    _row(
        "address",
        rf"(?<!\w){HOUSE},? (?:(?!(?:the|a|an|of|on|in|to|and|down|up|off|or|from|at|by)\b)"
        r"[a-z'-]{3,20} ){1,2}(?:street|road|avenue|lane|drive|crescent|terrace)\b",
        judges.possible,
    ),
    _row("address", r"\b(?:flat|apartment|apt) (?:no\.? ?)?\d{1,4}[a-z]?\b", judges.possible),
    _row("address", r"\bp\.?o\.? ?box \d{1,6}\b", judges.possible),
    _row(
        "name",
        r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame|Rev|Cllr|PC|DC|DS|Sgt|Nurse)\.? "
        rf"(?:[{UPPER}]\.? )?{NAMES}",
        judges.likely,
        cased=True,
    ),
    _row(
        "name",
        rf"\b(?i:name is|name's|name:|surname) (?P<seen>{NAMES})",
        judges.likely,
        cased=True,
    ),
    *(
        _row("name", pattern, judges.possible, cased=True)
        for pattern in (
            rf"\b(?i:called|named|known as) (?P<seen>{NAMES})",
            rf"\b(?i:{KIN}),? (?P<seen>{NAMES})",
            rf"\b(?i:{TALK}) (?P<seen>{NAMES})",
            rf"(?<![\w'-])(?P<seen>{CAPITALISED})'s? (?i:{KIN})\b",
            rf"(?<![\w'-]){CAPITALISED}(?: [{UPPER}]\.?)?(?: {CAPITALISED}){{1,2}}(?! {HIDDEN})",
        )
    ),
)
