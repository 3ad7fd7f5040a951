"""Whole checks through Slack, as a practitioner and their team see them."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.bot.surfaces.slack.stage import (
    COMMAND,
    DECISION,
    TEAM,
    Stage,
    answer,
    answer_all,
    check_of,
    fill_in,
    reach_advice,
    reach_form,
    reference_of,
    set_up,
    shown,
)
from tests.fakes.slack import Fault, Person
from tests.fakes.slack.courier import Delivery, Reply


@pytest.fixture(scope="module")
async def whole_stage(
    redis_url: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Stage]:
    async with set_up(redis_url, tmp_path_factory.mktemp("slack-journeys")) as stage:
        yield stage


@pytest.fixture
async def stage(whole_stage: Stage) -> AsyncIterator[Stage]:
    yield whole_stage
    whole_stage.slack.heal()
    whole_stage.slack.channel(TEAM).is_archived = False


async def reach_done(person: Person) -> str:
    """A whole check with a decision; its id."""
    await reach_form(person)
    check = check_of(person)
    await fill_in(person)
    await person.submit()
    assert shown(person).callback_id == "done"
    return check


async def until_out(stage: Stage, check: str, state: str) -> None:
    """Let the outbox work until the summary of a check stands like this."""
    async with asyncio.timeout(10):
        while True:
            await stage.parts.outbox.drain()
            rows = await stage.parts.outbox.of(check)
            if [row.state for row in rows if row.purpose == "summary"] == [state]:
                return
            await asyncio.sleep(0.1)


async def test_a_check_ends_in_a_decision_and_a_summary(stage: Stage) -> None:
    person = stage.person()

    check = await reach_done(person)

    assert reference_of(check) in shown(person).words
    advice, decision = await stage.entries(check)
    assert (advice.kind, decision.kind) == ("advice", "decision")
    [summary] = await stage.summaries(reference_of(check))
    assert "Decision: Share" in summary.words
    assert f"Register mark: {decision.seq}-{decision.commitment.hex()[:12]}" in summary.words
    assert person.id not in f"{summary.words}{summary.text}{summary.metadata}"
    [kept] = person.messages
    assert "You may share" in kept.words


class Insistent(Person):
    """Somebody whose every request Slack delivers twice."""

    async def _deliver(self, delivery: Delivery, shown: str) -> Reply:
        reply = await super()._deliver(delivery, shown)
        assert (await self.send_again()).status == 200
        return reply


async def test_every_request_sent_twice_changes_nothing(stage: Stage) -> None:
    person = Insistent(stage.slack, "U0INSISTENT")

    check = await reach_done(person)

    assert [entry.kind for entry in await stage.entries(check)] == ["advice", "decision"]
    assert len(await stage.summaries(reference_of(check))) == 1
    assert len(person.messages) == 1


async def test_two_of_each_at_once_change_nothing(stage: Stage) -> None:
    person = stage.person()
    await reach_form(person)
    check = check_of(person)
    await fill_in(person)
    preview = shown(person)

    await asyncio.gather(person.submit(), person.submit(view=preview))

    assert shown(person).callback_id == "done"
    assert [entry.kind for entry in await stage.entries(check)] == ["advice", "decision"]
    assert len(await stage.summaries(reference_of(check))) == 1


async def test_act_now_comes_at_once_and_is_recorded_later(stage: Stage) -> None:
    person = stage.person()
    await person.command(COMMAND)

    await answer(person, "now")

    check = check_of(person)
    assert "Call 999 now" in shown(person).words
    assert [entry.kind for entry in await stage.entries(check)] == ["advice"]
    await person.submit()
    await fill_in(person)
    await person.submit()
    assert [entry.kind for entry in await stage.entries(check)] == ["advice", "decision"]


async def test_advice_is_posted_first_and_the_decision_edits_it(stage: Stage) -> None:
    person = stage.person()
    await reach_form(person)
    check = check_of(person)

    await person.press("undecided")
    await person.submit()
    [first] = await stage.summaries(reference_of(check))
    await person.press("decide")
    await fill_in(person)
    await person.submit()

    [edited] = await stage.summaries(reference_of(check))
    assert "Decision: Not recorded yet" in first.words
    assert "Decision: Share" in edited.words
    assert (edited.ts, len(edited.edits)) == (first.ts, 1)


async def test_a_decision_without_posting_stays_in_the_register(stage: Stage) -> None:
    person = stage.person()
    await reach_form(person)
    check = check_of(person)
    await fill_in(person)

    await person.press("skip")

    assert "Nothing was posted" in shown(person).words
    assert [entry.kind for entry in await stage.entries(check)] == ["advice", "decision"]
    assert await stage.summaries(reference_of(check)) == []


async def test_the_decision_is_recorded_from_the_message_later(stage: Stage) -> None:
    person = stage.person()
    await reach_advice(person)
    check = check_of(person)
    await person.close()
    await stage.parts.outbox.drain()

    await person.message_press(person.messages[0], "decide")
    await fill_in(person)
    await person.submit()

    assert shown(person).callback_id == "done"
    assert len(await stage.summaries(reference_of(check))) == 1


async def test_nobody_else_can_decide_from_the_message(stage: Stage) -> None:
    owner, stranger = stage.person(), stage.person()
    await reach_advice(owner)
    check = check_of(owner)
    await stage.parts.outbox.drain()

    await stranger.message_press(owner.messages[0], "decide")

    assert "somebody else's" in shown(stranger).words
    assert [entry.kind for entry in await stage.entries(check)] == ["advice"]


@pytest.mark.parametrize("fault", [Fault.LOSE_REPLY, Fault.DROP, Fault.SERVER_ERROR])
async def test_a_lost_reply_still_gives_one_summary(stage: Stage, fault: Fault) -> None:
    person = stage.person()
    await stage.parts.outbox.drain()
    check = await reach_done(person)
    stage.slack.fail("chat.postMessage", fault, times=2)

    await until_out(stage, check, "sent")

    assert len(await stage.summaries(reference_of(check))) == 1
    assert len(person.messages) == 1


async def test_a_summary_waits_while_slack_asks_to(stage: Stage) -> None:
    person = stage.person()
    check = await reach_done(person)
    stage.slack.fail("chat.postMessage", Fault.RATE_LIMITED, times=2, seconds=1)

    await stage.parts.outbox.drain()
    early = [row.state for row in await stage.parts.outbox.of(check)]
    await until_out(stage, check, "sent")

    assert early == ["waiting", "waiting"]
    assert len(await stage.summaries(reference_of(check))) == 1


async def test_an_archived_channel_parks_until_it_is_mended(stage: Stage) -> None:
    person = stage.person()
    check = await reach_done(person)
    stage.slack.channel(TEAM).is_archived = True

    await until_out(stage, check, "parked")
    await stage.parts.outbox.drain()
    [row] = [row for row in await stage.parts.outbox.of(check) if row.purpose == "summary"]
    stage.slack.channel(TEAM).is_archived = False
    await stage.parts.outbox.resend(row.id)

    [notice] = [m for m in person.messages if "is not in your team's channel" in m.words]
    assert row.remedy is not None
    assert "Unarchive the channel" in row.remedy
    assert reference_of(check) in notice.words
    assert "999" in notice.words
    assert len(await stage.summaries(reference_of(check))) == 1


async def test_personal_data_never_leaves_the_form(stage: Stage) -> None:
    person = stage.person()
    await reach_form(person)
    check = check_of(person)
    form = shown(person)
    fields = {field.action_id: field.block_id for field in form.fields}
    typed: dict[str, Any] = {**DECISION, "words": "NHS number 999 000 0018, call 07700 900123"}

    await person.submit({fields[name]: value for name, value in typed.items()})

    assert shown(person).callback_id == "decision"
    assert [entry.kind for entry in await stage.entries(check)] == ["advice"]
    assert await stage.summaries(reference_of(check)) == []


async def test_a_check_left_open_goes_on_where_it_was(stage: Stage) -> None:
    person = stage.person()
    await person.command(COMMAND)
    await answer(person, "no")
    await answer(person, "child")
    check = check_of(person)
    await person.close()

    await person.command(COMMAND)
    await person.press("resume", f"open:{check}")
    await answer_all(person)
    await person.submit()

    assert "You may share" in shown(person).words
    assert [entry.kind for entry in await stage.entries(check)] == ["advice"]
