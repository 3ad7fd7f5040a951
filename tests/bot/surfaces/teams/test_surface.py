"""The wizard in the chat with the bot: one card, replaced in place."""

import asyncio

import pytest

from tests.bot.surfaces.teams.stage import (
    DECISION,
    Stage,
    answer_all,
    check_of,
    reach_advice,
    reach_form,
)
from tests.fakes.teams import Fault, NotOnCard
from tests.fakes.teams.conversations import Json


async def test_a_check_goes_from_the_danger_question_to_a_recorded_decision(stage: Stage) -> None:
    person = stage.person()
    await reach_form(person)
    check = check_of(person)

    await person.press("Preview", DECISION)
    assert "This is exactly what your team's channel will show." in person.words
    await person.press("Record and post")

    assert "Your decision is recorded: Share." in person.words
    assert [entry.kind for entry in await stage.entries(check)] == ["advice", "decision"]
    assert len(person.messages) == 1


async def test_older_clients_send_their_buttons_as_messages(stage: Stage) -> None:
    person = stage.person(older_client=True)
    await reach_form(person)
    check = check_of(person)

    await person.press("Preview", DECISION)
    await person.press("Record without posting")

    assert "Nothing was posted" in person.words
    assert [entry.kind for entry in await stage.entries(check)] == ["advice", "decision"]
    assert len(person.messages) == 1


async def test_an_older_client_gets_a_new_card_where_the_old_one_cannot_be_replaced(
    stage: Stage,
) -> None:
    person = stage.person(older_client=True)
    await person.say("share-check")
    stage.teams.fail("put", Fault.STATUS, status=404)

    await person.choose("no")

    assert len(person.messages) == 2
    assert person.view == "question"


async def test_a_press_that_names_no_card_is_answered_with_one(stage: Stage) -> None:
    person = stage.person()
    await person.say("share-check")
    value = {**button_of(person.card)["fallback"]["data"], "danger": "no"}

    body = {"type": "message", "value": value}
    await stage.teams.courier.acknowledged(person.activity(body, person.chat))

    assert len(person.messages) == 2
    assert person.view == "question"


async def test_the_client_checks_required_answers_and_so_do_we(stage: Stage) -> None:
    person = stage.person()
    await person.say("share-check")

    with pytest.raises(NotOnCard, match="Choose an answer"):
        await person.press("Continue")
    await person.press("Continue", checked=False)

    assert person.view == "danger"
    assert "There is a problem." in person.words


async def test_an_input_that_is_not_sent_at_all_is_an_answer_that_is_missing(
    stage: Stage,
) -> None:
    person = stage.person()
    await person.say("share-check")
    await person.choose("no")
    first = person.card
    [question] = [each for each in first["body"] if each["type"] == "Input.ChoiceSet"]

    for _ in range(3):
        await person.press("Continue", action={**button_of(first), "associatedInputs": "none"})
    assert "There is a problem. Choose one of the answers." in person.words
    await person.press("Continue", {question["id"]: "child"}, card=first)

    assert "There is a problem." not in person.words
    assert [each["id"] for each in person.card["body"] if "id" in each] == ["purpose"]


def button_of(card: Json) -> Json:
    """Its first button."""
    found: Json = card["actions"][0]
    return found


async def test_back_keeps_the_answer_given_before(stage: Stage) -> None:
    person = stage.person()
    await person.say("share-check")
    await person.choose("no")
    await person.choose("child")

    await person.press("Back")

    [question] = [each for each in person.card["body"] if each["type"] == "Input.ChoiceSet"]
    assert (question["id"], question["value"]) == ("risk", "child")


async def test_why_we_ask_stands_on_the_card(stage: Stage) -> None:
    person = stage.person()
    await person.say("share-check")
    await person.choose("no")

    [why] = [each for each in person.card["actions"] if each["type"] == "Action.ShowCard"]

    assert why["title"] == "Why are we asking?"
    assert "Source:" in why["card"]["body"][1]["inlines"][0]["text"]


