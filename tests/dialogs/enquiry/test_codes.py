"""Codes of 130 bits as thirteen words, and the made-up names."""

import math
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.enquiry import names
from dialogs.enquiry.codes import BITS, heard, is_token, spoken, token_of
from dialogs.enquiry.wordlist import WORDS


@given(st.integers(0, 2**BITS - 1))
def test_a_code_is_heard_as_it_was_spoken(number: int) -> None:
    token = token_of(number)

    assert is_token(token)
    assert heard(spoken(token)) == token


def test_a_code_holds_at_least_128_bits() -> None:
    assert len(set(WORDS)) == 1024
    assert math.log2(len(WORDS)) * len(spoken(token_of(0)).split()) >= 128
    assert spoken(token_of(0)) != spoken(token_of(1))


def test_no_two_words_are_a_letter_apart() -> None:
    for one, other in combinations(WORDS, 2):
        if len(one) == len(other):
            assert sum(a != b for a, b in zip(one, other, strict=True)) > 1, (one, other)


def test_a_code_is_heard_through_capitals_and_commas() -> None:
    token = token_of(12345)

    assert heard(f"  {spoken(token).upper().replace(' ', ', ')}.\n") == token


@pytest.mark.parametrize(
    "typed", ["", "lizard", "lizard " * 12, "lizard " * 14, "lizard " * 12 + "wolverine", "9" * 26]
)
def test_what_is_not_a_code_is_not_heard(typed: str) -> None:
    assert heard(typed) is None


@pytest.mark.parametrize("value", ["", "a" * 25, "a" * 27, "A" * 26, "0" * 26, "a" * 25 + "\n"])
def test_what_is_not_written_as_a_code_is_told_apart(value: str) -> None:
    assert not is_token(value)


def test_there_are_thousands_of_names_and_none_twice() -> None:
    made = {names.name_of(number) for number in range(names.HOW_MANY)}

    assert len(made) == names.HOW_MANY == 8192
    assert names.name_of(0) == names.name_of(names.HOW_MANY) == "Amber Avocet"
