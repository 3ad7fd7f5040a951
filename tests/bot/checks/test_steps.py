"""Steps that were taken before: the same as if they were worked out anew, for every session."""

import pytest

from bot.checks.steps import Steps
from dialogs import check as checks
from dialogs.events import Answered, Event, WentBack
from dialogs.session import Session
from dialogs.views import QuestionView
from policies.proof import paths
from tests.bot.world import LIBRARY, TODAY

EDITION = LIBRARY.find("england-2024", TODAY)
PACK = EDITION.pack


def begun(check: str = "a" * 24, **more: object) -> Session:
    return checks.begin(PACK, EDITION.digest, check).model_copy(update=more)


def after(session: Session, *answers: str) -> Session:
    for value in answers:
        [asked] = [
            question.id
            for question in PACK.questions
            if checks.advance(PACK, session, Answered(session.turn, question.id, value)).session
            != session
        ]
        session = checks.advance(PACK, session, Answered(session.turn, asked, value)).session
    return session


def test_every_step_of_a_pack_is_as_if_it_were_taken_for_the_first_time() -> None:
    steps = Steps()
    for number, path in enumerate(paths(PACK)):
        if number > 60:
            break
        session = begun()
        for question, value in path.answers.items():
            event = Answered(session.turn, question, value)
            expected = checks.advance(PACK, session, event)
            for _ in range(2):
                assert (steps.taken(PACK, session, event) or expected) == expected
            session = expected.session


def test_another_check_at_another_turn_takes_the_same_step() -> None:
    steps = Steps()
    first = steps.taken(PACK, begun(), Answered(0, "danger", "no"))
    other = begun("b" * 24, turn=7)

    second = steps.taken(PACK, other, Answered(7, "danger", "no"))

    assert first
    assert second
    assert second.view is first.view
    assert (second.session.check, second.session.turn) == ("b" * 24, 8)


@pytest.mark.parametrize(
    "session",
    [
        begun(turn=3),
        begun(stage="checking"),
        begun(again="danger", answers={"danger": "no"}),
        begun(advised=1),
        begun(form={"words": ("made up",)}),
    ],
)
def test_whatever_else_has_a_say_is_worked_out_anew(session: Session) -> None:
    assert Steps().taken(PACK, session, Answered(0, "danger", "no")) is None


@pytest.mark.parametrize("event", [WentBack(0), Answered(1, "danger", "no")])
def test_only_an_answer_at_its_own_turn_is_a_step(event: Event) -> None:
    assert Steps().taken(PACK, begun(), event) is None


def test_a_mistake_and_advice_are_not_kept() -> None:
    steps = Steps()
    for event in (Answered(0, "danger", None), Answered(0, "danger", "now")):
        turns = [steps.taken(PACK, begun(), event) for _ in range(2)]
        assert turns[0] == turns[1]
        assert turns[0] is not None
        assert turns[1] is not None
        assert turns[0].view is not turns[1].view


@pytest.mark.parametrize(
    ("question", "value"), [("", None), ("purpose", "yes"), ("danger", "no"), ("risk", "x")]
)
def test_an_answer_that_does_not_fit_moves_nothing_however_often_it_comes(
    question: str, value: str | None
) -> None:
    steps, session = Steps(), after(begun(), "no")
    event = Answered(session.turn, question, value)

    turns = [steps.taken(PACK, session, event) for _ in range(3)]

    assert turns == [checks.advance(PACK, session, event)] * 3
    assert all(turn and turn.session == session for turn in turns)


def test_what_a_workspace_expects_has_a_say() -> None:
    steps = Steps()
    known = after(begun(likely={"risk": "child"}))
    plain = begun()

    shown = [steps.taken(PACK, each, Answered(0, "danger", "no")) for each in (known, plain)]

    selected = [
        turn.view.asked.selected for turn in shown if turn and isinstance(turn.view, QuestionView)
    ]
    assert selected == ["child", None]


def test_too_many_steps_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.checks.steps.MOST", 1)
    steps = Steps()

    first = steps.taken(PACK, begun(), Answered(0, "danger", "no"))
    steps.taken(PACK, begun(), Answered(0, "danger", "not_sure"))
    again = steps.taken(PACK, begun(), Answered(0, "danger", "no"))

    assert first
    assert again
    assert first == again
    assert first.view is not again.view
