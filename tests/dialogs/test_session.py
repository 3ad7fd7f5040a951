"""A session survives being put away and taken out again, and refuses what it does not know."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from dialogs.session import Session, Stage
from tests.dialogs.transcripts import GO_ON, PREVIEWING, REASONS, Talk, answer, decide


def test_a_fresh_session_asks_and_knows_nothing() -> None:
    session = Session(check="0123456789abcdef", pack="garden-2025", digest="d")

    assert (session.turn, session.stage, session.again) == (0, Stage.ASKING, None)
    assert (session.advised, session.decided, session.posted) == (0, 0, False)


def test_a_session_comes_back_from_where_it_is_kept_unchanged() -> None:
    talk = Talk()
    talk.say(answer("danger", "now"), GO_ON, answer("risk", "no"), *PREVIEWING[1:])
    talk.say(decide(words=REASONS))

    assert Session.unpacked(talk.session.packed()) == talk.session


def test_a_session_with_unknown_keys_is_refused() -> None:
    with pytest.raises(ValidationError, match="owner"):
        Session.model_validate({"check": "a", "pack": "b", "digest": "c", "owner": "d"})


def test_a_reference_is_short_enough_to_read_out() -> None:
    session = Session(check="0123456789abcdef", pack="garden-2025", digest="d")

    assert session.reference == "SC-0123-4567"


def test_two_sessions_never_share_their_answers() -> None:
    first, second = (Session(check=name, pack="p", digest="d") for name in "ab")

    assert first.answers is not second.answers
    assert first.advised_on is not second.advised_on
