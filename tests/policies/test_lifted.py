"""No pack is in a document's words: a run of them is found, and names and laws are not runs."""

from __future__ import annotations

from typing import Any

import pytest

from policies.lifted import Documents
from tests.policies.builders import Draft

GUIDE = """
Whoever grows a hedge should always ask the people next door before they cut it down.

The Gardens and Hedges Act 2003 and the Garden (Access) Regulation 2011 bind every gardener.
"""


def lifted(text: str, **more: Any) -> list[str]:
    """What is found in the garden pack, whose advice to tell gives this as its reason."""
    draft = Draft()
    draft.find("tell").update(reason=text, **more)
    found = Documents.of([GUIDE]).lifted("garden.toml", draft.resolved())
    return [str(fault) for fault in found]


def test_a_run_of_a_document_s_words_is_found_with_its_place() -> None:
    [line] = lifted("Consent? You should always ask the people next-door before, she says.")

    assert line == (
        "garden.toml: tell: “should always ask the people next door before” stands so in a "
        "document. Say it in other words."
    )


@pytest.mark.parametrize(
    "text",
    [
        "Consent is not needed. Ask the people next door before you do.",
        "The Gardens and Hedges Act 2003 and the Garden (Access) Regulation 2011 bind. Consent.",
        "Consent is needed, and you have it.",
    ],
)
def test_few_words_and_the_names_of_laws_are_free(text: str) -> None:
    assert lifted(text) == []


def test_where_something_stands_in_a_document_may_be_said_in_its_words() -> None:
    at = "Whoever grows a hedge should always ask the people next door"

    assert lifted("Consent is not needed.", source={"doc": "guide", "at": at}) == []
