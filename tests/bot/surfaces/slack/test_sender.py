"""Posting to Slack when replies get lost, and when Slack says no."""

import time
from datetime import UTC, datetime

import pytest

from bot.outbox import Later, Row, Sender, Sent, Unknown
from bot.outbox.sending import CannotBeMade
from bot.register.database import RegisterUnavailable
from dialogs.pages import PageView, Section
from tests.bot.surfaces.slack.rows import ANSWERS, BODY, a_row, posted
from tests.bot.surfaces.slack.stage import TEAM, Stage
from tests.fakes.slack import FakeSlack, Fault, Person


async def test_a_summary_is_posted_word_for_word(slack: FakeSlack, sender: Sender) -> None:
    row = a_row("plain")

    outcome = await sender.send(row, retry=False)

    [message] = posted(slack, row)
    assert outcome == Sent(f"{TEAM}/{message.ts}")
    assert message.words.splitlines() == [
        "Information sharing decision",
        "Reference: SC-MADE-UP00",
        "Policy: Made up",
        "Advice: May share",
        "Register mark: not found",
    ]
    assert message.metadata == {
        "event_type": "share_check_summary",
        "event_payload": {"outbox_id": row.id},
    }


async def test_nothing_in_a_summary_can_be_formatted(slack: FakeSlack, sender: Sender) -> None:
    tricky = "<!channel> <https://example.org|Act now> *bold* & more"
    row = a_row("tricky", body={**BODY, "lines": [["Policy", tricky]]})

    await sender.send(row, retry=False)

    [message] = posted(slack, row)
    assert {block["text"]["type"] for block in message.blocks} == {"plain_text"}
    assert "&lt;!channel&gt;" in message.text
    assert "<" not in message.text


async def test_a_lost_reply_gives_one_message(slack: FakeSlack, sender: Sender) -> None:
    row = a_row("lost")
    slack.fail("chat.postMessage", Fault.LOSE_REPLY)

    first = await sender.send(row, retry=False)
    second = await sender.send(row, retry=True)

    assert isinstance(first, Unknown)
    assert [f"{TEAM}/{message.ts}" for message in posted(slack, row)] == [second.message]  # type: ignore[union-attr]


@pytest.mark.parametrize("fault", [Fault.DROP, Fault.REFUSE, Fault.SERVER_ERROR])
async def test_a_send_that_failed_is_made_up_for(
    slack: FakeSlack, sender: Sender, fault: Fault
) -> None:
    row = a_row(fault.name.lower())
    slack.fail("chat.postMessage", fault)

    first = await sender.send(row, retry=False)
    second = await sender.send(row, retry=True)

    assert (type(first), type(second)) == (Unknown, Sent)
    assert len(posted(slack, row)) == 1


@pytest.mark.parametrize("fault", [Fault.DROP, Fault.RATE_LIMITED, Fault.SERVER_ERROR])
async def test_without_a_look_nothing_is_sent_again(
    slack: FakeSlack, sender: Sender, fault: Fault
) -> None:
    row = a_row(f"look_{fault.name.lower()}")
    slack.fail("conversations.history", fault, times=3)  # aiohttp itself asks twice

    outcome = await sender.send(row, retry=True)

    assert isinstance(outcome, Later)
    assert posted(slack, row) == []


async def test_a_message_for_a_channel_goes_there_and_one_for_a_person_to_them_alone(
    stage: Stage, sender: Sender
) -> None:
    person: Person = stage.person()

    async def page(row: Row) -> PageView | None:
        return PageView("Title", (Section("Heading", ("Words.",)),))

    stage.parts.drawings["page"] = page
    rows = [
        a_row("to_channel", purpose="page"),
        a_row("to_person", purpose="page", recipient=person.id),
    ]

    outcomes = [await sender.send(row, retry=False) for row in rows]

    [in_channel] = posted(stage.slack, rows[0])
    assert outcomes == [Sent(f"{TEAM}/{in_channel.ts}"), Sent(None)]
    assert len(person.messages) == 1
    assert posted(stage.slack, rows[1]) == []


async def test_a_look_begins_a_little_before_the_row_can_have_been_sent(
    slack: FakeSlack, sender: Sender
) -> None:
    known = a_row("known", since=time.time() - 60)
    unknown = a_row("unknown", since=None)

    for row in (known, unknown):
        await sender.send(row, retry=True)

    first, second = [
        float(call.arguments["oldest"])
        for call in slack.calls
        if call.method == "conversations.history" and "oldest" in call.arguments
    ][-2:]
    assert known.since
    assert first == known.since - 300
    assert 86_400 <= time.time() - second < 3 * 86_400


