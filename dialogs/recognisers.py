"""The table of what looks like personal data: a pattern proposes, and a judge says how sure.

Adding a kind of personal data is adding a row. Patterns repeat only up to a bound, and start
only where a word starts, so that no text, however hostile, takes long. Names are best effort: a
name in small letters, or alone without a cue, is not seen, and a capitalised pair may be a place.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from dialogs.ordinary import OFFICES, OPENERS, POSTCODE_AREAS, TIMES

CUE_REACH = 40

Type = Literal[
    "secret", "email", "nhs_number", "ni_number", "phone", "postcode", "date_of_birth",
    "address", "name",
]  # fmt: skip
Sure = Literal["likely", "possible"]


@dataclass(frozen=True, slots=True)
class Recogniser:
    """One row; a group called `seen` narrows the match to what is personal in it."""

    type: Type
    pattern: re.Pattern[str]
    judge: Callable[[re.Match[str]], Sure | None]


def hide_ordinary(text: str) -> str:
    """Take the capital from every word that is ordinary, for the rows of names to pass over."""
    return re.sub(
        r"\b[A-Z][a-z]{1,20}\b",
        lambda word: HIDDEN + word[0][1:] if word[0] in ORDINARY else word[0],
        text,
    )


def _likely(_: re.Match[str]) -> Sure:
    return "likely"


def _possible(_: re.Match[str]) -> Sure:
    return "possible"


def _cued(match: re.Match[str], cue: str) -> bool:
    before = match.string[max(0, match.start() - CUE_REACH) : match.start()]
    return re.search(cue, before, re.IGNORECASE) is not None


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _nhs_number(match: re.Match[str]) -> Sure | None:
    digits = _digits(match[0])
    weighted = sum(
        int(digit) * weight for digit, weight in zip(digits[:9], range(10, 1, -1), strict=True)
    )
    passes = (11 - weighted % 11) % 11 == int(digits[9])
    cued = _cued(match, r"\bn\.?h\.?s\b")
    grouped = re.fullmatch(r"\d{3}[ -]\d{3}[ -]\d{4}", match[0])
    # One bare ten-digit number in eleven passes by chance, and a mistyped one is personal too.
    if passes and (cued or (grouped and digits[0] != "0")):
        return "likely"
    return "possible" if cued or (passes and digits[0] != "0") else None


def _ni_number(match: re.Match[str]) -> Sure | None:
    cued = _cued(match, r"national insurance|\bnino\b|\bn\.?i\.? (?:number|no)\b")
    return "likely" if match["suffix"] or cued else None


def _phone(match: re.Match[str]) -> Sure | None:
    digits = _digits(match["national"])
    if len(digits) == 10 and digits[0] in "1237":
        return "likely"
    return "possible" if digits[0] in "1235789" else None


def _postcode(match: re.Match[str]) -> Sure | None:
    if match["area"].upper() not in AREAS:
        return None
    if match[0].isupper():
        return "likely"
    return None if re.search(r"(?:1st|2nd|3rd|\dth)$", match[0]) else "possible"


def _date(match: re.Match[str]) -> Sure | None:
    cued = _cued(match, r"\b(?:born|d\.?o\.?b|date of birth|birth ?day|birth)\b")
    day, month, year = match["day"], match["month"], match["year"]
    numbers = [int(number) for number in (day, month) if number.isdigit()]
    if not all(1 <= number <= 31 for number in numbers) or (numbers[1:] and min(numbers) > 12):
        return None
    if cued:
        return "likely"
    # Short years with dots or spaces are more often a paragraph: 3.2.18.
    bare = len(year) == 2 and not re.search("[/-]", match[0])
    return None if bare or match[0].isdigit() else "possible"


AREAS = frozenset(POSTCODE_AREAS.split())
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
KIN = (
    r"(?:son|daughter|mum|mother|dad|father|brother|sister|partner|husband|wife|child|baby|boy|"
    r"girl|uncle|aunt|nan|friend|neighbour|patient|pupil|client|cousin|stepfather|stepmother)"
)


def _row(
    type_: Type,
    pattern: str,
    judge: Callable[[re.Match[str]], Sure | None],
    *,
    cased: bool = False,
) -> Recogniser:
    return Recogniser(type_, re.compile(pattern, 0 if cased else re.IGNORECASE), judge)


RECOGNISERS = (
    _row("secret", r"\bxox[abeoprs]-[\w-]{8,200}", _likely),
    _row("secret", r"-----BEGIN [A-Z ]{0,40}-----", _likely),
    _row("secret", r"\bBearer {1,3}[\w.~+/-]{16,2000}|\beyJ[\w-]{10,1000}\.[\w-]{4,}", _likely),
    _row("secret", r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b", _likely, cased=True),
    _row(
        "secret",
        r"\b(?:pass(?:word|code|phrase)|pwd|pin|api.?key|secret)(?: is)? ?[:=] ?"
        r"(?P<seen>\S{4,100})",
        _likely,
    ),
    _row(
        "secret",
        r"\b(?:pass(?:word|code|phrase)|pwd|pin) is (?P<seen>(?=\D{0,60}\d)\S{4,100})",
        _likely,
    ),
    _row(
        "email",
        r"(?<![\w.%+-])[\w.%+-]{1,64}(?:@| ?[(\[] ?at ?[)\]] ?)[a-z0-9-]{1,63}"
        r"(?:(?:\.| ?[(\[] ?dot ?[)\]] ?| dot )[a-z0-9-]{2,63}){1,4}",
        _likely,
    ),
    _row("nhs_number", r"(?<![\d+])(?<!\d[ .-])\d(?:[ .-]?\d){9}(?![ .-]?\d)", _nhs_number),
    _row(
        "ni_number",
        r"(?<!\w)(?!BG|GB|KN|NK|NT|TN|ZZ)(?:QQ|[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z])"
        r"(?:[ -]?\d\d){3}(?:[ -]?(?P<suffix>[A-D]))?(?!\w)",
        _ni_number,
    ),
    _row(
        "phone",
        r"(?<![\w+])(?:(?:\+|00) ?44 ?(?:\(0\))?|\(?0)"
        r"(?P<national>(?:[ ().-]{0,2}\d){9,10})(?!\d)",
        _phone,
    ),
    _row("phone", r"(?<![\w+])\+(?!44)\d(?:[ ().-]{0,2}\d){7,14}(?!\d)", _likely),
    _row(
        "postcode",
        r"(?<!\w)(?P<area>[A-Z]{1,2})\d[A-Z\d]? {0,2}\d[ABD-HJLNP-UW-Z]{2}(?!\w)",
        _postcode,
    ),
    _row(
        "date_of_birth",
        r"(?<![\w./-])(?P<day>\d\d?)(?P<mark>[/. -])(?P<month>\d\d?)(?P=mark)"
        r"(?P<year>(?:19|20)\d\d|\d\d)(?![\w/-])",
        _date,
    ),
    _row(
        "date_of_birth",
        r"(?<![\w./-])(?P<year>(?:19|20)\d\d)[/.-](?P<month>\d\d?)[/.-](?P<day>\d\d?)(?![\w/-])",
        _date,
    ),
    _row(
        "date_of_birth", r"(?<!\w)(?P<day>\d\d)(?P<month>\d\d)(?P<year>(?:19|20)\d\d)(?!\w)", _date
    ),
    _row(
        "date_of_birth",
        rf"(?<!\w)(?P<day>\d\d?)(?:st|nd|rd|th)?(?: of)?[ -](?P<month>{MONTHS})\.?,?[ -]"
        r"(?P<year>(?:19|20)\d\d|\d\d)(?!\w)",
        _date,
    ),
    _row(
        "date_of_birth",
        rf"(?<!\w)(?P<month>{MONTHS})\.? (?P<day>\d\d?)(?:st|nd|rd|th)?,? "
        r"(?P<year>(?:19|20)\d\d)\b",
        _date,
    ),
    _row(
        "address",
        rf"(?<!\w)\d{{1,4}}[A-Za-z]?,? (?!(?:County|Crown|Family|High|Youth) Court)"
        rf"(?:{CAPITALISED} ){{1,3}}(?i:{STREETS})\b",
        _likely,
        cased=True,
    ),
    _row(
        "address",
        r"(?<!\w)\d{1,4}[a-z]?,? (?:(?!(?:the|a|an|of|on|in|to|and|down|up|off|or|from|at|by)\b)"
        r"[a-z'-]{3,20} ){1,2}(?:street|road|avenue|lane|drive|crescent|terrace)\b",
        _possible,
    ),
    _row("address", r"\bflat (?:no\.? ?)?\d{1,4}[a-z]?\b", _possible),
    _row(
        "name",
        r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame|Rev|Cllr|PC|DC|DS|Sgt|Nurse)\.? "
        rf"{NAMES}",
        _likely,
        cased=True,
    ),
    _row(
        "name",
        rf"\b(?i:name is|name's|name:|surname) (?P<seen>{NAMES})",
        _likely,
        cased=True,
    ),
    _row(
        "name",
        rf"\b(?i:called|named|known as) (?P<seen>{NAMES})",
        _possible,
        cased=True,
    ),
    _row(
        "name",
        rf"\b(?i:{KIN}),? (?P<seen>{NAMES})",
        _possible,
        cased=True,
    ),
    _row(
        "name",
        rf"(?<![\w'-]){CAPITALISED}(?: [{UPPER}]\.?)?(?: {CAPITALISED}){{1,2}}(?! {HIDDEN})",
        _possible,
        cased=True,
    ),
)
