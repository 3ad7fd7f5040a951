"""What Slack makes of an app's answer, and what the person then sees."""

import pytest

from tests.fakes.slack import FakeSlack, Person, SlackWouldShow
from tests.fakes.slack.checking import Json
from tests.fakes.slack.samples import (
    actions,
    home,
    input_block,
    modal,
    section,
    text_input,
)
from tests.fakes.slack.scripted import ScriptedApp

pytestmark = pytest.mark.usefixtures("app")


def show(slack: FakeSlack, person: Person, view: Json) -> None:
    slack.workspace.screens.open(person.id, view)


async def test_an_answer_to_a_command_is_whispered(app: ScriptedApp, person: Person) -> None:
    app.answer(response_type="ephemeral", text="Here is help")

    await person.command("/share-check", "help")

    assert [held.text for held in person.ephemeral] == ["Here is help"]


async def test_a_bad_answer_to_a_command_shows(app: ScriptedApp, person: Person) -> None:
    app.answer(text="Words", blocks=[section("")])

    with pytest.raises(SlackWouldShow, match="invalid_blocks"):
        await person.command("/share-check")


async def test_a_late_answer_is_a_timeout(app: ScriptedApp) -> None:
    app.delay = 0.5
    async with FakeSlack(acknowledge_seconds=0.1) as hurried:
        person = Person(hurried, "U0ASKER")
        hurried.connect(app.url)

        with pytest.raises(SlackWouldShow, match="operation_timeout"):
            await person.command("/share-check")


async def test_an_answer_that_is_not_200_shows(app: ScriptedApp, person: Person) -> None:
    app.status = 500

    with pytest.raises(SlackWouldShow, match="dispatch_failed: HTTP 500"):
        await person.command("/share-check")


async def test_no_app_at_all_shows(slack: FakeSlack, person: Person) -> None:
    slack.connect("http://127.0.0.1:9/slack/events")

    with pytest.raises(SlackWouldShow, match="http_client_error"):
        await person.command("/share-check")


async def test_an_empty_answer_closes_the_top(slack: FakeSlack, person: Person) -> None:
    show(slack, person, modal())
    slack.workspace.screens.push(person.id, modal(section("On top")))

    await person.submit()

    assert len(person.views) == 1


async def test_update_replaces_the_view_in_place(
    slack: FakeSlack, app: ScriptedApp, person: Person
) -> None:
    show(slack, person, modal())
    before = person.view
    app.answer(response_action="update", view=modal(section("Next")))

    await person.submit({"purpose:1": "yes"})

    assert before is not None
    assert person.view is not None
    assert (person.view.id, "Next" in person.view.words) == (before.id, True)
    assert person.view.hash != before.hash


async def test_push_lays_a_view_on_top(slack: FakeSlack, app: ScriptedApp, person: Person) -> None:
    show(slack, person, modal())
    app.answer(response_action="push", view=modal(section("Why")))

    await person.submit({"purpose:1": "yes"})

    assert [("Why" in view.words) for view in person.views] == [False, True]


async def test_clear_closes_the_whole_stack(
    slack: FakeSlack, app: ScriptedApp, person: Person
) -> None:
    show(slack, person, modal())
    slack.workspace.screens.push(person.id, modal(section()))
    app.answer(response_action="clear")

    await person.submit()

    assert person.view is None


async def test_errors_are_shown_under_their_fields(
    slack: FakeSlack, app: ScriptedApp, person: Person
) -> None:
    show(slack, person, modal(input_block(text_input())))
    app.answer(response_action="errors", errors={"purpose:1": "Please look again."})

    await person.submit({"purpose:1": "some words"})

    assert person.view is not None
    assert person.view.errors == {"purpose:1": "Please look again."}
    assert person.view.state()["values"]["purpose:1"]["typed"]["value"] == "some words"


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ({"response_action": "errors", "errors": {"other": "No."}}, "no input block is called"),
        ({"response_action": "errors", "errors": {"purpose:1": ""}}, "empty or too long"),
        ({"response_action": "errors", "errors": {"purpose:1": "e" * 301}}, "empty or too long"),
        ({"response_action": "errors", "errors": {}}, "errors must be an object"),
        ({"response_action": "replace", "view": modal()}, "not an answer to a submission"),
        ({"response_action": "clear", "view": modal()}, "not an answer to a submission"),
        ({"response_action": "update", "view": modal(section(""))}, "invalid_arguments"),
        ({"response_action": "update", "view": home()}, "unsupported type: home"),
        (["clear"], "not a JSON object"),
    ],
)
async def test_a_malformed_answer_to_a_submission_shows(
    slack: FakeSlack, app: ScriptedApp, person: Person, answer: object, reason: str
) -> None:
    show(slack, person, modal())
    app.body = answer

    with pytest.raises(SlackWouldShow, match=reason):
        await person.submit({"purpose:1": "yes"})


async def test_plain_words_are_no_answer_to_a_submission(
    slack: FakeSlack, app: ScriptedApp, person: Person
) -> None:
    show(slack, person, modal())
    app.text = "ok"

    with pytest.raises(SlackWouldShow, match="a body of type text/plain"):
        await person.submit({"purpose:1": "yes"})


async def test_a_press_must_be_answered_empty(
    slack: FakeSlack, app: ScriptedApp, person: Person
) -> None:
    show(slack, person, modal(actions()))
    app.answer(response_action="update", view=modal())

    with pytest.raises(SlackWouldShow, match="expected an empty answer"):
        await person.press("why")
