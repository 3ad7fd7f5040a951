"""Every transition of a check, and every event that does not fit where the check stands."""

from __future__ import annotations

import pytest

from dialogs.check import advance, begin, owing
from dialogs.session import Stage
from dialogs.turn import Forget, RecordAdvice, RecordDecision
from dialogs.views import (
    AdviceView,
    CheckAnswersView,
    DangerView,
    DecisionView,
    QuestionView,
)
from tests.dialogs.transcripts import (
    ADVISED,
    AGREED,
    BACK,
    CHILD,
    CONFIRM,
    DECIDE,
    DECIDING,
    DELETE,
    GO_ON,
    KEEP,
    LEAVE,
    NO_DANGER,
    POST,
    PREVIEWING,
    REFUSED,
    RESTART,
    Move,
    Talk,
    answer,
    change,
    decide,
)

STAGES: dict[str, tuple[Move, ...]] = {
    "asking": AGREED[:3],
    "checking": AGREED,
    "advised": ADVISED,
    "deciding": DECIDING,
    "previewing": PREVIEWING,
    "done": (*PREVIEWING, POST),
}
EVENTS: dict[str, tuple[Move, str]] = {
    "answer the question": (answer("consent", "yes"), "asking"),
    "answer another question": (answer("purpose", "yes"), ""),
    "go back": (BACK, "asking checking advised deciding previewing"),
    "change an answer": (change("risk"), "checking advised"),
    "change what was not asked": (change("weather"), ""),
    "confirm": (CONFIRM, "checking"),
    "go on": (GO_ON, ""),
    "start to decide": (DECIDE, "advised done"),
    "decide": (decide(), "deciding"),
    "leave undecided": (LEAVE, "deciding"),
    "post": (POST, "previewing"),
    "do not post": (KEEP, "previewing"),
    "restart": (RESTART, "asking checking"),
    "delete": (DELETE, ""),
}


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("event", EVENTS)
def test_an_event_that_does_not_fit_changes_nothing(stage: str, event: str) -> None:
    talk = Talk()
    shown = talk.say(*STAGES[stage]).view
    before = talk.session
    move, fitting = EVENTS[event]

    turn = talk.say(move)

    assert before.stage == stage
    if stage in fitting.split():
        assert turn.session.turn == before.turn + 1
    else:
        assert (turn.session, turn.view) == (before, shown)
        assert turn.effects == ((Forget(),) if event == "delete" else ())


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("event", EVENTS)
def test_an_event_of_another_turn_changes_nothing(stage: str, event: str) -> None:
    talk = Talk()
    shown = talk.say(*STAGES[stage]).view
    move, _ = EVENTS[event]

    turns = [advance(talk.pack, talk.session, move(talk.session.turn + by)) for by in (-1, 1)]

    for turn in turns:
        assert (turn.session, turn.view, turn.effects) == (talk.session, shown, ())


def test_a_check_begins_before_its_first_question() -> None:
    talk = Talk()

    session = begin(talk.pack, "a" * 64, "0123456789abcdef")

    assert (session.pack, session.digest) == ("garden-2025", "a" * 64)
    assert (session.turn, session.stage, session.answers) == (0, Stage.ASKING, {})


def test_a_check_runs_from_danger_to_done() -> None:
    talk = Talk()

    talk.say(*PREVIEWING, POST)

    assert talk.kinds == [
        *("Question", "Question", "Question", "CheckAnswers"),
        *("Advice", "Decision", "Preview", "Done"),
    ]
    assert [type(effect) for effect in talk.effects] == [RecordAdvice, RecordDecision]
    assert talk.session.turn == 8


@pytest.mark.parametrize("value", [None, "", "maybe", "child"])
def test_an_answer_not_on_offer_is_a_mistake(value: str | None) -> None:
    talk = Talk()
    talk.say(NO_DANGER, answer("risk", "no"))
    before = talk.session

    view = talk.say(answer("purpose", value)).view

    assert isinstance(view, QuestionView)
    assert view.asked.error == "Choose one of the answers."
    assert talk.session == before


def test_a_mistake_is_gone_with_the_next_answer() -> None:
    talk = Talk()

    view = talk.say(answer("danger", None), NO_DANGER, answer("danger", "now")).view

    assert isinstance(view, QuestionView)
    assert (view.asked.id, view.asked.error) == ("risk", None)


