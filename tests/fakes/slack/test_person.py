"""What a person does in Slack, as the app at the other end is told of it."""

import pytest

from tests.fakes.slack import FakeSlack, FieldRefused, NotOnScreen, Person
from tests.fakes.slack.checking import Json
from tests.fakes.slack.samples import (
    actions,
    button,
    confirmation,
    input_block,
    modal,
    radio_buttons,
    section,
    text_input,
)
from tests.fakes.slack.scripted import ScriptedApp

pytestmark = pytest.mark.usefixtures("app")


def show(slack: FakeSlack, person: Person, view: Json) -> None:
    slack.workspace.screens.open(person.id, view)


async def test_a_command_is_sent_as_a_form(app: ScriptedApp, person: Person) -> None:
    await person.command("/share-check", "help")

    sent = app.form
    assert (sent["command"], sent["text"], sent["user_id"]) == ("/share-check", "help", person.id)
    assert sent["is_enterprise_install"] == "false"
    assert {"team_id", "channel_id", "response_url", "trigger_id", "api_app_id"} <= set(sent)


async def test_a_submission_carries_every_field(
    slack: FakeSlack, app: ScriptedApp, person: Person
) -> None:
    started = {**text_input(), "initial_value": "as before"}
    form = modal(input_block(radio_buttons()), input_block(started, "reasons"))
    show(slack, person, {**form, "private_metadata": "kept"})

    await person.submit({"purpose:1": "no"})

    sent = app.payload
    values = sent["view"]["state"]["values"]
    assert (sent["type"], sent["enterprise"]) == ("view_submission", None)
    assert values["purpose:1"]["answer"]["selected_option"]["value"] == "no"
    assert values["reasons"]["typed"] == {"type": "plain_text_input", "value": "as before"}
    assert sent["view"]["private_metadata"] == "kept"
    assert {"id", "hash", "root_view_id", "previous_view_id", "bot_id"} <= set(sent["view"])


async def test_a_required_field_stops_the_submission(
    slack: FakeSlack, app: ScriptedApp, person: Person
) -> None:
    show(slack, person, modal())

    with pytest.raises(FieldRefused, match=r"purpose:1: Please complete this required field\."):
        await person.submit()

    assert app.bodies == []


async def test_an_optional_field_may_stay_empty(
    slack: FakeSlack, app: ScriptedApp, person: Person
) -> None:
    show(slack, person, modal({**input_block(text_input()), "optional": True}))

    await person.submit()

    values = app.payload["view"]["state"]["values"]
    assert values["purpose:1"]["typed"]["value"] is None


async def test_words_over_their_limit_are_stopped(slack: FakeSlack, person: Person) -> None:
    show(slack, person, modal(input_block({**text_input(), "max_length": 5})))

    with pytest.raises(FieldRefused, match="Use 0 to 5 characters"):
        await person.submit({"purpose:1": "sixsix"})


async def test_an_option_not_offered_cannot_be_chosen(slack: FakeSlack, person: Person) -> None:
    show(slack, person, modal())

    with pytest.raises(NotOnScreen, match="not 'perhaps'"):
        await person.submit({"purpose:1": "perhaps"})


async def test_an_older_version_can_be_submitted(
    slack: FakeSlack, app: ScriptedApp, person: Person
) -> None:
    show(slack, person, modal())
    old = person.view
    app.answer(response_action="update", view=modal(section("Next")))
    await person.submit({"purpose:1": "yes"})

    await person.submit({"purpose:1": "no"}, view=old)

    assert old is not None
    assert app.payload["view"]["hash"] == old.hash


async def test_a_press_reports_the_button(
    slack: FakeSlack, app: ScriptedApp, person: Person
) -> None:
    show(slack, person, modal(input_block(radio_buttons()), actions()))
    person.fill({"purpose:1": "no"})

    await person.press("why")

    sent = app.payload
    [action] = sent["actions"]
    assert person.view is not None
    assert (action["action_id"], action["block_id"], action["value"]) == ("why", "buttons", "1")
    assert sent["container"] == {"type": "view", "view_id": person.view.id}
    chosen = sent["view"]["state"]["values"]["purpose:1"]["answer"]["selected_option"]
    assert chosen["value"] == "no"


async def test_a_choice_that_dispatches_is_reported(
    slack: FakeSlack, app: ScriptedApp, person: Person
) -> None:
    show(slack, person, modal({**input_block(radio_buttons()), "dispatch_action": True}))

    await person.press("answer", option="yes")

    assert app.payload["actions"][0]["selected_option"]["value"] == "yes"


async def test_a_choice_that_waits_cannot_be_pressed(slack: FakeSlack, person: Person) -> None:
    show(slack, person, modal())

    with pytest.raises(NotOnScreen, match="only sent with the whole view"):
        await person.press("answer", option="yes")


async def test_declining_a_confirmation_sends_nothing(
    slack: FakeSlack, app: ScriptedApp, person: Person
) -> None:
    show(slack, person, modal(actions({**button(), "confirm": confirmation()})))

    await person.press("why", agree=False)

    assert app.bodies == []


async def test_closing_is_told_only_where_asked(
    slack: FakeSlack, app: ScriptedApp, person: Person
) -> None:
    show(slack, person, modal())
    await person.close()
    show(slack, person, modal(notify_on_close=True))
    await person.close(everything=True)

    assert len(app.bodies) == 1
    assert (app.payload["type"], app.payload["is_cleared"]) == ("view_closed", True)
    assert person.view is None


async def test_a_button_under_a_message_reports_it(
    slack: FakeSlack, app: ScriptedApp, person: Person
) -> None:
    channel = slack.channel("C0SUMMARY")
    slack.workspace.post(channel, "Words", [actions(button("reply", "Reply"))])

    await person.message_press(channel.messages[0], "reply")

    sent = app.payload
    assert sent["container"]["message_ts"] == sent["message"]["ts"] == channel.messages[0].ts
    assert (sent["channel"]["id"], sent["actions"][0]["action_id"]) == ("C0SUMMARY", "reply")


async def test_a_shortcut_names_itself_and_a_trigger(app: ScriptedApp, person: Person) -> None:
    await person.shortcut("start_check")

    assert (app.payload["type"], app.payload["callback_id"]) == ("shortcut", "start_check")
    assert app.payload["trigger_id"]


async def test_opening_home_is_told_as_an_event(app: ScriptedApp, person: Person) -> None:
    await person.open_home()

    assert b'"app_home_opened"' in app.bodies[-1]
    assert app.headers[-1]["Content-Type"] == "application/json"
