"""Cases for practice: each reaches the outcome that it states, and says what is wrong if not."""

from pathlib import Path
from typing import Any

import pytest

from policies.filing import FaultyPack
from policies.library import Library
from policies.practice import Case, Rehearsal, faults, is_sound, read_rehearsals
from tests.policies.builders import Draft

GARDEN: dict[str, Any] = {
    "id": "weeds",
    "title": "Weeds in the bed",
    "you": "You have a garden",
    "theme": "Weeds",
    "story": ["A neighbour asks about your weeds."],
    "answers": {"danger": "no", "risk": "no", "purpose": "yes", "consent": "yes"},
    "outcome": "agreed",
    "lesson": "Ask before you tell.",
}


def case(**changes: Any) -> Case:
    return Case.model_validate(GARDEN | changes)


def problems(*cases: Case, pack: str = "garden-2025") -> list[str]:
    rehearsal = Rehearsal(pack=pack, cases=cases)
    return [str(fault) for fault in faults((rehearsal,), Draft().library())]


def test_every_shipped_case_reaches_its_outcome() -> None:
    assert list(faults(read_rehearsals(), Library.read())) == []


def test_the_shipped_cases_are_about_what_goes_wrong() -> None:
    themes = {case.theme for rehearsal in read_rehearsals() for case in rehearsal.cases}

    assert len(themes) >= 8
    assert {
        *("Fear of data law", "Consent asked for where it should not be", "Delay"),
        *("A partner's request refused", "An adult at risk", "Not being sure"),
        "An anonymous caller who asks for information",
        "Not about anyone who can be identified",
    } <= themes


def test_a_sound_case_has_no_faults() -> None:
    assert problems(case(told=["purpose"], also={"consent": ["no"]})) == []
    assert is_sound(Draft().resolved(), case())


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"outcome": "refuse"}, "reach 'agreed', not 'refuse'"),
        ({"answers": {"danger": "no"}}, "stop at 'risk'"),
        ({"answers": GARDEN["answers"] | {"weather": "rain"}}, "weather=rain is no answer"),
        ({"also": {"consent": ["perhaps"]}}, "consent=perhaps is no answer"),
        ({"you": "You have a garden that is larger than you can weed by yourself"}, "longer than"),
        ({"told": ["weather"]}, "Names the question 'weather'"),
        ({"points": [{"question": "weather", "why": "Rain."}]}, "Names the question 'weather'"),
        ({"told": [*GARDEN["answers"]]}, "Nothing is left to ask"),
    ],
)
def test_a_faulty_case_is_named_with_its_remedy(changes: dict[str, Any], said: str) -> None:
    [fault, *_] = problems(case(**changes))

    assert fault.startswith("practice/garden-2025.toml: weeds: ")
    assert said in fault
    assert not is_sound(Draft().resolved(), case(**changes))


def test_what_is_told_needs_an_answer() -> None:
    answers = {"danger": "no", "risk": "child"}

    [fault] = problems(case(answers=answers, outcome="tell", told=["consent"]))

    assert "'consent' is told but has no answer" in fault


def test_two_cases_of_one_name_and_a_pack_that_is_not_there_are_faults() -> None:
    assert "Two cases have this id" in problems(case(), case())[0]
    assert "There is no pack 'hedge-2025'" in problems(case(), pack="hedge-2025")[0]


def test_every_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "practice").mkdir()
    for name in ("one", "two"):
        (tmp_path / "practice" / f"{name}.toml").write_text("pack = 'garden-2025'\nplants = 1\n")

    with pytest.raises(FaultyPack) as error:
        read_rehearsals(tmp_path)

    assert {Path(fault.file).name for fault in error.value.faults} == {"one.toml", "two.toml"}


def test_a_folder_without_cases_has_none(tmp_path: Path) -> None:
    assert read_rehearsals(tmp_path) == ()


def test_an_answer_fits_if_the_facts_bear_it_out_or_leave_it_open() -> None:
    weeds = case(also={"risk": ["adult"]})

    assert weeds.fits("risk", "no")
    assert weeds.fits("risk", "adult")
    assert weeds.fits("weather", "rain")
    assert not weeds.fits("risk", "child")
