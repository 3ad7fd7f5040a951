"""The messages that last, for every advice of every shipped pack."""

from dataclasses import replace

import pytest

from bot.surfaces.slack.messages import is_marked_as, marked_as, message_of
from bot.surfaces.telling import AdviceTold
from dialogs.pages import PageView, Section
from policies.assess import Advice, advise, replay
from policies.library import Edition
from policies.model import Contact, Outcome
from policies.proof import Path
from tests.bot.surfaces.slack.packs import CHECK, LATER, editions, telling_paths
from tests.fakes.slack.surfaces import refuse_bad_message, refuse_bad_metadata, words_in


def advice_on(edition: Edition, path: Path) -> Advice:
    trail, node = replay(edition.pack, path.answers, path.passed)
    assert isinstance(node, Outcome)
    return advise(edition.pack, trail, node, path.answers, path.passed)


@pytest.mark.parametrize("edition", editions(), ids=lambda edition: edition.pack.id)
def test_every_advice_fits_a_direct_message(edition: Edition) -> None:
    for path in telling_paths(edition):
        advice = advice_on(edition, path)

        message = message_of(AdviceTold(CHECK, "SC-ABCD-EFGH", edition.pack, advice), LATER)

        refuse_bad_message(message["text"], message["blocks"])
        assert path.outcome.headline not in message["text"]
        said = "\n".join(words_in(message["blocks"])).replace("&amp;", "&")
        assert path.outcome.steps[-1] in said
        assert said.count("The risk of not sharing") == said.count("The risk of sharing") == 1
        assert "Why this answer, step by step" in said or "The rest stands in the check" in said


def test_advice_too_long_for_a_message_keeps_its_beginning() -> None:
    edition = editions()[0]
    advice = advice_on(edition, telling_paths(edition)[0])
    steps = tuple(f"{number} {'long & winding ' * 70}" for number in range(40))
    outcome = advice.outcome.model_copy(update={"steps": steps})
    longer = replace(advice, outcome=outcome)

    message = message_of(AdviceTold(CHECK, "SC-ABCD-EFGH", edition.pack, longer), LATER)

    refuse_bad_message(message["text"], message["blocks"])
    said = "\n".join(words_in(message["blocks"]))
    assert outcome.headline in said
    assert "The rest stands in the check itself." in said
    assert "Record a decision" in said


def test_the_notification_of_a_page_says_no_more_than_its_title() -> None:
    emergency = Contact(role="emergency", name="Emergency services", number="999")
    page = PageView("A & B", (Section("Heading", ("What it says.",)),), (), emergency)

    message = message_of(page, LATER)

    refuse_bad_message(message["text"], message["blocks"])
    assert message["text"] == "A &amp; B"
    assert "What it says." in "\n".join(words_in(message["blocks"]))


def test_a_message_is_known_by_its_mark_alone() -> None:
    mark = marked_as("0" * 32, "summary")

    refuse_bad_metadata(mark)
    assert is_marked_as({"metadata": mark}, "0" * 32)
    assert not is_marked_as({"metadata": mark}, "1" * 32)
    for other in ({}, {"metadata": None}, {"metadata": {"event_payload": 7}}, {"text": "0" * 32}):
        assert not is_marked_as(other, "0" * 32)
