"""The reminder to record a decision: once, on its day, and only where there is none."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.outbox import Row
from bot.register.database import RegisterUnavailable
from dialogs import reminder
from tests.bot.surfaces.slack.stage import (
    Stage,
    check_of,
    fill_in,
    reach_advice,
    reach_form,
    shown,
)
from tests.fakes.slack import Person


@pytest.fixture
async def late(stage: Stage) -> AsyncIterator[Stage]:
    """The outbox's clock can be moved to the day of the reminder."""
    before = stage.parts.outbox._now
    yield stage
    stage.parts.outbox._now = before


async def reminders(stage: Stage, check: str) -> list[Row]:
    return [row for row in await stage.parts.outbox.of(check) if row.purpose == "reminder"]


async def a_day_later(stage: Stage, check: str) -> None:
    """Send what is due when the reminder of this check is."""
    [row] = await reminders(stage, check)
    due = reminder.due(row.at).timestamp() + 1
    stage.parts.outbox._now = lambda: due
    await stage.parts.outbox.drain()


def told(person: Person) -> list[str]:
    return [message.words for message in person.messages if "no other reminder" in message.words]


async def test_advice_without_a_decision_is_reminded_of_once(late: Stage) -> None:
    person = late.person()
    await reach_advice(person)
    check = check_of(person)
    await late.parts.outbox.drain()
    assert told(person) == []

    await a_day_later(late, check)
    await late.parts.outbox.drain()

    assert len(told(person)) == 1
    [row] = await reminders(late, check)
    assert (row.state, row.sealed_recipient) == ("sent", None)

    await person.close()
    await person.message_press(person.messages[-1], "go:desk:decide:1.0")
    assert shown(person).callback_id == "decision"
    assert check_of(person) == check


async def test_a_changed_answer_does_not_remind_twice(late: Stage) -> None:
    person = late.person()
    await reach_advice(person)
    check = check_of(person)
    await person.press("back")
    await person.press("change:receiver")
    [field] = [field for field in shown(person).fields if field.action_id == "answer"]
    await person.submit({field.block_id: "not_sure"})
    await person.submit()
    assert shown(person).callback_id == "advice"

    await a_day_later(late, check)

    assert len(told(person)) == 1


async def test_a_recorded_decision_lets_the_reminder_go_at_once(late: Stage) -> None:
    person = late.person()
    await reach_form(person)
    check = check_of(person)
    await fill_in(person)
    await person.submit()

    assert await reminders(late, check) == []


async def test_a_decision_whose_reminder_could_not_be_let_go_is_found_on_the_day(
    late: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(_: str) -> bool:
        raise RegisterUnavailable

    person = late.person()
    await reach_form(person)
    check = check_of(person)
    with monkeypatch.context() as broken:
        broken.setattr(late.parts.outbox, "let_go", refuse)
        await fill_in(person)
        await person.submit()
    assert shown(person).callback_id == "done"
    assert [row.state for row in await reminders(late, check)] == ["waiting"]

    await a_day_later(late, check)

    assert told(person) == []
    assert [row.state for row in await reminders(late, check)] == ["sent"]


async def test_a_workspace_can_turn_reminders_off(late: Stage) -> None:
    person, change = late.person(), late.parts.workspaces.change
    await reach_advice(person)
    waiting = check_of(person)
    await change("slack", "T0FAKE001", "U0ADMIN", {"reminders": False})
    try:
        await person.close()
        await reach_advice(person)
        none = check_of(person)
        assert await reminders(late, none) == []
        await a_day_later(late, waiting)
    finally:
        await change("slack", "T0FAKE001", "U0ADMIN", {})

    assert told(person) == []


async def test_a_reminder_that_waits_for_its_day_is_not_late(late: Stage) -> None:
    person = late.person()
    await reach_advice(person)
    await late.parts.outbox.drain()
    [row] = await reminders(late, check_of(person))

    assert row.state == "waiting"
    assert row.since is not None
    assert row.since >= reminder.due(row.at).timestamp()
    assert replace(row, since=None).attempts == 0
