"""Codes by which an asker finds an enquiry again: 130 bits, written as thirteen words.

A code is everything that leads back. Nothing that is kept is made from a person, so a code cannot
be found by trying a list of staff; and there are too many codes to try.
"""

from __future__ import annotations

import re

from dialogs.enquiry.wordlist import WORDS

BITS = 130
BITS_A_WORD = 10
WORDS_A_CODE = BITS // BITS_A_WORD
LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
SHAPE = re.compile(rf"[{LETTERS}]{{{BITS // 5}}}")
PLACES = {word: place for place, word in enumerate(WORDS)}


def token_of(number: int) -> str:
    """A code as screens carry it, from 130 random bits."""
    return "".join(LETTERS[number >> shift & 31] for shift in range(BITS - 5, -1, -5))


def spoken(token: str) -> str:
    """A code as words, for people to write down."""
    number = _number(token)
    places = (number >> shift & 1023 for shift in range(BITS - BITS_A_WORD, -1, -BITS_A_WORD))
    return " ".join(WORDS[place] for place in places)


def heard(typed: str) -> str | None:
    """The code that somebody typed as words; None when these are not thirteen of our words."""
    words = re.findall(r"[a-z]+", typed.lower())
    if len(words) != WORDS_A_CODE or any(word not in PLACES for word in words):
        return None
    number = 0
    for word in words:
        number = number << BITS_A_WORD | PLACES[word]
    return token_of(number)


def is_token(value: str) -> bool:
    """Whether this is written as a code is."""
    return SHAPE.fullmatch(value) is not None


def _number(token: str) -> int:
    number = 0
    for letter in token:
        number = number << 5 | LETTERS.index(letter)
    return number
