"""Opening, pushing, updating and publishing views through the Web API."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack import FakeSlack, MovableClock, Person
from tests.fakes.slack.samples import home, input_block, modal, section, text_input


def code(caught: pytest.ExceptionInfo[SlackApiError]) -> str:
    return str(caught.value.response["error"])


def trigger(slack: FakeSlack, person: Person) -> str:
    """A trigger id as it comes with an interaction in the view on top."""
    view_id = person.view.id if person.view else None
    return slack.workspace.permits.issue_trigger(person.id, view_id)


async def test_a_trigger_opens_a_view(
    slack: FakeSlack, client: AsyncWebClient, person: Person
) -> None:
    opened = await client.views_open(trigger_id=trigger(slack, person), view=modal())

    assert person.view is not None
    assert person.view.id == opened["view"]["id"] == opened["view"]["root_view_id"]
    assert person.view.hash == opened["view"]["hash"]
    assert opened["view"]["state"]["values"]["purpose:1"]["answer"]["selected_option"] is None


async def test_a_trigger_works_once(
    slack: FakeSlack, client: AsyncWebClient, person: Person
) -> None:
    used = trigger(slack, person)
    await client.views_open(trigger_id=used, view=modal())

    with pytest.raises(SlackApiError) as caught:
        await client.views_open(trigger_id=used, view=modal())

    assert code(caught) == "exchanged_trigger_id"


async def test_a_trigger_expires_after_three_seconds(
    slack: FakeSlack, client: AsyncWebClient, person: Person, clock: MovableClock
) -> None:
    late = trigger(slack, person)
    clock.advance(3.1)

    with pytest.raises(SlackApiError) as caught:
        await client.views_open(trigger_id=late, view=modal())

    assert code(caught) == "expired_trigger_id"
    assert person.view is None


async def test_a_made_up_trigger_is_refused(client: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError) as caught:
        await client.views_open(trigger_id="1.2.abc", view=modal())

    assert code(caught) == "invalid_trigger_id"


async def test_a_bad_view_says_where(
    slack: FakeSlack, client: AsyncWebClient, person: Person
) -> None:
    with pytest.raises(SlackApiError) as caught:
        await client.views_open(trigger_id=trigger(slack, person), view=modal(section("")))

    assert code(caught) == "invalid_arguments"
    assert caught.value.response["response_metadata"]["messages"][-1] == (
        "[ERROR] must be more than 0 characters [json-pointer:/view/blocks/0/text/text]"
    )


async def test_a_fourth_view_on_the_stack_is_refused(
    slack: FakeSlack, client: AsyncWebClient, person: Person
) -> None:
    await client.views_open(trigger_id=trigger(slack, person), view=modal())
    for _ in range(2):
        await client.views_push(trigger_id=trigger(slack, person), view=modal())

    with pytest.raises(SlackApiError) as caught:
        await client.views_push(trigger_id=trigger(slack, person), view=modal())

    assert code(caught) == "push_limit_reached"
    assert [view.previous_id for view in person.views[1:]] == [v.id for v in person.views[:2]]


async def test_a_push_needs_an_open_view(
    slack: FakeSlack, client: AsyncWebClient, person: Person
) -> None:
    with pytest.raises(SlackApiError) as caught:
        await client.views_push(trigger_id=trigger(slack, person), view=modal())

    assert code(caught) == "not_found"


async def test_an_old_hash_is_a_conflict(
    slack: FakeSlack, client: AsyncWebClient, person: Person
) -> None:
    opened = (await client.views_open(trigger_id=trigger(slack, person), view=modal()))["view"]
    await client.views_update(view_id=opened["id"], hash=opened["hash"], view=modal(section()))

    with pytest.raises(SlackApiError) as caught:
        await client.views_update(view_id=opened["id"], hash=opened["hash"], view=modal())

    assert code(caught) == "hash_conflict"
    assert person.view is not None
    assert person.view.blocks[0]["type"] == "section"


async def test_a_closed_view_cannot_be_updated(
    slack: FakeSlack, client: AsyncWebClient, person: Person
) -> None:
    opened = (await client.views_open(trigger_id=trigger(slack, person), view=modal()))["view"]
    await person.close()

    with pytest.raises(SlackApiError) as caught:
        await client.views_update(view_id=opened["id"], view=modal())

    assert code(caught) == "not_found"


async def test_a_view_is_named_one_way_only(client: AsyncWebClient) -> None:
    named_twice = {"view_id": "V1", "external_id": "mine", "view": modal()}

    with pytest.raises(SlackApiError) as caught:
        await client.api_call("views.update", json=named_twice)

    assert code(caught) == "invalid_arguments"


async def test_an_external_id_belongs_to_one_view(
    slack: FakeSlack, client: AsyncWebClient, person: Person
) -> None:
    other = Person(slack, "U0OTHER")
    named = modal(external_id="mine")
    await client.views_open(trigger_id=trigger(slack, person), view=named)

    with pytest.raises(SlackApiError) as caught:
        await client.views_open(trigger_id=trigger(slack, other), view=named)
    await client.views_update(external_id="mine", view=modal(section("Found")))

    assert code(caught) == "duplicate_external_id"
    assert person.view is not None
    assert "Found" in person.view.words


async def test_the_home_tab_is_published_per_person(
    client: AsyncWebClient, person: Person
) -> None:
    await client.views_publish(user_id=person.id, view=home(section("Your desk")))

    assert person.home is not None
    assert "Your desk" in person.home.words
    assert person.view is None


async def test_typed_words_survive_where_ids_do(
    slack: FakeSlack, client: AsyncWebClient, person: Person
) -> None:
    form = modal(input_block(text_input(), "same"), input_block(text_input(), "old"))
    opened = (await client.views_open(trigger_id=trigger(slack, person), view=form))["view"]
    person.fill({"same": "typed here", "old": "typed there"})
    started = {**text_input(), "initial_value": "a start"}

    await client.views_update(
        view_id=opened["id"],
        view=modal(input_block(started, "same"), input_block(started, "new")),
    )

    assert person.view is not None
    values = person.view.state()["values"]
    assert values["same"]["typed"]["value"] == "typed here"
    assert values["new"]["typed"]["value"] == "a start"
