"""The reminder to record a decision, in the chat with the bot."""

from collections.abc import AsyncIterator

import pytest

from bot.outbox import Row
from dialogs import reminder
from tests.bot.surfaces.teams.stage import (
    DECISION,
    Stage,
    check_of,
    reach_advice,
    reach_form,
    reference_of,
)
from tests.fakes.teams import Person
from tests.fakes.teams.conversations import Message


@pytest.fixture
async def late(stage: Stage) -> AsyncIterator[Stage]:
    """The outbox's clock can be moved to the day of the reminder."""
    before = stage.parts.outbox._now
    yield stage
    stage.parts.outbox._now = before


async def a_day_later(stage: Stage, check: str) -> Row:
    """Send what is due when the reminder of this check is; its row."""
    [row] = [row for row in await stage.parts.outbox.of(check) if row.purpose == "reminder"]
    due = reminder.due(row.at).timestamp() + 1
    stage.parts.outbox._now = lambda: due
    await stage.parts.outbox.drain()
    await stage.parts.outbox.drain()
    [row] = [row for row in await stage.parts.outbox.of(check) if row.purpose == "reminder"]
    return row


def told(person: Person) -> list[Message]:
    return [each for each in person.messages if "no other reminder" in each.words]


@pytest.mark.parametrize("older_client", [False, True])
async def test_advice_without_a_decision_is_reminded_of_once(
    late: Stage,
    older_client: bool,  # noqa: FBT001
) -> None:
    person = late.person(older_client=older_client)
    await reach_advice(person)
    check = check_of(person)
    await late.parts.outbox.drain()
    assert told(person) == []

    row = await a_day_later(late, check)

    [message] = told(person)
    assert (row.state, row.sealed_recipient) == ("sent", None)
    assert message.activity["summary"] == "Record your decision"
    assert reference_of(check) in message.words
    assert "999" in message.card["fallbackText"]

    await person.press("Record a decision", message=message)
    assert (person.view, check_of(person)) == ("decision", check)


async def test_a_reminder_can_be_answered_by_typing(late: Stage) -> None:
    person = late.person()
    await reach_advice(person)
    check = check_of(person)
    await a_day_later(late, check)

    await person.say("record a decision")

    assert (person.view, check_of(person)) == ("decision", check)


async def test_a_recorded_decision_needs_no_reminder(late: Stage) -> None:
    person = late.person()
    await reach_form(person)
    check = check_of(person)
    await person.press("Preview", DECISION)
    await person.press("Record without posting")

    await late.parts.outbox.drain()

    assert [row.purpose for row in await late.parts.outbox.of(check)] == ["advice"]
    assert told(person) == []