async def test_a_look_that_slack_refuses_is_left_to_a_person(
    slack: FakeSlack, sender: Sender
) -> None:
    row = a_row("refused")
    slack.fail("conversations.history", Fault.SAY_ERROR, code="missing_scope")

    outcome = await sender.send(row, retry=True)

    assert isinstance(outcome, Unknown)
    assert posted(slack, row) == []


async def test_a_database_that_does_not_answer_is_waited_for(
    slack: FakeSlack, sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(*_: object) -> None:
        raise RegisterUnavailable

    monkeypatch.setattr(type(sender.telling), "of", refuse)  # type: ignore[attr-defined]
    row = a_row("database")

    assert isinstance(await sender.send(row, retry=False), Later)
    assert posted(slack, row) == []


@pytest.mark.parametrize("fault", [Fault.DROP, Fault.SERVER_ERROR])
async def test_an_old_row_that_cannot_be_looked_for_is_left_to_a_person(
    slack: FakeSlack, sender: Sender, fault: Fault
) -> None:
    row = a_row(f"old_{fault.name.lower()}", since=time.time() - 3_600)
    slack.fail("conversations.history", fault, times=3)

    outcome = await sender.send(row, retry=True)

    assert isinstance(outcome, Unknown)
    assert posted(slack, row) == []
    slack.heal()


async def test_a_message_is_found_pages_back(slack: FakeSlack, sender: Sender) -> None:
    row = a_row("pages")
    sent = await sender.send(row, retry=False)
    channel = slack.channel(TEAM)
    for number in range(450):
        slack.workspace.post(channel, f"Made up {number}", [])

    again = await sender.send(row, retry=True)

    assert again == sent
    channel.messages[:] = [message for message in channel.messages if message.blocks]


async def test_too_busy_a_channel_leaves_it_open(slack: FakeSlack, sender: Sender) -> None:
    channel = slack.channel(TEAM)
    for number in range(1_001):
        slack.workspace.post(channel, f"Made up {number}", [])

    outcome = await sender.send(a_row("busy"), retry=True)

    assert isinstance(outcome, Unknown)
    channel.messages[:] = [message for message in channel.messages if message.blocks]


async def test_slack_is_given_the_time_it_asks_for(slack: FakeSlack, sender: Sender) -> None:
    slack.fail("chat.postMessage", Fault.RATE_LIMITED, seconds=7)

    assert await sender.send(a_row("fast"), retry=False) == Later(7.0)


async def test_a_later_decision_edits_the_message(slack: FakeSlack, sender: Sender) -> None:
    first = a_row("first")
    sent = await sender.send(first, retry=False)
    assert isinstance(sent, Sent)
    second = a_row("second", body={**BODY, "title": "Edited"}, edits_message=sent.message)

    outcomes = [await sender.send(second, retry=retry) for retry in (False, True)]

    assert outcomes == [sent, sent]
    [message] = posted(slack, second)
    assert message.words.startswith("Edited")
    assert posted(slack, first) == []


async def test_an_edit_of_a_deleted_message_is_posted_anew(
    slack: FakeSlack, sender: Sender
) -> None:
    row = a_row("gone", edits_message=f"{TEAM}/1.000001")

    outcome = await sender.send(row, retry=False)

    [message] = posted(slack, row)
    assert outcome == Sent(f"{TEAM}/{message.ts}")


async def test_advice_reaches_its_practitioner_once(stage: Stage, sender: Sender) -> None:
    person: Person = stage.person()
    edition = stage.parts.conversation.shelf.library.find("england-2024", datetime.now(UTC).date())
    body = {
        "digest": edition.digest,
        "answers": ANSWERS,
        "passed": [],
        "reference": "SC-MADE-UP00",
    }
    row = a_row("advice", purpose="advice", channel=None, body=body, recipient=person.id)
    stage.slack.fail("chat.postMessage", Fault.LOSE_REPLY)

    outcomes = [type(await sender.send(row, retry=retry)) for retry in (False, True)]

    [message] = person.messages
    assert outcomes == [Unknown, Sent]
    assert message.words.startswith("Call 999 now")
    assert "SC-MADE-UP00" in message.text
    assert "Call 999 now" not in message.text


async def test_a_page_that_cannot_be_drawn_was_not_sent(stage: Stage, sender: Sender) -> None:
    async def broken(row: Row) -> PageView | None:
        return PageView("Title", (Section("Heading", (None,)),))  # type: ignore[arg-type]

    stage.parts.drawings["broken"] = broken

    with pytest.raises(CannotBeMade):
        await sender.send(a_row("broken", purpose="broken"), retry=False)
