"""After "I'm not sure": where each answer leads, and the open fact that is cheapest to find."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from policies.assess import Advice, assess
from policies.doubt import Doubt, doubt
from policies.library import Library
from policies.model import NOT_SURE, Outcome, Pack, Question, Verdict
from policies.proof import paths
from tests.policies.builders import Draft, option, outcome, question

LIBRARY = Library.read()
MUST, SHARE, REFUSE = Verdict.MUST_SHARE, Verdict.SHARE, Verdict.DO_NOT_SHARE


def stands(pack: Pack, *passed: str, **answers: str) -> Doubt | None:
    found = assess(pack, answers, passed)
    assert isinstance(found, Advice)
    return doubt(pack, found, answers, passed)


def shipped(pack_id: str) -> Pack:
    return LIBRARY.find(pack_id, date(2026, 11, 22)).pack


def takes(draft: Draft, node: str, how_long: str) -> None:
    draft.find(node)["find_out"] = {"how": "Ask the gardener.", "takes": how_long}


def two_keys(first: str = "days", second: str = "minutes") -> Draft:
    """Either of two keys opens the door, and the second is asked for only without the first."""
    draft = Draft()
    draft.pack |= {"notices": [], "invariants": []}
    draft.pack["questions"] = [
        question("one", option("yes", "tell"), option("no", "two")),
        question("two", option("yes", "tell"), option("no", "refuse")),
    ]
    draft.pack["outcomes"] = [
        outcome("tell", "share", "Consent is not needed."),
        outcome("refuse", "do_not_share", "Nothing allows it.", if_risk="Ask again."),
    ]
    takes(draft, "one", first)
    takes(draft, "two", second)
    return draft


def test_each_answer_is_followed_to_every_verdict_it_leaves() -> None:
    found = stands(shipped("croydon-2008"), danger="no", statutory_duty=NOT_SURE)

    assert found
    assert [(lead.option.value, lead.possible) for lead in found.unsure.leads] == [
        ("yes", (MUST,)),
        ("no", (SHARE, REFUSE)),
    ]


def test_a_later_fact_that_settles_it_sooner_is_named() -> None:
    found = stands(two_keys().resolved(), danger="no", one=NOT_SURE)

    assert found
    assert (found.unsure.question.id, found.first.question.id) == ("one", "two")
    assert [(lead.option.value, lead.possible) for lead in found.first.settling] == [
        ("yes", (SHARE,))
    ]


@pytest.mark.parametrize(("first", "second"), [("minutes", "minutes"), ("hours", "days")])
def test_among_equals_the_doubt_itself_comes_first(first: str, second: str) -> None:
    found = stands(two_keys(first, second).resolved(), danger="no", one=NOT_SURE)

    assert found
    assert found.first.question.id == "one"


def test_a_fact_without_a_way_to_find_it_is_never_sent_for() -> None:
    draft = two_keys()
    del draft.find("two")["find_out"]

    found = stands(draft.resolved(), danger="no", one=NOT_SURE)

    assert found
    assert found.first.question.id == "one"


def test_where_nothing_settles_it_the_doubt_itself_is_what_to_find() -> None:
    draft = two_keys()
    draft.find("tell").update(verdict="seek_advice")
    draft.option("two", "no").update(then="tell")

    found = stands(draft.resolved(), danger="no", one=NOT_SURE)

    assert found
    assert found.first is found.unsure
    assert found.first.settling == ()


def test_answers_kept_from_before_are_not_open() -> None:
    found = stands(two_keys().resolved(), danger="no", one=NOT_SURE, two="no")

    assert found
    assert [lead.possible for lead in found.unsure.leads] == [(SHARE,), (REFUSE,)]
    assert found.first.question.id == "one"


def test_another_doubt_kept_from_before_is_open_still() -> None:
    found = stands(two_keys().resolved(), danger="no", one=NOT_SURE, two=NOT_SURE)

    assert found
    assert found.first.question.id == "two"


def test_going_on_after_acting_is_followed_too() -> None:
    pack = Draft().resolved()

    found = stands(pack, "act", danger="now", risk=NOT_SURE)

    assert found
    assert found.unsure.question.id == "risk"


def test_a_doubt_about_danger_looks_past_what_was_gone_on_from() -> None:
    found = stands(Draft().resolved(), "act", danger=NOT_SURE, risk="adult")

    assert found
    now = found.unsure.leads[0]
    assert (now.option.value, now.possible) == ("now", (SHARE, Verdict.SEEK_ADVICE))


def test_without_a_doubt_there_is_nothing_to_settle() -> None:
    assert stands(two_keys().resolved(), danger="no", one="yes") is None


def sure_ends(pack: Pack, answers: dict[str, str]) -> Iterator[Outcome]:
    """By brute force: every end of a path that keeps these answers and has no doubt in it."""
    for path in paths(pack):
        if NOT_SURE in path.answers.values() or path.passed:
            continue
        if all(path.answers.get(q, answer) == answer for q, answer in answers.items()):
            yield path.outcome


@pytest.mark.parametrize("pack_id", [p for p in LIBRARY.ids if p != "england-2024"])
def test_brute_force_finds_the_same(pack_id: str) -> None:
    pack = shipped(pack_id)
    for path in paths(pack):
        if path.passed or NOT_SURE not in path.answers.values():
            continue
        found = stands(pack, **path.answers)
        assert found
        before = {q: a for q, a in path.answers.items() if a != NOT_SURE}
        for lead in found.unsure.leads:
            changed = {**before, found.unsure.question.id: lead.option.value}
            assert set(lead.possible) == {end.verdict for end in sure_ends(pack, changed)}
        for lead in found.first.leads:
            changed = {**before, found.first.question.id: lead.option.value}
            assert set(lead.possible) == {end.verdict for end in sure_ends(pack, changed)}


def test_every_shipped_doubt_says_how_to_find_out() -> None:
    for edition in LIBRARY.newest():
        for node in edition.pack.nodes.values():
            if isinstance(node, Question):
                assert node.find_out, f"{edition.pack.id}: {node.id}"