async def test_an_answer_can_be_changed_from_the_review(stage: Stage) -> None:
    person = stage.person()
    await person.say("share-check")
    await answer_all(person)
    assert person.view == "check_answers"

    await person.press("Change")

    assert person.view in ("danger", "question")


async def test_an_old_card_shows_where_the_check_stands(stage: Stage) -> None:
    person = stage.person()
    await person.say("share-check")
    old = person.card
    await person.choose("no")
    await person.choose("child")
    stands = person.card

    await person.press("Continue", {"danger": "now"}, card=old)

    assert person.card == stands
    assert await stage.entries(check_of(person)) == ()


async def test_a_button_that_is_not_ours_shows_where_its_check_stands(stage: Stage) -> None:
    person = stage.person()
    await person.say("share-check")
    await person.choose("no")
    stands = person.card

    await person.press(
        "Continue", {}, action={**button_of(stands), "verb": "no-such-verb"}, checked=False
    )

    assert person.card == stands


async def test_somebody_elses_card_gives_nothing_away(stage: Stage) -> None:
    owner, stranger = stage.person(), stage.person()
    await owner.say("share-check")
    await owner.choose("no")
    await stranger.say("share-check")

    await stranger.press("Continue", {"risk": "child"}, card=owner.card)

    assert "somebody else's" in stranger.words


async def test_the_same_invoke_a_hundred_times_and_with_a_new_id_counts_once(
    stage: Stage,
) -> None:
    person = stage.person()
    await reach_form(person)
    await person.press("Preview", DECISION)
    check = check_of(person)
    await person.press("Record and post")

    replies = [await person.again() for _ in range(50)]
    replies += await asyncio.gather(*(person.again(new_id=True) for _ in range(50)))

    assert {reply.status for reply in replies} == {200}
    assert [entry.kind for entry in await stage.entries(check)] == ["advice", "decision"]
    rows = [row for row in await stage.parts.outbox.of(check) if row.purpose == "summary"]
    assert len(rows) == 1


async def test_act_now_comes_at_once(stage: Stage) -> None:
    person = stage.person()
    await person.say("/share-check start")

    await person.choose("now")

    assert "Call 999 now" in person.words
    assert [entry.kind for entry in await stage.entries(check_of(person))] == ["advice"]


async def test_personal_data_is_shown_back_and_kept_when_said_to_be_none(stage: Stage) -> None:
    person = stage.person()
    await reach_form(person)
    typed = {**DECISION, "words": "Ref 999 000 0018 is the form's number."}

    await person.press("Preview", typed)
    assert "This may be personal data" in person.words
    [kept] = [each for each in person.card["body"] if each.get("id") == "kept"]
    await person.press("Preview", {"kept": kept["choices"][0]["value"]})

    assert person.view == "preview"


async def test_two_kinds_are_two_kinds(stage: Stage) -> None:
    person = stage.person()
    await reach_form(person)
    check = check_of(person)

    await person.press("Preview", {**DECISION, "kinds": "concern,health"})
    await person.press("Record without posting")

    _, decision = await stage.entries(check)
    assert decision.body["details"]["kinds"] == ["concern", "health"]  # type: ignore[index,call-overload]


async def test_a_check_left_open_goes_on_where_it_was(stage: Stage) -> None:
    person = stage.person()
    await person.say("share-check")
    await person.choose("no")
    await person.choose("child")
    stands = person.card

    await person.say("share-check")
    [resume] = [each for each in person.words.splitlines() if each.startswith("Continue SC-")]
    await person.press(resume)

    assert person.card == stands


async def test_a_check_left_open_can_be_deleted(stage: Stage) -> None:
    person = stage.person()
    await person.say("share-check")
    await person.choose("no")
    await person.say("share-check")

    [delete] = [each for each in person.words.splitlines() if each.startswith("Yes, delete SC-")]
    await person.press(delete)

    assert "This check is deleted." in person.words


async def test_the_advice_can_be_posted_without_a_decision(stage: Stage) -> None:
    person = stage.person()
    await reach_advice(person)
    await person.press("Record a decision")

    await person.press("Post the advice without a decision")
    await person.press("Post the advice")

    assert "No decision is recorded yet." in person.words
