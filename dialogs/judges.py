"""How sure a match is: checksums, plausible parts, and what the words around it say of it.

A judge is told whether one of its row's cue words stands before the match. It says `likely`,
`possible`, or None for a match that is nothing personal after all.
"""

import re
from collections.abc import Callable
from typing import Literal, TypeAlias

from dialogs.first_names import FIRST_NAMES
from dialogs.ordinary import POSTCODE_AREAS

Sure: TypeAlias = Literal["likely", "possible"]
Judge: TypeAlias = Callable[[re.Match[str], bool], Sure | None]

AREAS = frozenset(POSTCODE_AREAS.split())
# What stands before the date of an event, a paper or a law. A day of birth has no such word.
OF_AN_EVENT = re.compile(
    r"(?:\b(?:on|of|by|in|at|to|for|from|since|until|till|before|after|between|around|about|dated?|"
    r"due|build|version|act|hearing|meeting|review|conference|commencing|starting|ending|started|"
    r"ended|published|updated|expires|expired|opened|closed|sent|received|signed|issued|effective|"
    r"deadline|inspection|force|assent|enacted|visit|seen|last|next|w/c|v)|"
    r"\bbetween [^.]{6,24} and)[:,]? (?:the )?$",
    re.IGNORECASE,
)
BEFORE = 40


def likely(_: re.Match[str], __: bool) -> Sure | None:  # noqa: FBT001
    """The pattern is proof enough."""
    return "likely"


def possible(_: re.Match[str], __: bool) -> Sure | None:  # noqa: FBT001
    """The pattern alone does not tell."""
    return "possible"


def cued_only(_: re.Match[str], cued: bool) -> Sure | None:  # noqa: FBT001
    """The pattern says nothing without a word before it."""
    return "possible" if cued else None


def nhs_number(match: re.Match[str], cued: bool) -> Sure | None:  # noqa: FBT001
    """Ten digits: one bare number in eleven passes by chance, and a mistyped one is personal."""
    digits = _digits(match[0])
    weights = range(10, 1, -1)
    weighted = sum(int(d) * weight for d, weight in zip(digits[:9], weights, strict=True))
    passes = (11 - weighted % 11) % 11 == int(digits[9])
    if "/" in match[0] and not cued:
        return None
    grouped = re.fullmatch(r"\d{3}[ -]\d{3}[ -]\d{4}", match[0])
    if passes and (cued or (grouped and digits[0] != "0")):
        return "likely"
    return "possible" if cued or (passes and digits[0] != "0") else None


def ni_number(match: re.Match[str], cued: bool) -> Sure | None:  # noqa: FBT001
    """Two letters and six digits: with its last letter, or with the words for it."""
    return "likely" if match["suffix"] or cued else None


def phone(match: re.Match[str], _: bool) -> Sure | None:  # noqa: FBT001
    """A number of a person's; freephone, 03, 084 and 087 numbers are organisations'."""
    digits = _digits(match["national"])
    if digits[0] == "3" or digits.startswith(("800", "808", "84", "87")):
        return None
    if len(digits) == 10 and digits[0] in "127":
        return "likely"
    return "possible" if digits[0] in "125789" else None


def bare_mobile(match: re.Match[str], cued: bool) -> Sure | None:  # noqa: FBT001
    """A mobile number without its nought: grouped as people do, or with a word for it."""
    return "possible" if cued or match["mark"] else None


def postcode(match: re.Match[str], _: bool) -> Sure | None:  # noqa: FBT001
    """Of an area that exists; in small letters it may be a floor: e4 2nd."""
    if match["area"].upper() not in AREAS:
        return None
    if match[0].isupper():
        return "likely"
    return None if re.search(r"(?:1st|2nd|3rd|\dth)$", match[0]) else "possible"


def date_of_birth(match: re.Match[str], cued: bool) -> Sure | None:  # noqa: FBT001
    """A date that can be one, and is not the day of something else."""
    numbers = [int(part) for part in (match["day"], match["month"]) if part.isdigit()]
    if not all(1 <= number <= 31 for number in numbers) or (numbers[1:] and min(numbers) > 12):
        return None
    if cued:
        return "likely"
    before = match.string[max(0, match.start() - BEFORE) : match.start()]
    # Short years with dots or spaces are more often a paragraph: 3.2.18.
    bare = len(match["year"]) == 2 and not re.search("[/-]", match[0])
    if bare or match[0].isdigit() or OF_AN_EVENT.search(before):
        return None
    return "possible"


def spelt_date(match: re.Match[str], cued: bool) -> Sure | None:  # noqa: FBT001
    """A date in words, or without a year: of a birth if that is said, else only with a year."""
    if cued:
        return "likely"
    before = match.string[max(0, match.start() - BEFORE) : match.start()]
    return None if not match["year"] or OF_AN_EVENT.search(before) else "possible"


def first_name(match: re.Match[str], _: bool) -> Sure | None:  # noqa: FBT001
    """A first name that many people have, with what is capitalised after it."""
    return "possible" if match["first"].lower() in FIRST_NAMES else None


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)
