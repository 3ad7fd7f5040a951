"""Longer conversations: what is decided, posted and revised, and every path of every pack."""

from __future__ import annotations

import pytest

from dialogs.check import advance, begin
from dialogs.events import Answered, Confirmed, WentOn
from dialogs.screening import fingerprint
from dialogs.show import show
from dialogs.turn import PostAdvice, RecordDecision
from dialogs.views import (
    AdviceView,
    CheckAnswersView,
    DangerView,
    DecisionView,
    DoneView,
    PreviewView,
    QuestionView,
)
from policies.assess import given
from policies.library import Edition, Library
from policies.model import Pack
from policies.proof import count_paths, paths
from tests.dialogs.transcripts import (
    BACK,
    CHECK,
    CONFIRM,
    DECIDE,
    DECIDING,
    KEEP,
    LEAVE,
    POST,
    PREVIEWING,
    REASONS,
    Talk,
    answer,
    change,
    decide,
)

EDITIONS = {edition.pack.id: edition for edition in Library.read().newest()}


def test_a_form_in_error_is_shown_again_as_typed() -> None:
    talk = Talk()
    talk.say(*DECIDING)
    before = talk.session

    view = talk.say(decide(choice="", words=REASONS)).view

    assert isinstance(view, DecisionView)
    assert view.errors == {"choice": "Choose an answer."}
    assert view.form["words"] == (REASONS,)
    assert talk.session == before


def test_a_finding_is_held_back_and_then_kept() -> None:
    talk = Talk()
    words = "Ring 07700 900123 before noon."

    held = talk.say(*DECIDING, decide(words=words)).view
    kept = talk.say(decide(words=words, kept=fingerprint(words)), POST)

    assert isinstance(held, DecisionView)
    assert "07700 900123" in held.errors["words"]
    assert isinstance(kept.view, DoneView)
    [effect] = kept.effects
    assert isinstance(effect, RecordDecision)
    assert effect.decision.words == words


def test_a_form_keeps_only_fields_of_its_own() -> None:
    talk = Talk()

    talk.say(*DECIDING, decide(words="Half a sign: \ud83d.", colour="red"))

    assert talk.session.form is not None
    assert "colour" not in talk.session.form
    assert talk.session.form["words"] == ("Half a sign: ?.",)
    assert talk.session.model_dump_json()


def test_a_decision_can_be_revised_afterwards() -> None:
    talk = Talk()

    talk.say(*PREVIEWING, POST, DECIDE, decide(choice="not_share", words=REASONS), KEEP)

    taken = [effect for effect in talk.effects if isinstance(effect, RecordDecision)]
    assert [(e.revision, e.decision.choice, bool(e.summary)) for e in taken] == [
        (1, "share", True),
        (2, "not_share", False),
    ]
    assert talk.session.posted


def test_advice_can_be_posted_without_a_decision() -> None:
    talk = Talk()

    shown = talk.say(*DECIDING, LEAVE).view
    turn = talk.say(POST)

    assert isinstance(shown, PreviewView)
    assert not shown.decided
    assert turn.effects == (PostAdvice(shown.summary),)
    assert (talk.session.decided, talk.session.posted) == (0, True)


def test_left_undecided_and_unposted_nothing_happens() -> None:
    talk = Talk()

    turn = talk.say(*DECIDING, LEAVE, KEEP)

    assert isinstance(turn.view, DoneView)
    assert turn.effects == ()
    assert (turn.view.decision, turn.view.posted) == (None, False)


def test_back_from_an_undecided_preview_shows_the_advice() -> None:
    talk = Talk()

    assert isinstance(talk.say(*DECIDING, LEAVE, BACK).view, AdviceView)


def test_once_decided_there_is_no_leaving_undecided() -> None:
    talk = Talk()
    talk.say(*PREVIEWING, POST, DECIDE)
    before = talk.session

    assert talk.say(LEAVE).session == before


def test_new_advice_asks_for_a_new_form() -> None:
    talk = Talk()

    talk.say(*PREVIEWING, BACK, BACK, change("consent"), answer("consent", "no"), CONFIRM)

    assert talk.session.form is None


def test_the_form_stays_when_advice_stays() -> None:
    talk = Talk()

    view = talk.say(*DECIDING, decide(choice="defer"), BACK, BACK, BACK, CONFIRM, DECIDE).view

    assert isinstance(view, DecisionView)
    assert view.form["choice"] == ("defer",)


Said = tuple[tuple[str, str], ...]
"""The answers of a path in order; the outcomes that were passed follow from them."""


def wanted(pack: Pack, every: int) -> dict[Said, str]:
    """Where paths end by proof: all that go straight, and one in `every` of those that went on.

    After going on from `act_now` the tree is much the same again.
    """
    straight = [path for path in paths(pack) if not path.passed]
    onward = [path for path in paths(pack) if path.passed]
    return {(*path.answers.items(),): path.outcome.id for path in straight + onward[::every]}


def walked(edition: Edition, prefixes: set[Said]) -> dict[Said, str]:
    """Where paths end by answering what the screens offer, and confirming the answers."""
    pack = edition.pack
    start = begin(pack, edition.digest, CHECK)
    waiting = [(start, show(pack, start))]
    found: dict[Said, str] = {}
    while waiting:
        session, view = waiting.pop()
        assert isinstance(view, DangerView | QuestionView)
        for choice in view.asked.choices:
            said = (*session.answers.items(), (view.asked.id, choice.value))
            if session.passed and said not in prefixes:
                continue
            turn = advance(pack, session, Answered(session.turn, view.asked.id, choice.value))
            if isinstance(turn.view, DangerView | QuestionView):
                waiting.append((turn.session, turn.view))
                continue
            if isinstance(turn.view, CheckAnswersView):
                turn = advance(pack, turn.session, Confirmed(turn.session.turn))
            assert isinstance(turn.view, AdviceView)
            found[(*given(turn.view.advice.path).items(),)] = turn.view.advice.outcome.id
            if turn.view.can_go_on:
                onward = advance(pack, turn.session, WentOn(turn.session.turn))
                waiting.append((onward.session, onward.view))
    return found


@pytest.mark.parametrize("edition", EDITIONS.values(), ids=EDITIONS)
def test_every_path_ends_where_proof_says(edition: Edition) -> None:
    expected = wanted(edition.pack, every=1 if count_paths(edition.pack) < 2_000 else 20)
    prefixes = {said[:length] for said in expected for length in range(1, len(said) + 1)}

    found = walked(edition, prefixes)

    assert found == expected
