"""Every paragraph of a document is carried into its pack or left out; the lint says where not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from policies.documents import (
    Document,
    compare,
    digest,
    elements,
    faults,
    paragraphs,
    read,
)
from policies.filing import FaultyPack
from policies.library import SHIPPED, Library
from tests.policies.builders import Draft, file, matter

TEXT = """
Garden rules

  Is somebody   at risk?
- Tell them about the fence
A shop's address
"""

CLAIMS = [
    ["sources.guide"],
    ["questions.risk", "questions.risk.child", "questions.risk.adult", "questions.risk.no"],
    ["matter.fence", "rules.open", "rules.fair", "rules.kind", "notices.keep_it_small"],
    [],
]


class Planted:
    """The garden's guide with its paragraphs, in which a test plants one fault."""

    def __init__(self) -> None:
        self.draft = Draft()
        self.draft.pack["matter"] = [matter("fence", "about")]
        for name in ("purpose", "consent"):
            self.draft.find(name)["origin"] = "inferred"
        for name in ("tell", "agreed", "refuse", "pause", "act", "ask"):
            self.draft.find(name)["origin"] = "inferred"
        self.draft.find("danger")["origin"] = "added"
        self.document: dict[str, Any] = {
            "id": "guide",
            "pack": "garden-2025",
            "file": "guide.txt",
            "count": 4,
            "paragraphs": [_listed(*each) for each in enumerate(paragraphs(TEXT), start=1)],
        }

    def paragraph(self, number: int) -> dict[str, Any]:
        """The raw data of a paragraph."""
        paragraphs_: list[dict[str, Any]] = self.document["paragraphs"]
        return paragraphs_[number - 1]

    def checked(self) -> Document:
        """The document as it is read."""
        return Document.model_validate(self.document)

    def faults(self) -> list[tuple[str, str]]:
        """What the lint says: where, and what."""
        found = faults((self.checked(),), self.draft.library())
        return [(fault.node, fault.problem) for fault in found]


def _listed(number: int, text: str) -> dict[str, Any]:
    claims = list(CLAIMS[number - 1])
    gone = {} if claims else {"left_out": "The shop has closed."}
    words = len(text.split())
    place = {"number": number, "at": f"line {number}", "gloss": "Words", "words": words}
    return {**place, "digest": digest(text), "carried": claims, **gone}


@pytest.fixture
def planted() -> Planted:
    """The guide, sound as it stands."""
    return Planted()


def test_a_document_accounted_for_has_no_fault(planted: Planted) -> None:
    assert planted.faults() == []


def test_a_missing_number_is_a_gap(planted: Planted) -> None:
    del planted.document["paragraphs"][3]

    assert planted.faults() == [("guide", "Paragraph 4 is missing.")]


@pytest.mark.parametrize("number", [1, 5])
def test_a_number_twice_or_beyond_the_end_is_refused(planted: Planted, number: int) -> None:
    extra = {**planted.paragraph(1), "number": number}
    planted.document["paragraphs"].append(extra)

    found = planted.faults()

    assert {node for node, _ in found} == {f"guide, paragraph {number} (line 1)"}
    assert all(problem.startswith("Stands twice, or beyond the 4") for _, problem in found)


def test_a_paragraph_nobody_placed_is_a_gap(planted: Planted) -> None:
    planted.paragraph(4)["left_out"] = ""

    [(node, problem)] = planted.faults()

    assert (node, problem) == (
        "guide, paragraph 4 (line 4)",
        "Is neither carried nor left out, or both.",
    )


def test_carried_and_left_out_at_once_is_refused(planted: Planted) -> None:
    planted.paragraph(1)["left_out"] = "It is only a title."

    assert [problem for _, problem in planted.faults()] == [
        "Is neither carried nor left out, or both."
    ]


def test_a_claim_on_nothing_is_refused(planted: Planted) -> None:
    planted.paragraph(1)["carried"] = ["rules.rule_9"]

    assert planted.faults() == [
        ("guide, paragraph 1 (line 1)", "Names 'rules.rule_9', which garden-2025 does not have.")
    ]


@pytest.mark.parametrize(
    ("number", "name"),
    [(2, "questions.risk"), (2, "questions.risk.adult"), (3, "matter.fence"), (3, "rules.kind")],
)
def test_a_printed_element_nobody_claims_is_a_gap(
    planted: Planted, number: int, name: str
) -> None:
    planted.paragraph(number)["carried"].remove(name)

    [(node, problem)] = planted.faults()

    assert node == "guide"
    assert problem == f"No paragraph claims {name}, which garden-2025 says is printed in it."


def test_what_is_printed_must_cite_the_document(planted: Planted) -> None:
    planted.draft.pack["sources"] = [
        *planted.draft.pack["sources"],
        {"id": "act", "title": "An Act", "publisher": "Parliament", "published": "1989"},
    ]
    planted.draft.find("open")["source"] = {"doc": "act", "at": "section 1"}

    assert planted.faults() == [("guide", "rules.open is marked as printed, but cites 'act'.")]


def test_a_document_needs_its_pack(planted: Planted) -> None:
    planted.document["pack"] = "orchard-2025"

    assert planted.faults() == [("guide", "Its pack 'orchard-2025' is not here.")]


def test_contacts_and_options_can_be_claimed(planted: Planted) -> None:
    known = elements(planted.draft.resolved())

    assert {"contacts.lead", "questions.consent.yes", "outcomes.refuse"} <= set(known)


def test_the_list_holds_against_its_own_text(planted: Planted) -> None:
    assert list(compare(planted.checked(), TEXT)) == []


def test_a_changed_word_is_found_in_the_text(planted: Planted) -> None:
    [fault] = compare(planted.checked(), TEXT.replace("fence", "hedge"))

    assert fault.node == "guide, paragraph 3 (line 3)"


def test_a_text_of_another_length_is_found(planted: Planted) -> None:
    shorter = TEXT.replace("A shop's address", "")

    found = [fault.problem for fault in compare(planted.checked(), shorter)]

    assert found == ["The text has 3 paragraphs, not 4.", "The text says something else here."]


def test_a_folder_need_not_hold_documents(tmp_path: Path) -> None:
    assert read(tmp_path) == ()


def test_a_digest_in_another_shape_is_refused(planted: Planted, tmp_path: Path) -> None:
    planted.paragraph(1)["digest"] = "a lie"
    file(tmp_path / "documents.toml", {"documents": [planted.document]})

    with pytest.raises(FaultyPack, match="digest"):
        read(tmp_path)


def test_the_five_documents_are_accounted_for() -> None:
    listed = read(SHIPPED)

    assert list(faults(listed, Library.read())) == []
    assert {document.id: document.count for document in listed} == {
        "croydon": 23,
        "briefing": 37,
        "coventry": 11,
        "enfield": 28,
        "wokingham": 55,
    }


def test_nothing_left_out_is_more_than_a_heading_name_or_link() -> None:
    reasons = [p.left_out for document in read(SHIPPED) for p in document.paragraphs if p.left_out]

    assert len(reasons) == 31
    assert all(len(reason) < 90 for reason in reasons)
