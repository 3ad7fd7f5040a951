"""Words pass the screen, are held back or taken out; a screen that fails lets nothing through."""

import pytest

from dialogs import screening
from dialogs.screen import LONGEST, Finding, TooLong
from dialogs.screening import (
    FAILED,
    NotScreened,
    answerable,
    fingerprint,
    plain,
    removed,
    screened,
)
from tests.dialogs.transcripts import REASONS

PHONE = "Ring 07700 900123 tonight."


def test_at_most_five_findings_are_named_once_each() -> None:
    numbers = [f"07700 90012{digit}" for digit in range(7)]

    error = screened(" and ".join([numbers[0], *numbers]), ())

    assert error is not None
    assert [number for number in numbers if number in error] == numbers[:4]
    assert error.count(numbers[0]) == 1


def test_plain_words_pass_the_screen() -> None:
    assert screened(REASONS, ()) is None


def test_words_beyond_the_screen_are_held_back() -> None:
    assert screened("x" * (LONGEST + 1), ()) == "Use at most 2,000 characters."


def test_an_answer_is_asked_for_only_where_it_would_let_the_words_through(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert answerable(PHONE) == fingerprint(PHONE)
    assert answerable(REASONS) is None
    assert answerable("x" * (LONGEST + 1)) is None

    monkeypatch.setattr(screening, "screened", lambda *_: FAILED)
    assert answerable(PHONE) is None


def test_a_fingerprint_ignores_space_around_words() -> None:
    assert fingerprint(" one two\n") == fingerprint("one two") != fingerprint("one  two")
    assert len(fingerprint("")) == 16
    assert fingerprint("half \ud83d") == fingerprint("half ?")


def test_what_is_taken_out_is_named_in_its_place() -> None:
    words = "Mrs Okafor, 07700 900123, NHS 999 000 0018, born 3 May 2015, amy@example.org"

    assert removed(words) == (
        "[name removed], [phone number removed], NHS [NHS number removed], "
        "born [date of birth removed], [e-mail address removed]"
    )
    assert removed(REASONS) == REASONS


def test_taking_out_goes_on_until_nothing_is_seen() -> None:
    assert screened(removed("0770 07700 900123 0 900123 amy@example.org@example.org"), ()) is None


def test_words_that_never_come_clean_are_not_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    always = (Finding("phone", 0, 1, "0", "likely"),)
    monkeypatch.setattr(screening, "screen", lambda _: always)

    with pytest.raises(NotScreened):
        removed("0")


def test_a_screen_that_raises_lets_nothing_through(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(words: str) -> tuple[Finding, ...]:
        raise RuntimeError(words)

    monkeypatch.setattr(screening, "screen", broken)

    assert screened(PHONE, ()) == screened(PHONE, (fingerprint(PHONE),)) == FAILED
    with pytest.raises(NotScreened) as raised:
        removed(PHONE)
    assert PHONE not in repr(raised.value.args)


def test_nothing_too_long_is_taken_out() -> None:
    with pytest.raises(TooLong):
        removed("x" * (LONGEST + 1))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("  It’s “late”…\r\n", 'It\'s "late"...'),
        ("a\u200bb\u00a0c\ufeff\x07d", "ab cd"),
        ("one  two \n\n\n\n three", "one two\n\nthree"),
        ("ｗｉｄｅ – half \ud800", "wide - half ?"),
        ("", ""),
    ],
)
def test_plain_words_tell_nothing_of_the_keyboard(typed: str, said: str) -> None:
    assert plain(typed) == said
