"""The states of a question to advisers: what fits where, and what each step asks for."""

import pytest

from dialogs.enquiry.states import Deed, Did, Draft, Enquiry, Message, Status, step

OPEN = [Status.RECEIVED, Status.LOOKING, Status.ANSWERED, Status.REOPENED]


def test_a_question_goes_from_received_to_closed() -> None:
    stands = Status.RECEIVED
    seen = []
    for did in (Did.CLAIMED, Did.ANSWERED, Did.ASKED, Did.CLAIMED, Did.ANSWERED, Did.CLOSED):
        found = step(stands, did)
        assert found is not None
        stands = found.status
        seen.append(stands.value)

    assert seen == ["looking", "answered", "reopened", "looking", "answered", "closed"]


@pytest.mark.parametrize("status", OPEN)
def test_any_open_question_may_be_answered_and_closed(status: Status) -> None:
    answered, closed = step(status, Did.ANSWERED), step(status, Did.CLOSED)

    assert answered is not None
    assert answered.status is Status.ANSWERED
    assert Deed.TELL in answered.deeds
    assert closed is not None
    assert closed.deeds == {Deed.TELL, Deed.REDRAW, Deed.FORGET_ROUTE}


@pytest.mark.parametrize("status", Status)
def test_an_end_destroys_everything_wherever_it_stands(status: Status) -> None:
    ended = step(status, Did.ENDED)

    assert ended is not None
    assert ended.status is Status.CLOSED
    assert {Deed.FORGET_ROUTE, Deed.FORGET_WORDS} <= ended.deeds


@pytest.mark.parametrize("status", Status)
def test_asking_further_is_never_refused(status: Status) -> None:
    assert step(status, Did.ASKED) is not None


@pytest.mark.parametrize(
    ("status", "did"),
    [
        (Status.CLOSED, Did.ANSWERED),
        (Status.CLOSED, Did.CLAIMED),
        (Status.CLOSED, Did.CLOSED),
        (Status.LOOKING, Did.CLAIMED),
        (Status.RECEIVED, Did.PUT_BACK),
    ],
)
def test_what_does_not_fit_comes_to_nothing(status: Status, did: Did) -> None:
    assert step(status, did) is None


def test_a_claim_that_is_put_back_waits_again() -> None:
    back = step(Status.LOOKING, Did.PUT_BACK)

    assert back is not None
    assert back.status is Status.RECEIVED
    assert Deed.TELL not in back.deeds


def test_words_are_not_in_what_an_error_would_print() -> None:
    said = Message("asker", "zebra")
    enquiry = Enquiry("1", "Amber Heron", Status.RECEIVED, "code", (said,))

    assert "zebra" not in repr(enquiry)
    assert enquiry.questions == 1


def test_a_draft_comes_back_as_it_was_kept() -> None:
    draft = Draft(kind="new", by="owner", words="help", attached=(("Is it?", "Yes"),))

    assert Draft.model_validate_json(draft.model_dump_json()) == draft
