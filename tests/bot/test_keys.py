"""The keyring: sealing, rotation, pseudonyms and where development keys come from."""

import base64
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.keys import (
    BrokenKeys,
    Keyring,
    Unopenable,
    development_keys,
    new_key,
    open_with,
    seal_with,
)

OLD = base64.urlsafe_b64encode(b"o" * 32).decode()
NEW = base64.urlsafe_b64encode(bytes(range(224, 256))).decode()


def test_what_is_sealed_opens_under_its_name() -> None:
    keyring = Keyring.parse(OLD)

    sealed = keyring.seal(b"an answer", "check:1")

    assert keyring.open(sealed, "check:1") == b"an answer"
    assert b"an answer" not in sealed


def test_a_value_under_another_name_stays_shut() -> None:
    keyring = Keyring.parse(OLD)
    sealed = keyring.seal(b"an answer", "check:1")

    with pytest.raises(Unopenable):
        keyring.open(sealed, "check:2")


@pytest.mark.parametrize("place", [0, 11, 12, -1])
def test_an_altered_value_stays_shut(place: int) -> None:
    keyring = Keyring.parse(OLD)
    sealed = bytearray(keyring.seal(b"an answer", "check:1"))
    sealed[place] ^= 1

    with pytest.raises(Unopenable):
        keyring.open(bytes(sealed), "check:1")


@pytest.mark.parametrize("length", [0, 3, 12, 27])
def test_a_value_cut_short_stays_shut(length: int) -> None:
    keyring = Keyring.parse(OLD)
    sealed = keyring.seal(b"an answer", "check:1")

    with pytest.raises(Unopenable):
        keyring.open(sealed[:length], "check:1")


def test_equal_values_are_sealed_differently() -> None:
    keyring = Keyring.parse(OLD)

    sealed = {keyring.seal(b"an answer", "check:1") for _ in range(10)}

    assert len(sealed) == 10


def test_an_old_key_still_opens_after_rotation() -> None:
    sealed = Keyring.parse(OLD).seal(b"an answer", "check:1")

    plain = Keyring.parse(f"{NEW}, {OLD}").open(sealed, "check:1")

    assert plain == b"an answer"


def test_the_first_of_two_keys_seals() -> None:
    sealed = Keyring.parse(f"{NEW},{OLD}").seal(b"an answer", "check:1")

    assert Keyring.parse(NEW).open(sealed, "check:1") == b"an answer"
    with pytest.raises(Unopenable):
        Keyring.parse(OLD).open(sealed, "check:1")


def test_a_value_opens_with_its_own_key_only() -> None:
    key = new_key()

    sealed = seal_with(key, b"a reason", "text:1")

    assert open_with(key, sealed, "text:1") == b"a reason"
    with pytest.raises(Unopenable):
        open_with(new_key(), sealed, "text:1")


def test_an_owner_keeps_the_old_name_after_rotation() -> None:
    (before,) = Keyring.parse(OLD).owners("slack", "T1", "U1")

    current, older = Keyring.parse(f"{NEW},{OLD}").owners("slack", "T1", "U1")

    assert older == before
    assert current == Keyring.parse(NEW).owners("slack", "T1", "U1")[0]
    assert current != older


def test_parts_of_an_owner_cannot_be_shifted() -> None:
    keyring = Keyring.parse(OLD)

    names = {
        keyring.owners("slack", "T1", "U1"),
        keyring.owners("slack", "T", "1U1"),
        keyring.owners("slackT1", "U1"),
        keyring.owners("slack", "T1U1", ""),
    }

    assert len(names) == 4


def test_an_owner_is_marked_anew_in_each_check() -> None:
    keyring = Keyring.parse(OLD)
    (owner,) = keyring.owners("slack", "T1", "U1")

    marks = {keyring.mark(owner, "check-1"), keyring.mark(owner, "check-2"), owner}

    assert len(marks) == 3


def test_a_mark_is_recognised_after_rotation() -> None:
    old = Keyring.parse(OLD)
    mark = old.mark(old.owners("slack", "T1", "U1")[0], "check-1")
    both = Keyring.parse(f"{NEW},{OLD}")

    marks = both.marks(both.owners("slack", "T1", "U1"), "check-1")

    assert marks[1] == mark
    assert mark not in both.marks(both.owners("slack", "T1", "U2"), "check-1")


def test_marks_and_owners_use_different_subkeys() -> None:
    keyring = Keyring.parse(OLD)

    assert keyring.mark("a", "b") != keyring.owners("a", "b")[0]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "holds no key"),
        (" , ,", "holds no key"),
        (f"{OLD},c2hvcnQ", "key 2 is 5 bytes"),
        ("not*base64", "key 1 is not base64url"),
        ("clé", "key 1 is not base64url"),
        (f"{OLD}AAAA", "key 1"),
    ],
)
def test_broken_keys_are_described_and_not_shown(text: str, says: str) -> None:
    with pytest.raises(BrokenKeys, match=says) as caught:
        Keyring.parse(text)

    message = str(caught.value)
    assert "\n" not in message
    assert not any(word.strip() in message for word in text.split(",") if word.strip())
    assert caught.value.__cause__ is None


def test_keys_may_leave_their_padding_out() -> None:
    sealed = Keyring.parse(OLD).seal(b"x", "n")

    assert Keyring.parse(OLD.rstrip("=")).open(sealed, "n") == b"x"


def test_a_keyring_never_shows_its_keys() -> None:
    assert "o" * 32 not in repr(Keyring.parse(OLD))
    assert OLD not in repr(Keyring.parse(OLD))


def test_development_keys_are_made_only_once(tmp_path: Path) -> None:
    folder = tmp_path / "var"

    first, second = development_keys(folder), development_keys(folder)

    assert first == second
    Keyring.parse(first)
    (file,) = folder.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_many_starts_at_once_agree_on_keys(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as starts:
        keys = set(starts.map(development_keys, [tmp_path] * 64))

    assert len(keys) == 1
    assert len(list(tmp_path.iterdir())) == 1
