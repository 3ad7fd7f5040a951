"""The register keeps closed values under the names of its export, and no words of anyone's own."""

from __future__ import annotations

import json

from dialogs.record import advice_body, decision_body
from dialogs.turn import RecordAdvice, RecordDecision
from tests.dialogs.transcripts import (
    ADVISED,
    CONFIRM,
    DECIDING,
    GO_ON,
    POST,
    REASONS,
    Talk,
    answer,
    decide,
)


def test_advice_is_kept_by_ids_alone() -> None:
    talk = Talk()
    [effect] = talk.say(*ADVISED).effects
    assert isinstance(effect, RecordAdvice)

    body = advice_body(talk.pack, talk.session, effect.advice)

    given = {"danger": "no", "risk": "no", "purpose": "yes", "consent": "yes"}
    assert body == {
        "reference": "SC-5EED-5EED",
        "pack": "garden-2025",
        "version": "2025-05-01",
        "digest": "d" * 64,
        "path": [{"question": question, "answer": given[question]} for question in given],
        "passed": [],
        "verdict": "share",
        "outcome": "agreed",
        "notices": ["say_thanks", "keep_it_small"],
        "rules": ["fair"],
    }


def test_what_was_passed_is_kept_with_advice() -> None:
    talk = Talk()
    moves = (answer("danger", "now"), GO_ON, answer("risk", "child"), CONFIRM)
    [effect] = talk.say(*moves).effects
    assert isinstance(effect, RecordAdvice)

    body = advice_body(talk.pack, talk.session, effect.advice)

    assert body["passed"] == ["act"]


def test_a_decision_is_kept_without_its_words() -> None:
    talk = Talk()
    sent = decide(choice="not_share", words=REASONS, review="2027-03-31", told="unsafe")
    [effect] = talk.say(*DECIDING, sent, POST).effects
    assert isinstance(effect, RecordDecision)

    body = decision_body(talk.pack, talk.session, effect.advice, effect.decision)

    assert body.items() >= advice_body(talk.pack, talk.session, effect.advice).items()
    assert (body["decision"], body["departs"], body["advice_revision"]) == ("not_share", True, 1)
    assert body["details"] == {
        "kinds": ["concern"],
        "receiver": "police",
        "purpose": None,
        "asked_by": None,
        "consent": None,
        "told": "unsafe",
        "advice_from": None,
        "security": None,
        "review": "2027-03-31",
    }
    assert REASONS not in json.dumps(body)
