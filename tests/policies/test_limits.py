"""The limits are those of the platforms, and a pack's own words are held to them."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from policies import limits
from policies.model import Outcome, Pack, Question
from tests.policies.builders import GARDEN, outcome, question


def test_numbers_are_those_that_slack_documents() -> None:
    assert (limits.TITLE, limits.OPTION_LABEL, limits.OPTION_DESCRIPTION) == (24, 75, 75)
    assert (limits.OPTIONS, limits.QUESTION_TEXT, limits.HEADLINE) == (10, 150, 150)
    assert (limits.MODAL_BLOCKS, limits.MESSAGE_BLOCKS) == (100, 50)
    assert limits.PRIVATE_METADATA == 3_000


def test_an_escaped_paragraph_still_fits_one_section() -> None:
    worst = "&amp;"

    assert limits.PARAGRAPH <= 3_000
    assert limits.HINT * len(worst) <= 2_000


@pytest.mark.parametrize(
    ("model", "raw", "field", "most"),
    [
        (Pack, GARDEN, "title", limits.TITLE),
        (Question, question("risk"), "text", limits.QUESTION_TEXT),
        (Question, question("risk"), "hint", limits.HINT),
        (Question, question("risk"), "why", limits.PARAGRAPH),
        (Outcome, outcome("tell", "share", "x"), "headline", limits.HEADLINE),
        (Outcome, outcome("tell", "share", "x"), "reason", limits.PARAGRAPH),
        (Outcome, outcome("tell", "share", "x"), "record", limits.PARAGRAPH),
        (Outcome, outcome("tell", "share", "x"), "family_words", limits.PARAGRAPH),
        (Outcome, outcome("tell", "share", "x"), "if_risk", limits.PARAGRAPH),
    ],
)
def test_a_text_one_character_too_long_is_refused(
    model: type[Pack | Question | Outcome], raw: dict[str, Any], field: str, most: int
) -> None:
    model.model_validate({**raw, field: "x" * most})

    with pytest.raises(ValidationError, match=field):
        model.model_validate({**raw, field: "x" * (most + 1)})
