"""A pack too large to prove is refused with its count, however it is made large, and at once."""

from __future__ import annotations

from time import process_time

import pytest

from policies import limits
from policies.counting import count_paths, too_many
from policies.model import Pack
from policies.proof import paths, prove
from tests.policies.builders import Draft, option, outcome, question

ANSWERS = ("a", "b", "c")


def built(*questions: object) -> Pack:
    """A pack of these questions that ends at `tell`."""
    draft = Draft()
    draft.pack |= {"questions": [*questions], "notices": [], "invariants": []}
    draft.pack["outcomes"] = [outcome("tell", "share", "With consent.")]
    return draft.resolved()


def row(length: int) -> Pack:
    """So many questions of three answers, whatever is said."""
    ends = [f"q{number}" for number in range(1, length)] + ["tell"]
    return built(
        *(
            question(f"q{number}", *(option(value, then) for value in ANSWERS))
            for number, then in enumerate(ends)
        )
    )


def row_read_at_the_end(length: int) -> Pack:
    """A row whose last question reads every answer, so that no two ways into it are alike."""
    when = {f"q{number}": [*ANSWERS] for number in range(length)}
    asked = [
        question(f"q{number}", *(option(value, f"q{number + 1}") for value in ANSWERS))
        for number in range(length)
    ]
    last = question(f"q{length}", *(option(value, "tell", when=when) for value in ANSWERS))
    return built(*asked, last)


def ladder(length: int) -> Pack:
    """Questions that may be jumped over, so that nobody was asked the same ones."""
    names = [*(f"q{number}" for number in range(length)), "tell", "tell"]
    return built(
        *(
            question(names[place], option("a", names[place + 1]), option("b", names[place + 2]))
            for place in range(length)
        )
    )


@pytest.mark.parametrize(
    ("pack", "told"),
    [
        (row(30), "617,673,396,283,948 paths, more than 200,000 that can be proved."),
        (row(limits.QUESTIONS - 1), " paths, more than 200,000 that can be proved."),
        (row_read_at_the_end(50), " paths, too tangled to count, more than 200,000"),
        (ladder(50), " paths, more than 200,000 that can be proved."),
        (row(1_500), "1,501 questions, more than 60 that anybody could answer."),
    ],
    ids=["row", "long row", "row read at the end", "ladder", "more than anybody could answer"],
)
def test_a_monster_is_refused_with_its_count_within_a_second(pack: Pack, told: str) -> None:
    began = process_time()

    [fault] = prove(pack)

    assert process_time() - began < 1
    assert told in fault.problem
    assert fault.node == "questions"
    assert fault.remedy.startswith("Ask fewer")


def test_a_question_with_endless_options_is_refused() -> None:
    options = [option("a", "tell", when={"danger": ["no"]}) for _ in range(2_000)]

    [fault] = prove(built(question("q0", *options)))

    # The option "not sure" is ours.
    assert fault.problem == "2,001 options with their conditions, more than 60."
    assert fault.node == "q0"


def test_as_many_paths_as_allowed_are_walked() -> None:
    pack = row(8)

    assert count_paths(pack) == sum(1 for _ in paths(pack)) < limits.PATHS
    assert prove(pack) == []


def test_conditions_that_rule_most_paths_out_are_counted_as_such(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pack = Draft().resolved()
    monkeypatch.setattr(limits, "PATHS", count_paths(pack))

    assert too_many(pack) is None
