"""What the buttons of modals and messages do, seen from Slack's side."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.surfaces.slack.api import SlackApi
from bot.surfaces.slack.drawing import Drawing
from bot.surfaces.slack.payloads import read
from bot.surfaces.slack.settings import OneToken
from tests.bot.surfaces.slack.stage import (
    COMMAND,
    Stage,
    answer,
    answer_all,
    check_of,
    fill_in,
    question_of,
    reach_advice,
    reach_form,
    shown,
)
from tests.fakes.slack import Fault, Person
from tests.fakes.slack.fields import FieldKey


async def test_why_opens_a_page_and_keeps_the_question(stage: Stage) -> None:
    person = stage.person()
    await person.command(COMMAND)

    for _ in range(2):
        question = shown(person)
        await person.press("why")
        assert len(person.views) == 2
        assert "Source: " in shown(person).words
        await person.close()
        assert shown(person) == question
        await answer(person, "no") if question_of(person) == "danger" else None


@pytest.mark.parametrize(
    "code", ["expired_trigger_id", "exchanged_trigger_id", "push_limit_reached", "ratelimited"]
)
async def test_why_is_told_on_the_question_itself_where_no_page_can_be_pushed(
    stage: Stage, code: str
) -> None:
    person = stage.person()
    await person.command(COMMAND)
    await answer(person, "no")
    [field] = [field for field in shown(person).fields if field.action_id == "answer"]
    person.fill({field.block_id: "child"})
    stage.slack.fail("views.push", Fault.SAY_ERROR, code=code)

    await person.press("why")
    await stage.slack.until(lambda: "Source: " in shown(person).words)

    assert len(person.views) == 1
    assert shown(person).holds(field)["selected_option"]["value"] == "child"
    await person.press("why")
    await stage.slack.until(lambda: len(person.views) == 2)


async def test_why_on_an_old_screen_shows_where_the_check_stands(stage: Stage) -> None:
    person = stage.person()
    await person.command(COMMAND)
    await answer(person, "no")
    old = shown(person)
    await answer(person, "child")

    await press_anyway(stage, person, "why", replace(old, hash=shown(person).hash))

    assert len(person.views) == 1
    assert question_of(person) == "purpose"


async def test_a_drawing_never_covers_a_newer_one(stage: Stage) -> None:
    person = stage.person()
    await person.command(COMMAND)
    await answer(person, "no")
    old = shown(person)
    await answer(person, "child")
    newer = shown(person)

    await press_anyway(stage, person, "back", old)

    assert shown(person) == newer
    assert stage.slack.called("views.update")[-1].error == "hash_conflict"


async def test_going_back_keeps_the_answer_chosen_before(stage: Stage) -> None:
    person = stage.person()
    await person.command(COMMAND)
    await answer(person, "no")

    await person.press("back")

    [field] = shown(person).fields
    assert question_of(person) == "danger"
    assert field.value_of(shown(person).holds(field))["value"] == "no"


async def test_an_answer_in_review_can_be_changed(stage: Stage) -> None:
    person = stage.person()
    await person.command(COMMAND)
    await answer_all(person)

    await person.press("change:purpose")
    assert question_of(person) == "purpose"
    await answer(person, "yes")

    assert shown(person).callback_id == "check_answers"


async def test_the_advice_leads_back_and_on(stage: Stage) -> None:
    person = stage.person()
    await person.command(COMMAND)
    await answer(person, "now")

    assert shown(person).callback_id == "advice"
    await person.press("go_on")
    assert question_of(person) == "risk"


async def test_the_form_can_be_left_without_a_decision(stage: Stage) -> None:
    person = stage.person()
    await reach_form(person)

    await person.press("undecided")
    assert "Not recorded yet" in shown(person).words
    await person.submit()

    assert shown(person).callback_id == "done"
    await person.press("decide")
    assert shown(person).callback_id == "decision"


async def test_submit_buttons_have_twins_among_the_actions(stage: Stage) -> None:
    person = stage.person()
    await person.command(COMMAND)
    await answer_all(person)
    reached = []

    for name in ("confirm", "decide"):
        await press_anyway(stage, person, name)
        reached.append(shown(person).callback_id)
    fields = {field.action_id: field.block_id for field in shown(person).fields}
    filled: dict[str | FieldKey, Any] = {
        fields["choice"]: "share",
        fields["kinds"]: ["health"],
        fields["receiver"]: "police",
    }
    person.fill(filled)
    for name in ("decide", "post"):
        await press_anyway(stage, person, name)
        reached.append(shown(person).callback_id)

    assert reached == ["advice", "decision", "preview", "done"]


async def test_an_unknown_button_changes_nothing(stage: Stage) -> None:
    person = stage.person()
    await person.command(COMMAND)
    before = shown(person)

    for name in ("made_up", "post", "confirm", "change:", "change:made_up", "delete"):
        await press_anyway(stage, person, name)
        if shown(person) != before:
            assert shown(person).callback_id == "expired"


async def test_a_double_click_changes_nothing(stage: Stage) -> None:
    person = stage.person()
    await reach_form(person)
    await fill_in(person)
    check = check_of(person)
    before = shown(person)

    await asyncio.gather(person.press("skip"), press_anyway(stage, person, "skip", before))

    assert shown(person).callback_id == "done"
    assert [entry.kind for entry in await stage.entries(check)] == ["advice", "decision"]


async def test_a_closed_window_is_a_normal_end(stage: Stage) -> None:
    person = stage.person()
    await person.command(COMMAND)
    await answer(person, "no")
    seen = shown(person)
    await person.close()

    with capture_logs() as logged:
        await press_anyway(stage, person, "back", seen)
        await stage.slack.until(lambda: "slack.view_moved_on" in str(logged))

    assert person.view is None
    assert [line["log_level"] for line in logged if line["event"].startswith("slack")] == ["info"]


@pytest.mark.parametrize("fault", [Fault.SERVER_ERROR, Fault.SAY_ERROR])
async def test_a_screen_that_slack_does_not_draw_is_a_warning(stage: Stage, fault: Fault) -> None:
    person = stage.person()
    await person.command(COMMAND)
    await answer(person, "no")
    stage.slack.fail("views.update", fault, code="invalid_arguments")

    with capture_logs() as logged:
        await person.press("back")
        await stage.slack.until(lambda: "slack.view_not_drawn" in str(logged))

    assert [line["log_level"] for line in logged if line["event"].startswith("slack")] == [
        "warning"
    ]
    await person.press("back")
    await stage.slack.until(lambda: question_of(person) == "danger")


async def test_a_drawing_that_breaks_is_logged_and_harms_nobody() -> None:
    drawing = Drawing(SlackApi(OneToken("xoxb-made-up"), "http://127.0.0.1:1/api/"))

    async def broken() -> None:
        raise RuntimeError

    with capture_logs() as logged:
        await drawing.soon(broken())
        await drawing.close()

    assert [line["event"] for line in logged] == ["slack.drawing_failed"]


async def test_a_slow_drawing_does_not_keep_slack_waiting(stage: Stage) -> None:
    person = stage.person()
    await person.command(COMMAND)
    await answer(person, "no")
    stage.slack.fail("views.update", Fault.DELAY, seconds=1.0)

    async with asyncio.timeout(0.9):
        await person.press("back")

    await stage.slack.until(lambda: question_of(person) == "danger")


async def test_an_open_check_is_offered_and_gone_on_with(stage: Stage) -> None:
    person = stage.person()
    await person.command(COMMAND)
    await answer(person, "no")
    check = check_of(person)
    await person.close()

    await person.command(COMMAND)
    await person.press("resume", f"open:{check}")

    assert (check_of(person), question_of(person)) == (check, "risk")


async def test_resume_opens_the_only_open_check(stage: Stage) -> None:
    person = stage.person()
    await person.command(COMMAND)
    await answer(person, "no")
    check = check_of(person)
    await person.close()

    await person.command(COMMAND, "resume")

    assert (check_of(person), question_of(person)) == (check, "risk")


async def test_an_open_check_is_deleted_when_asked(stage: Stage) -> None:
    person = stage.person()
    await person.command(COMMAND)
    await answer(person, "no")
    check = check_of(person)
    await person.close()

    await person.command(COMMAND)
    await person.press("delete", f"open:{check}")
    assert "deleted" in shown(person).words
    await person.press("restart")

    assert "Checks that you left open" not in shown(person).words


async def test_the_direct_message_leads_to_the_form(stage: Stage) -> None:
    person = stage.person()
    await reach_advice(person)
    check = check_of(person)
    await person.close()
    await stage.parts.outbox.drain()

    [message] = person.messages
    assert "Whom to call" in message.words
    await person.message_press(message, "decide")

    assert (shown(person).callback_id, check_of(person)) == ("decision", check)


async def test_a_message_button_that_opens_nothing_says_so(stage: Stage) -> None:
    person = stage.person()
    await reach_advice(person)
    await person.close()
    await stage.parts.outbox.drain()
    stage.slack.fail("views.open", Fault.SERVER_ERROR)

    await person.message_press(person.messages[0], "decide")

    assert "999" in person.ephemeral[-1].words


@pytest.mark.parametrize(
    "action", [{"action_id": "made_up", "value": "x"}, {"action_id": "decide"}]
)
async def test_an_unknown_button_of_a_message_opens_nothing(
    stage: Stage, action: dict[str, str]
) -> None:
    person = stage.person()
    await reach_advice(person)
    await person.close()
    await stage.parts.outbox.drain()
    await person.message_press(person.messages[0], "decide")
    await person.close()
    assert person.last_delivery
    _, payload = person.last_delivery.read()
    pressing = {name: held for name, held in payload.items() if name != "view"}
    pressing |= {"type": "block_actions", "actions": [action]}
    opened = len([call for call in stage.slack.calls if call.method == "views.open"])

    reply = await stage.slack.courier.send(stage.slack.courier.interaction(pressing))

    assert (reply.status, reply.body) == (200, b"")
    assert len([call for call in stage.slack.calls if call.method == "views.open"]) == opened


async def test_why_of_what_is_no_question_shows_where_the_check_stands(stage: Stage) -> None:
    person = stage.person()
    await person.command(COMMAND)
    await answer_all(person)

    await press_anyway(stage, person, "why")

    assert len(person.views) == 1
    assert shown(person).callback_id == "check_answers"
    assert "Something went wrong" not in shown(person).words


async def press_anyway(stage: Stage, person: Person, name: str, view: Any = None) -> None:
    """Press a button that this modal need not have, as an old client or a stranger might."""
    seen = view or shown(person)
    button = {"type": "button", "action_id": name, "block_id": "actions", "action_ts": "1.0"}
    payload = {
        "type": "block_actions",
        "user": {"id": person.id},
        "team": {"id": stage.slack.workspace.identity.team_id},
        "trigger_id": stage.slack.workspace.permits.issue_trigger(person.id, seen.id),
        "view": {**seen.shape, "id": seen.id, "hash": seen.hash, "state": seen.state()},
        "actions": [button],
    }
    assert read(payload) is not None
    reply = await stage.slack.courier.send(stage.slack.courier.interaction(payload))
    assert (reply.status, reply.body) == (200, b"")
