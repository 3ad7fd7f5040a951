"""What a chart of a pack holds: boxes, merged arrows, the mark of a doubt, one check's path."""

import pytest

from policies.drawing import Arrow, Chart, chart, going_on
from policies.library import Edition, Library
from tests.policies.builders import Draft, option, outcome, question

SHIPPED = list(Library.read().newest())


def drawn(draft: Draft | None = None, **answers: str) -> Chart:
    return chart((draft or Draft()).library().editions[0], answers)


def arrow(chart: Chart, start: str, to: str) -> Arrow:
    [found] = [arrow for arrow in chart.arrows if (arrow.start, arrow.to) == (start, to)]
    return found


def test_every_question_and_every_outcome_has_a_box() -> None:
    garden = drawn()

    assert [(asks.id, asks.number) for asks in garden.questions] == [
        *(("danger", 1), ("risk", 2), ("purpose", 3), ("consent", 4)),
    ]
    assert {(end.id, end.word) for end in garden.ends} == {
        *(("tell", "MAY SHARE"), ("agreed", "MAY SHARE"), ("refuse", "DO NOT SHARE")),
        *(("pause", "ASK FOR ADVICE"), ("act", "ACT NOW"), ("ask", "ASK FOR ADVICE")),
    }
    assert not garden.traced


def test_answers_that_lead_to_one_place_share_an_arrow() -> None:
    shared = arrow(drawn(), "risk", "purpose")

    assert shared.labels == ("Adult", "No (if question 1 is no)")
    assert shared.marked == ("• Adult", "• No (if question 1 is no)")


def test_one_answer_in_several_situations_is_told_once() -> None:
    draft = Draft()
    draft.find("purpose")["options"] = [
        option("yes", "tell", when={"risk": ["adult"], "danger": ["now", "no"]}),
        option("yes", "tell", when={"risk": ["no"]}),
        option("no", "pause"),
    ]

    told = arrow(drawn(draft), "purpose", "tell")

    assert told.labels == (
        "Yes (if question 2 is adult and question 1 is now or no; or if question 2 is no)",
    )


def test_a_doubt_that_ends_where_the_others_do_is_a_mark_and_no_arrow() -> None:
    garden = drawn()

    assert garden.doubt == "ask"
    assert {asks.heading for asks in garden.questions} >= {"Question 1 [?]", "Question 4 [?]"}
    assert all(arrow.to != "ask" for arrow in garden.arrows)


def test_a_doubt_of_its_own_keeps_its_arrow() -> None:
    draft = Draft()
    draft.find("risk")["options"].append(option("not_sure", "pause"))

    garden = drawn(draft)

    assert arrow(garden, "risk", "pause").labels == ("Not_sure",)
    assert garden.questions[1].heading == "Question 2"


def test_the_danger_question_stands_in_a_lane_with_its_outcomes() -> None:
    assert drawn().lane == {"danger", "act"}
    assert drawn().on == (Arrow("act", "risk", ()),)


def test_the_path_of_one_check_is_marked() -> None:
    garden = drawn(danger="no", risk="no", purpose="yes", consent="not_sure")

    assert garden.traced
    assert [asks.id for asks in garden.questions if asks.taken] == [
        *("danger", "risk", "purpose", "consent"),
    ]
    assert [end.id for end in garden.ends if end.taken] == ["ask"]
    assert arrow(garden, "risk", "purpose").marked == ("• Adult", "✔ No (if question 1 is no)")
    assert arrow(garden, "consent", "ask").taken == ("Not_sure",)


def test_a_path_that_goes_on_from_an_outcome_is_marked_beyond_it() -> None:
    answers = {"danger": "now", "risk": "child"}

    garden = drawn(None, **answers)

    assert going_on(garden.pack, answers) == ("act",)
    assert [end.id for end in garden.ends if end.taken] == ["tell", "act"]
    assert garden.on[0].taken


@pytest.mark.parametrize("edition", SHIPPED, ids=lambda edition: edition.pack.id)
def test_every_arrow_of_a_shipped_pack_is_on_its_chart(edition: Edition) -> None:
    found = chart(edition)

    shown = {(arrow.start, arrow.to) for arrow in found.arrows}
    marked = {(asks.id, found.doubt) for asks in found.questions if asks.doubt}
    assert shown | marked == {(q.id, o.then) for q in edition.pack.questions for o in q.options}
    assert {(a.start, a.to) for a in found.on} == {
        (end.id, end.then) for end in edition.pack.outcomes if end.then
    }


def test_a_single_question_decides_where_a_doubt_ends() -> None:
    draft = Draft()
    draft.pack["questions"] = [question("risk", option("child", "tell"), option("no", "tell"))]
    draft.pack["outcomes"] = [outcome("tell", "share", "Consent is not needed.")]
    draft.find("danger")["options"].append(option("not_sure", "act"))

    assert drawn(draft).doubt == "ask"