def test_danger_is_advised_and_recorded_at_once() -> None:
    talk = Talk()

    turn = talk.say(answer("danger", "now"))

    assert isinstance(turn.view, AdviceView)
    assert turn.view.can_go_on
    [effect] = turn.effects
    assert isinstance(effect, RecordAdvice)
    assert (effect.revision, effect.advice) == (1, turn.view.advice)


def test_after_acting_now_the_check_can_go_on() -> None:
    talk = Talk()

    talk.say(answer("danger", "now"), GO_ON, answer("risk", "child"), CONFIRM)

    assert talk.kinds == ["Advice", "Question", "CheckAnswers", "Advice"]
    assert talk.session.passed == ("act",)
    assert [e.revision for e in talk.effects if isinstance(e, RecordAdvice)] == [1, 2]


def test_a_recheck_of_danger_does_not_record_twice() -> None:
    talk = Talk()

    talk.say(answer("danger", "now"), change("danger"), answer("danger", "now"))

    assert talk.kinds == ["Advice", "Danger", "Advice"]
    assert len(talk.effects) == 1


def test_back_from_every_question_leads_to_the_one_before() -> None:
    talk = Talk()
    talk.say(*AGREED)

    views = [talk.say(BACK).view for _ in range(5)]

    assert [view.asked.id for view in views if isinstance(view, DangerView | QuestionView)] == [
        *("consent", "purpose", "risk", "danger", "danger")
    ]


def test_going_back_keeps_what_was_answered() -> None:
    talk = Talk()

    view = talk.say(*AGREED, BACK, BACK, answer("purpose", "yes")).view

    assert isinstance(view, CheckAnswersView)
    assert [said.value for said in view.path] == ["no", "no", "yes", "yes"]


def test_back_from_a_later_screen_leads_one_back() -> None:
    talk = Talk()
    talk.say(*PREVIEWING)

    kinds = [type(talk.say(BACK).view) for _ in range(3)]

    assert kinds == [DecisionView, AdviceView, CheckAnswersView]


def test_a_changed_answer_keeps_the_others() -> None:
    talk = Talk()

    view = talk.say(*AGREED, change("risk"), answer("risk", "child")).view

    assert isinstance(view, CheckAnswersView)
    assert [said.question for said in view.path] == ["danger", "risk"]
    assert [said.question for said in view.dropped] == ["purpose", "consent"]


def test_a_changed_answer_asks_only_what_is_missing() -> None:
    talk = Talk()

    view = talk.say(*CHILD, change("risk"), answer("risk", "no")).view

    assert isinstance(view, QuestionView)
    assert view.asked.id == "purpose"


def test_advice_is_recorded_again_only_when_answers_changed() -> None:
    talk = Talk()

    talk.say(*ADVISED, BACK, CONFIRM, change("consent"), answer("consent", "yes"), CONFIRM)
    talk.say(change("consent"), answer("consent", "no"), CONFIRM)

    recorded = [effect for effect in talk.effects if isinstance(effect, RecordAdvice)]
    assert [effect.revision for effect in recorded] == [1, 2]
    assert [effect.advice.outcome.id for effect in recorded] == ["agreed", "refuse"]


def test_restarting_asks_from_the_first_question() -> None:
    talk = Talk()

    turn = talk.say(*REFUSED, BACK, RESTART)

    assert isinstance(turn.view, DangerView)
    assert (turn.session.answers, turn.session.again) == ({}, None)
    assert turn.session.turn == len(talk.turns)


def test_deleting_forgets_the_check_and_shows_it() -> None:
    talk = Talk()

    turn = talk.say(*AGREED, DELETE)

    assert turn.effects == (Forget(),)
    assert isinstance(turn.view, CheckAnswersView)


def test_advice_that_could_not_be_recorded_goes_with_the_next_entry() -> None:
    before = Talk().session
    after = before.model_copy(update={"advised": 1, "advised_on": {"danger": "no"}, "turn": 3})

    owes = owing(before, after)

    assert (owes.advised, owes.advised_on) == (before.advised, before.advised_on)
    assert owes.turn == after.turn
