"""Ids of checks: random, and of no use to anybody but their owner."""

import pytest

from bot.checks.ids import is_theirs, new_check
from bot.keys import Keyring
from tests.bot.world import KEYS

KEYRING = Keyring.parse(KEYS)
AYESHA = KEYRING.owners("web", "test", "ayesha")
BEN = KEYRING.owners("web", "test", "ben")


def test_a_check_is_known_to_its_owner_alone() -> None:
    check = new_check(KEYRING, AYESHA)

    assert is_theirs(KEYRING, AYESHA, check)
    assert not is_theirs(KEYRING, BEN, check)


def test_no_two_checks_share_an_id() -> None:
    assert len({new_check(KEYRING, AYESHA) for _ in range(1_000)}) == 1_000


def test_an_id_survives_a_new_key_in_front() -> None:
    check = new_check(KEYRING, AYESHA)

    rotated = Keyring.parse(f"{'b' * 43},{KEYS}")

    assert is_theirs(rotated, rotated.owners("web", "test", "ayesha"), check)


@pytest.mark.parametrize("check", ["", "a", "../../etc", "a" * 24, "A" * 24, "é" * 24, "a" * 5000])
def test_an_invented_id_is_nobodys(check: str) -> None:
    assert not is_theirs(KEYRING, AYESHA, check)


def test_a_changed_id_is_nobodys() -> None:
    check = new_check(KEYRING, AYESHA)

    swapped = ("b" if check[0] == "a" else "a") + check[1:]

    assert not is_theirs(KEYRING, AYESHA, swapped)
