"""The forms of a question and an answer: read strictly, made plain, screened, failing closed."""

import pytest

from dialogs import screening
from dialogs.enquiry import forms
from dialogs.enquiry.forms import Filled, Wrong, read
from dialogs.enquiry.words import read_words
from dialogs.screening import FAILED, fingerprint

ASK = forms.question(read_words(), can_deliver=True, attachable=True, slots=True)
PHONE = "Ring 07700 900123 tonight?"


def filled(**changes: str) -> dict[str, tuple[str, ...]]:
    form = {"words": "May I tell the school?", "back": "code", "attach": "no", "when": "slot"}
    return {name: (value,) for name, value in (form | changes).items()}


def wrong(**changes: str) -> Wrong:
    found = read(ASK, filled(**changes))
    assert isinstance(found, Wrong)
    return found


def test_a_form_is_read_as_it_would_go_out() -> None:
    found = read(
        ASK, filled(words=" It’s  urgent\r\n", back="delivered", attach="yes", when="now")
    )

    assert found == Filled("It's urgent", "delivered", at_once=True, attach=True)


def test_what_is_not_asked_for_takes_the_quiet_way() -> None:
    bare = forms.question(read_words(), can_deliver=False, attachable=False, slots=False)

    assert read(bare, filled()) == Filled("May I tell the school?")
    assert wrong(back="pigeon").errors == {"back": "Choose from the list."}
    assert isinstance(read(bare, filled(back="delivered")), Wrong)


@pytest.mark.parametrize("words", ["", "   ", "\u200b\u200b"])
def test_an_empty_question_is_told(words: str) -> None:
    assert wrong(words=words).errors == {"words": "Write something here."}


@pytest.mark.parametrize("words", ["x" * 12_000, "x" * 2_001, "\ufdfa" * 1_000])
def test_a_question_that_is_too_long_is_told_in_one_line(words: str) -> None:
    assert wrong(words=words).errors == {"words": "Use at most 2,000 characters."}
    assert wrong(words=words).held is None


def test_what_looks_like_personal_data_is_held_until_it_is_answered_for() -> None:
    held = wrong(words=PHONE)
    mark = fingerprint(PHONE)

    assert held.held == mark
    assert "07700 900123" in held.errors["words"]
    assert read(ASK, filled(words=PHONE, seen=f"keep:{mark}")) == Filled(PHONE)
    assert wrong(words=f"{PHONE} Now.", seen=f"keep:{mark}").held == fingerprint(f"{PHONE} Now.")


def test_it_can_be_taken_out_instead() -> None:
    found = read(ASK, filled(words=PHONE, seen="remove"))

    assert found == Filled("Ring [phone number removed] tonight?")


@pytest.mark.parametrize("seen", ["", "remove", f"keep:{fingerprint(PHONE)}"])
def test_a_screen_that_raises_lets_nothing_through(
    seen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(words: str) -> None:
        raise ZeroDivisionError(words)

    monkeypatch.setattr(screening, "screen", broken)

    found = wrong(words=PHONE, seen=seen)

    assert found.errors == {"words": FAILED}
    assert found.held is None


def test_an_answer_needs_a_role() -> None:
    words = {"words": ("Tell them.",)}

    assert read(forms.answer(read_words()), words | {"role": ("adviser",)}) == Filled(
        "Tell them.", role="adviser"
    )
    found = read(forms.answer(read_words()), words)
    assert isinstance(found, Wrong)
    assert found.errors == {"role": "Choose an answer."}


def test_a_further_question_is_words_alone() -> None:
    assert read(forms.further(), {"words": ("And then?",)}) == Filled("And then?")
    assert forms.seen("m").options[1][0] == "keep:m"
