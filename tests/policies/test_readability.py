"""Words, sentences, syllables, and the reading age that they come to."""

from __future__ import annotations

import pytest

from policies.readability import reading_age, sentences, syllables, words

SPOKEN = {
    1: """
        share shared named called asked they'll you're don't makes gives these the be a
        why leave whole health school nurse need due true view tried cried act friend friends
    """,
    2: """
        sharing safeguard safety consent lawful basis vital public children's police
        social special danger person wanted agreed someone something isn't doesn't being doing
        going saying question people table little able cases pages changes rarely useful careful
        statement therefore before council requires required timely secure worries carries
        create equal language neighbour colleague unsure measure private detail address teacher
        purpose proper proceed needed believe receive argue value rescue issue review science
        patient client quiet trial applied denied hundred business neighbour's
    """,
    3: """
        safeguarding recognised interests protection officer Caldicott guardian criminal serious
        suffering decision decided recorded anyone nobody everything carrying usual sexual
        violence period various media capable notices services agreement management element
        assessment family agency accurate relevant adequate receiver area idea privacy audience
        prejudice racism diary
    """,
    4: """
        information confidential identified authority legitimate obligation significant
        practitioner usually experience mechanism proportionate necessary voluntary appropriate
        reliable
    """,
    5: "organisation individual immediately",
    6: "identifiable",
}


@pytest.mark.parametrize(
    ("word", "count"),
    [(word, count) for count, row in SPOKEN.items() for word in row.split()],
)
def test_a_word_of_our_packs_has_as_many_syllables_as_we_say(word: str, count: int) -> None:
    assert syllables(word) == count


@pytest.mark.parametrize("number", ["999", "2004", "16", "1,200"])
def test_a_number_is_one_word_of_one_syllable(number: str) -> None:
    assert words(f"Call {number} now.") == ["Call", number, "now"]
    assert syllables(number) == 1


def test_capitals_and_either_apostrophe_make_no_difference() -> None:
    assert syllables("SHARED") == syllables("shared") == 1
    assert syllables("doesn’t") == syllables("doesn't") == 2


def test_a_text_ends_a_sentence_whether_or_not_it_has_a_full_stop() -> None:
    said = sentences(["Ask. Then “wait.” And go on", "Yes, both", "", "“Who?”"])

    assert [len(each) for each in said] == [1, 2, 3, 2, 1]


def test_reading_age_is_the_published_formula_and_five_years() -> None:
    text = "The person has agreed. You may share it with their teacher."
    count, spoken, full_stops = 11, 14, 2

    age = reading_age([text])

    assert age == pytest.approx(0.39 * count / full_stops + 11.8 * spoken / count - 15.59 + 5)


def test_longer_words_and_sentences_need_an_older_reader() -> None:
    plain = reading_age(["Tell them what you share. Say why. Keep a note of it."])
    hard = reading_age(
        ["Notify individuals concerning any proposed disclosure, documenting justification."]
    )

    assert plain < 8
    assert hard > 16


def test_nothing_to_read_needs_no_age() -> None:
    assert reading_age(["", "…"]) == 0
