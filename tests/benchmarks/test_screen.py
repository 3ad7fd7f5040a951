"""The screen holds its floors over the sentences, and the docs print what it was measured at."""

import re
from pathlib import Path

from benchmarks.screen import SECOND, STRUCTURED, cases, measure, second, table

DOCS = Path(__file__).parents[2] / "docs" / "screening.md"


def test_there_are_enough_sentences_and_enough_clean_ones() -> None:
    wanted = [found for _, found in cases()]

    assert len(wanted) >= 200
    assert sum(not found for found in wanted) >= 80


def test_the_structured_types_hold_their_floors() -> None:
    score = measure()

    assert score.recall(*STRUCTURED) >= 0.95
    assert score.precision(*STRUCTURED) >= 0.9


def test_the_docs_print_the_figures_as_they_are() -> None:
    lines = DOCS.read_text("utf-8").splitlines()
    score = measure()

    assert [line for line in lines if line in table(score)] == table(score)
    assert f"{score.sentences} sentences" in DOCS.read_text("utf-8")
    assert second(measure(SECOND)) in DOCS.read_text("utf-8")


def test_everybody_in_the_sentences_is_made_up() -> None:
    for text, wanted in cases():
        for type_, seen in wanted:
            digits = re.sub(r"\D", "", seen)
            if type_ == "nhs_number":
                assert digits.startswith("999000"), text
            elif type_ == "phone":
                assert re.search("7700900|7946|1632960|496|20912", digits), text
