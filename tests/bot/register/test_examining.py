"""One row held against what it must be, whatever a forger put into it."""

from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.register.canonical import canonical
from bot.register.examining import Examiner, commitment_of, reference_of
from tests.bot.register.drafts import SIGNER
from tests.bot.register.tampering import entry_row

bodies = st.dictionaries(
    st.sampled_from(["a", "reference", "path", "é", '"reference":"']),
    st.none()
    | st.integers(-5, 5)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
    | st.lists(st.dictionaries(st.just("reference"), st.text('ab\\"', max_size=3)), max_size=2),
    max_size=4,
)


@dataclass
class Row:
    """A row as the driver gives it."""

    values: dict[str, Any]

    def __getattr__(self, name: str) -> Any:
        return self.values[name]


def a_row(place: int = 1, **changes: Any) -> Row:
    return Row(entry_row(place) | changes)


@given(bodies)
def test_a_reference_is_read_as_a_json_reader_would(body: dict[str, Any]) -> None:
    expected = body.get("reference")

    found = reference_of(canonical(body).decode())

    assert found == (expected if isinstance(expected, str) else None)


@pytest.mark.parametrize("body", ["", "[]", "5", "{", '"x"', "[" * 100_000])
def test_what_is_no_body_has_no_reference(body: str) -> None:
    assert reference_of(body) is None


def test_an_honest_row_makes_its_commitment() -> None:
    row = a_row()

    assert commitment_of(row) == row.commitment


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": 5},
        {"body": b"{}"},
        {"body": "half \ud83d"},
        {"salt": "text"},
        {"revision": True},
        {"revision": 1.5},
        {"text_digest": 7},
    ],
)
def test_values_of_the_wrong_kind_make_none(changes: dict[str, Any]) -> None:
    assert commitment_of(a_row(**changes)) is None


@pytest.mark.parametrize("seq", [0, -1, "1", 1.0, None, 1])
def test_a_row_without_a_place_is_told(seq: object) -> None:
    examiner = Examiner(SIGNER)
    examiner.row(a_row(1))

    examiner.row(a_row(2, seq=seq))

    assert examiner.size == 1
    assert "stands where none belongs" in str(examiner.faults[0])


def test_a_commitment_of_the_wrong_kind_is_told() -> None:
    examiner = Examiner(SIGNER)

    examiner.row(a_row(1, commitment="text"))

    assert str(examiner.faults[0]).startswith("Entry 1: its values")
