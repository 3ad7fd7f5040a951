"""Every screen of a pack in order, and everything that it names by id said in words."""

import pytest

from policies.library import Edition, Library
from policies.storyboard import QuestionScreen, Storyboard, in_words, storyboard
from tests.policies.builders import Draft

SHIPPED = list(Library.read().newest())


@pytest.fixture
def board() -> Storyboard:
    return storyboard(Draft().library().editions[0])


def screen(board: Storyboard, name: str) -> QuestionScreen:
    return next(screen for screen in board.questions if screen.question.id == name)


def test_every_question_and_outcome_is_a_screen_with_a_number(board: Storyboard) -> None:
    numbers = [screen.number for screen in board.questions]
    numbers += [screen.number for screen in board.outcomes]

    assert numbers == list(range(1, len(board.pack.nodes) + 1))


def test_an_answer_says_when_it_is_offered_and_where_it_leads(board: Storyboard) -> None:
    answers = screen(board, "purpose").answers

    assert [(answer.offered, answer.leads) for answer in answers] == [
        ("question 2 is answered “Adult”", "MAY SHARE: This is tell"),
        ("question 2 is answered “No”", "Question 4: What about consent?"),
        ("question 2 is answered “Adult”", "ASK FOR ADVICE: This is pause"),
        ("question 2 is answered “No”", "DO NOT SHARE: This is refuse"),
        ("", "ASK FOR ADVICE: This is ask"),
    ]


def test_a_question_names_its_source_and_its_rules(board: Storyboard) -> None:
    risk = screen(board, "risk")

    assert risk.source == "The guide (Nobody, 2025), page 1"
    assert [rule.title for rule in risk.rules] == ["Fair"]


def test_an_outcome_says_what_ends_there_and_what_may_be_added(board: Storyboard) -> None:
    tell = next(end for end in board.outcomes if end.outcome.id == "tell")
    act = next(end for end in board.outcomes if end.outcome.id == "act")

    assert tell.reached == ("Question 2: “Child”", "Question 3: “Yes”")
    assert [contact.name for contact in tell.call] == ["The head gardener"]
    assert tell.notices == ("say_thanks", "keep_it_small")
    assert (tell.goes_on, act.goes_on) == ("", "Question 2: What about risk?")


def test_a_notice_says_when_it_is_shown() -> None:
    draft = Draft()
    draft.find("say_thanks")["verdicts"] = ["share", "must_share"]

    board = storyboard(draft.library().editions[0])

    assert [(told.notice.id, told.shown) for told in board.notices] == [
        (
            "say_thanks",
            (
                "Shown when the advice is “May share” or “Must share”, "
                "and question 4 is answered “Yes”."
            ),
        ),
        ("keep_it_small", "Shown when the advice is “May share”."),
    ]


def test_a_notice_without_conditions_is_shown_always() -> None:
    draft = Draft()
    del draft.find("keep_it_small")["verdicts"]

    [_, told] = storyboard(draft.library().editions[0]).notices

    assert told.shown == "Shown with every advice."


def test_a_condition_on_several_questions_is_one_sentence(board: Storyboard) -> None:
    said = in_words(board.pack, {"danger": ("no", "now"), "risk": ("child",)})

    assert said == "question 1 is answered “No” or “Now” and question 2 is answered “Child”"


@pytest.mark.parametrize("edition", SHIPPED, ids=lambda edition: edition.pack.id)
def test_every_screen_of_a_shipped_pack_is_reached_and_cited(edition: Edition) -> None:
    board = storyboard(edition)

    assert all(end.reached for end in board.outcomes)
    assert all(screen.source for screen in board.questions)
    assert all(end.source for end in board.outcomes)
    assert board.cited(edition.pack.questions[0].source) == board.questions[0].source
