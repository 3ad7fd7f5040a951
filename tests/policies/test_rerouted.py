"""Which ways through a pack come to something else in another version, with counts."""

from collections.abc import Callable
from typing import Any

from policies.model import Verdict
from policies.proof import paths
from policies.rerouted import Moved, Rerouted, rerouted
from tests.policies.builders import Draft, option, question


def draft_as_it_is(_: Draft) -> None:
    """No change at all."""


def between(change: Callable[[Draft], Any]) -> Rerouted:
    draft = Draft()
    change(draft)
    return rerouted(Draft().resolved(), draft.resolved())


def test_the_same_version_sends_every_path_the_same_way() -> None:
    found = between(draft_as_it_is)

    count = len(list(paths(Draft().resolved())))
    assert (found.before, found.after, found.same) == (count, count, count)
    assert (found.moved, found.asks, found.refuses, found.fresh) == ((), {}, {}, 0)


def test_an_arrow_to_another_verdict_moves_its_paths() -> None:
    found = between(lambda draft: draft.option("consent", "no").update(then="pause"))

    example = {"danger": "no", "risk": "no", "purpose": "yes", "consent": "no"}
    assert found.moved == (Moved(Verdict.DO_NOT_SHARE, Verdict.SEEK_ADVICE, 1, example),)


def test_an_arrow_to_another_outcome_of_the_verdict_is_counted_apart() -> None:
    found = between(lambda draft: draft.option("consent", "yes").update(then="tell"))

    assert (found.elsewhere, found.moved) == (1, ())


def test_a_new_question_stands_in_the_way_of_old_answers() -> None:
    def change(draft: Draft) -> None:
        draft.pack["questions"].append(question("age", option("old", "tell")))
        draft.option("consent", "yes").update(then="age")

    found = between(change)

    assert (found.asks, found.fresh) == ({"age": 1}, 0)


def test_an_answer_that_is_not_offered_any_more_is_named_by_its_question() -> None:
    found = between(lambda draft: draft.option("consent", "yes").update(value="gladly"))

    assert (found.refuses, found.fresh) == ({"consent": 1}, 1)
