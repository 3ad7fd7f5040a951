"""Where a check stands, in the words that every surface draws."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.session import Session
from dialogs.show import NAMED, before, contacts, emergency, show
from dialogs.views import (
    AdviceView,
    CheckAnswersView,
    Choice,
    DangerView,
    DecisionView,
    DoneView,
    Policy,
    PreviewView,
    QuestionView,
    Said,
    said,
)
from policies.assess import assess
from policies.library import Library
from tests.dialogs.transcripts import (
    ADVISED,
    AGREED,
    BACK,
    CHILD,
    DECIDING,
    LEAVE,
    NO_DANGER,
    POST,
    PREVIEWING,
    REASONS,
    RESTART,
    Talk,
    answer,
    change,
    decide,
    form,
)
from tests.policies.builders import Draft


def test_the_first_screen_asks_about_danger_with_numbers() -> None:
    pack = next(e.pack for e in Library.read().newest() if e.pack.id == "england-2024")

    view = Talk(pack).say(RESTART).view

    assert isinstance(view, DangerView)
    assert [contact.role for contact in view.contacts] == [
        *("emergency", "childrens_social_care", "adults_social_care", "police")
    ]
    assert view.asked.id == "danger"


def test_only_contacts_that_a_pack_has_are_shown() -> None:
    pack = Draft().resolved()

    found = contacts(pack, ("lead", "police", "emergency"))

    assert [contact.name for contact in found] == ["The head gardener", "Emergency services"]
    assert emergency(pack).number == "999"


def test_a_screen_names_the_policy_being_followed() -> None:
    view = Talk().say(NO_DANGER).view

    assert isinstance(view, QuestionView)
    assert view.policy == Policy(
        "garden-2025", "The garden rules", "2025-05-01", "current", superseded_by=None
    )


def test_a_question_shows_what_may_be_answered() -> None:
    draft = Draft()
    draft.option("risk", "adult")["description"] = "Care Act 2014"

    view = Talk(draft.resolved()).say(NO_DANGER).view

    assert isinstance(view, QuestionView)
    assert view.asked.choices == (
        Choice("child", "Child", ""),
        Choice("adult", "Adult", "Care Act 2014"),
        Choice("no", "No", ""),
        Choice("not_sure", "Not_sure", ""),
    )
    assert (view.asked.text, view.asked.why) == ("What about risk?", "The guide asks about risk.")
    assert view.emergency.number == "999"


def test_a_question_tells_how_far_it_is() -> None:
    talk = Talk()

    views = [talk.say(move).view for move in AGREED[:3]]

    told = [(view.number, view.most) for view in views if isinstance(view, QuestionView)]
    assert told == [(2, 4), (3, 4), (4, 4)]


def test_a_question_asked_again_shows_the_answer_before() -> None:
    view = Talk().say(*AGREED, change("purpose")).view

    assert isinstance(view, QuestionView)
    assert (view.asked.id, view.asked.selected, view.number) == ("purpose", "yes", 3)
    assert [step.question for step in view.path] == ["danger", "risk"]


def test_a_question_asked_again_offers_what_applied_there() -> None:
    talk = Talk()

    view = talk.say(answer("danger", "no"), *AGREED[1:], change("risk")).view

    assert isinstance(view, QuestionView)
    assert "no" in [choice.value for choice in view.asked.choices]


@pytest.mark.parametrize(
    ("origin", "line"),
    [
        ("printed", "The guide (Nobody, 2025), page 1"),
        ("national", "The guide (Nobody, 2025), page 1"),
        ("inferred", "Not printed as a question; it follows from: The guide (Nobody, 2025), page"),
        ("added", "Not printed as a question; it follows from: The guide (Nobody, 2025), page"),
    ],
)
def test_a_question_says_where_it_comes_from(origin: str, line: str) -> None:
    draft = Draft()
    draft.find("risk")["origin"] = origin

    view = Talk(draft.resolved()).say(NO_DANGER).view

    assert isinstance(view, QuestionView)
    assert view.asked.source.startswith(line)


def test_answers_are_shown_in_words_before_advice() -> None:
    view = Talk().say(*CHILD).view

    assert isinstance(view, CheckAnswersView)
    assert view.path == (
        Said("danger", "What about danger?", "no", "No"),
        Said("risk", "What about risk?", "child", "Child"),
    )
    assert view.dropped == ()


def test_answers_that_no_longer_count_are_named() -> None:
    view = Talk().say(*AGREED, change("risk"), answer("risk", "child")).view

    assert isinstance(view, CheckAnswersView)
    assert view.dropped == (
        Said("purpose", "What about purpose?", "yes", "Yes"),
        Said("consent", "What about consent?", "yes", "Yes"),
    )


def test_advice_comes_with_whom_to_call_and_why() -> None:
    talk = Talk()

    view = talk.say(*ADVISED).view

    assert isinstance(view, AdviceView)
    assert view.advice == assess(talk.pack, talk.session.answers)
    assert [contact.role for contact in view.contacts] == ["lead"]
    assert view.path == said(view.advice.path)
    assert (view.reference, view.can_go_on, view.decided) == ("SC-5EED-5EED", False, False)


def test_advice_says_that_a_decision_is_recorded() -> None:
    view = Talk().say(*PREVIEWING, POST, DECIDING[-1], BACK).view

    assert isinstance(view, AdviceView)
    assert view.decided


def test_the_form_comes_filled_in_from_the_check() -> None:
    view = Talk().say(*DECIDING).view

    assert isinstance(view, DecisionView)
    assert view.form["consent"] == ("given",)
    assert (view.errors, view.emergency.number) == ({}, "999")


def test_the_form_comes_back_as_it_was_sent() -> None:
    talk = Talk()

    view = talk.say(*PREVIEWING, BACK).view

    assert isinstance(view, DecisionView)
    assert view.form == talk.session.form == form()


def test_the_preview_holds_the_words_to_be_posted() -> None:
    view = Talk().say(*PREVIEWING).view

    assert isinstance(view, PreviewView)
    assert view.decided
    assert ("Decision", "Share") in view.summary.lines


@pytest.mark.parametrize(
    ("ends", "decision"), [((decide(), POST), "Share"), ((LEAVE, POST), None)]
)
def test_the_end_says_what_was_recorded(ends: tuple[type, ...], decision: str | None) -> None:
    view = Talk().say(*DECIDING, *ends).view

    assert isinstance(view, DoneView)
    assert (view.decision, view.posted) == (decision, True)
    assert view.next_step == "Record what you decided and why."


def test_before_gives_all_answers_off_the_path() -> None:
    talk = Talk()
    path = assess(talk.pack, {"danger": "no", "risk": "no"}).path

    assert before(path, "risk") == {"danger": "no"}
    assert before(path, "purpose") == {"danger": "no", "risk": "no"}


def test_no_screen_but_the_form_shows_own_words() -> None:
    talk = Talk()

    talk.say(*DECIDING, decide(words=REASONS), POST, DECIDING[-1])

    shown = [
        kind
        for kind, turn in zip(talk.kinds, talk.turns, strict=True)
        if REASONS in str(turn.view)
    ]
    assert shown == ["Decision"]


def test_a_likely_answer_is_chosen_while_it_is_on_offer() -> None:
    pack = Library.read().find("england-2024", date(2026, 11, 22)).pack
    session = Session(check="a" * 24, pack=pack.id, digest="d", answers={"danger": "no"})

    def selected(likely: str, **answers: str) -> str | None:
        held = {**session.answers, **answers}
        again = "risk" if answers else None
        view = show(
            pack,
            session.model_copy(
                update={"likely": {"risk": likely}, "answers": held, "again": again}
            ),
        )
        assert isinstance(view, QuestionView)
        return view.asked.selected

    assert selected("child") == "child"
    assert selected("made_up") is None
    assert selected("child", risk="adult") == "adult"


def test_a_name_that_will_be_kept_is_told_first() -> None:
    pack = Library.read().find("england-2024", date(2026, 11, 22)).pack
    session = Session(check="a" * 24, pack=pack.id, digest="d")

    told = [show(pack, session.model_copy(update={"named": named})) for named in (True, False)]

    notices = [view.notice for view in told if isinstance(view, DangerView)]
    assert notices == [NAMED, ""]


def test_questions_of_very_many_packs_are_worked_out_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dialogs.show.MOST_KNOWN", 0)
    pack = Library.read().find("england-2024", date(2026, 11, 22)).pack
    session = Session(check="a" * 24, pack=pack.id, digest="d")

    assert show(pack, session) == show(pack, session)
