"""A pack's values are frozen and strict, and a pack knows what its arrows come to."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from policies.model import Contact, Option, Pack
from tests.policies.builders import GARDEN, Draft, option


def test_a_pack_cannot_be_changed_afterwards() -> None:
    pack = Pack.model_validate(GARDEN)

    with pytest.raises(ValidationError, match="frozen"):
        pack.name = "Other rules"  # type: ignore[misc]


def test_a_misspelt_key_is_refused_with_its_name() -> None:
    with pytest.raises(ValidationError, match="lable"):
        Option.model_validate({**option("yes", "tell"), "lable": "Yes"})


@pytest.mark.parametrize(
    ("field", "held", "refused"),
    [
        ("value", "yes_2", "Yes"),
        ("value", "y" * 40, "y" * 41),
        ("label", "x" * 75, "x" * 76),
        ("label", "x", " "),
        ("description", "x" * 75, "x" * 76),
    ],
)
def test_an_option_that_no_screen_holds_is_refused(field: str, held: str, refused: str) -> None:
    Option.model_validate({**option("yes", "tell"), field: held})

    with pytest.raises(ValidationError, match=field):
        Option.model_validate({**option("yes", "tell"), field: refused})


def test_a_pack_without_any_question_is_refused() -> None:
    with pytest.raises(ValidationError, match="questions"):
        Pack.model_validate({**GARDEN, "questions": []})


def test_a_pack_starts_with_the_danger_question() -> None:
    assert Draft().resolved().start == "danger"


def test_nodes_are_every_question_and_every_outcome() -> None:
    questions = {"danger", "risk", "purpose", "consent"}

    nodes = Draft().resolved().nodes

    assert set(nodes) == questions | {"tell", "agreed", "refuse", "pause", "act", "ask"}


def test_a_node_reads_what_stands_below_it() -> None:
    reads = Draft().resolved().reads

    assert reads["danger"] == reads["act"] == ("danger", "risk")
    assert reads["purpose"] == ("risk",)
    assert reads["consent"] == reads["ask"] == ()


def test_depth_counts_the_most_questions_still_ahead() -> None:
    depth = Draft().resolved().depth

    assert [depth[node] for node in ("danger", "risk", "purpose", "consent")] == [4, 3, 2, 1]
    assert (depth["act"], depth["refuse"]) == (3, 0)


def test_a_pack_finds_its_rules_by_id() -> None:
    assert list(Draft().resolved().rules_by_id) == ["open", "fair", "kind"]


def test_an_organisation_s_own_contact_is_laid_over() -> None:
    pack = Draft().resolved()
    before = pack.contacts_by_role["lead"]

    ours = pack.with_contacts((Contact(role="lead", name="Our lead", number="020 7946 0021"),))

    assert before.name == "The head gardener"
    assert ours.contacts_by_role["lead"].name == "Our lead"
    assert ours.contacts_by_role["emergency"].number == "999"
    assert ours.nodes == pack.nodes
