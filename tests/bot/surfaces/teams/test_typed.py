"""The way without cards: numbers, yes, not sure, back, and a form field by field."""

import pytest

from bot.conversation import Practitioner, Shown
from bot.surfaces.teams.cards import draw
from bot.surfaces.teams.chats import CHAT
from bot.surfaces.teams.offers import is_unremembered, offer_of
from dialogs.events import Deleted
from dialogs.pages import ENQUIRIES, FormView, PageView, Section, Way, way_to
from tests.bot.surfaces.teams.stage import Stage, check_of, reference_of
from tests.bot.world import TODAY
from tests.fakes.teams import Person


def last(person: Person) -> str:
    return person.messages[-1].text


async def typed_to_the_form(stage: Stage) -> Person:
    person = stage.person()
    await person.say("share-check")
    for answer in ("no", "a child", "yes", "1", "no", "1"):
        await person.say(answer)
    while "Check your answers" not in last(person):
        assert "Question" in last(person), last(person)
        await person.say("1")
    await person.say("get the advice")
    assert "What to do now" in last(person)
    await person.say("record a decision")
    return person


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("3", "no"),
        ("No", "no"),
        ("NO.", "no"),
        ("not sure", "not_sure"),
        ("I'm not sure", "not_sure"),
    ],
)
async def test_an_answer_can_be_typed(stage: Stage, said: str, answer: str) -> None:
    person = stage.person()
    await person.say("/share-check")
    first = person.words
    assert "Type the number of your answer.\nType: Continue" in person.card["fallbackText"]

    await person.say(said)

    assert last(person) != first
    assert ("Question 2" in last(person)) is (answer == "no"), last(person)


async def test_back_and_why_can_be_typed(stage: Stage) -> None:
    person = stage.person()
    await person.say("share-check")
    await person.say("no")

    await person.say("why")
    assert "Source:" in last(person)
    await person.say("back")

    assert "Type: Continue" in last(person)
    assert "Back" not in last(person)


async def test_a_decision_can_be_typed_field_by_field(stage: Stage) -> None:
    person = await typed_to_the_form(stage)

    assert "Type the number" not in last(person)
    await person.say("preview")
    assert last(person).startswith("What have you decided?")
    for said in ("share", "1, 4", "Police"):
        await person.say(said)
    while "exactly what your team's channel" not in last(person):
        if "Type keep" in last(person):
            await person.say("keep")
        else:
            await person.say("skip")
    await person.say("record and post")

    assert "Your decision is recorded: Share." in last(person)


async def test_a_wrong_answer_in_a_form_says_what_can_be_typed(stage: Stage) -> None:
    person = await typed_to_the_form(stage)
    await person.say("preview")

    await person.say("perhaps")

    assert last(person).startswith("That is not one of the answers.")
    assert "1. Share" in last(person)


async def test_help_in_the_middle_of_a_form_loses_nothing_of_it(stage: Stage) -> None:
    person = await typed_to_the_form(stage)
    await person.say("preview")
    await person.say("share")

    await person.say("help")
    assert last(person).startswith("You are filling in a form")
    await person.say("back")

    assert "Type keep for: Share" in last(person)
    await person.say("share-check help")
    assert "What you can type" in person.words


async def test_an_answer_typed_to_a_check_that_moved_on_is_not_taken(stage: Stage) -> None:
    person = stage.person()
    await person.say("share-check")
    await person.choose("no")
    await person.choose("child")
    stands = check_of(person)

    await person.say("1")

    assert "had moved on" in last(person)
    assert await stage.entries(stands) == ()


async def test_an_answer_can_be_changed_by_typing_its_number(stage: Stage) -> None:
    person = stage.person()
    await person.say("share-check")
    for answer in ("no", "a child", "not sure"):
        await person.say(answer)
    assert "Type: Change 2" in last(person)

    await person.say("change")
    assert last(person).startswith("That is not one of the answers.")
    await person.say("change 2")

    assert "Is a child or an adult at risk" in last(person)


async def test_yes_to_the_danger_question_deletes_nothing(stage: Stage) -> None:
    person = stage.person()
    await person.say("share-check")
    await person.choose("no")
    left = check_of(person)
    await person.say("share-check")

    await person.say("yes")
    assert last(person).startswith("That is not one of the answers.")
    await person.say(f"delete sc-{left[:4]}-{left[4:8]}")
    assert "Its answers go." in last(person)
    assert f"Type: Yes, delete {reference_of(left)}" in last(person)
    await person.say(f"yes, delete {reference_of(left)}")

    assert "This check is deleted." in last(person)


async def test_what_lasts_is_asked_about_before_it_is_done(stage: Stage) -> None:
    person = stage.person()
    for _ in range(2):
        await person.say("share-check")
        await person.choose("no")
    await person.say("desk")
    assert "Type: Continue 2, Delete … 2" in person.card["fallbackText"]

    for said in ("delete", "continue", "yes"):
        await person.say(said)
        assert last(person).startswith("That is not one of the answers."), said
    await person.say("delete 2")

    assert "Type: Yes, delete 2" in last(person)


async def test_what_was_taken_is_not_said_to_have_moved_on(stage: Stage) -> None:
    person = stage.person()
    await person.say("share-check")

    await person.say("no")

    assert last(person).startswith("Question 2")


async def test_the_words_of_a_card_whose_check_is_gone_are_not_said_again(stage: Stage) -> None:
    person = stage.person()
    await person.say("share-check")
    await person.say("no")
    [action] = [each for each in person.card["actions"] if each.get("verb") == "answer"]
    check = action["data"]["_at"]["check"]
    who = Practitioner("teams", stage.teams.tenant, person.id, address=person.id)
    await stage.parts.conversation.take(who, check, Deleted(1))

    await person.say("text")

    assert "1. " not in last(person)
    assert "start" in last(person).lower()


async def test_an_offer_of_another_release_is_none(stage: Stage) -> None:
    person = stage.person()
    owner = stage.parts.conversation.keyring.owners("teams", stage.teams.tenant, person.id)
    kept = b'{"buttons": "of another shape"}'
    await stage.parts.sessions.save(owner, CHAT, expected=None, turn=1, value=kept)

    await person.say("1")
    assert "What you can type" in person.words
    await person.say("share-check")
    await person.say("no")

    assert last(person).startswith("Question 2")


async def test_a_check_is_taken_up_again_by_typing(stage: Stage) -> None:
    person = stage.person()
    await person.say("share-check")
    await person.choose("no")
    await person.choose("child")
    await person.say("share-check")

    await person.say("continue sc")

    assert last(person).startswith("Question 3")


async def test_all_the_words_of_a_card_can_be_asked_for(stage: Stage) -> None:
    person = stage.person()
    await person.say("share-check")
    await person.say("text")
    first = last(person)
    await person.choose("no")
    await person.say("text")

    assert "1. " in first
    assert "Question 2" in last(person)
    await person.say("a child")
    assert "Question 3" in last(person)


async def test_with_no_card_before_it_text_is_a_word_like_any_other(stage: Stage) -> None:
    person = stage.person()

    await person.say("text")

    assert "What you can type" in person.words


async def test_what_is_not_understood_gets_help_and_is_not_repeated(stage: Stage) -> None:
    person = stage.person()

    await person.say("Kai Example lives at 1 Made-up Road")
    assert "What you can type" in person.words
    await person.say("share-check")
    await person.say("Kai Example lives at 1 Made-up Road")

    assert last(person).startswith("That is not one of the answers.")
    assert "1. " in last(person)
    assert "Kai" not in str(person.messages)


async def test_a_sub_command_works_with_and_without_its_name(stage: Stage) -> None:
    for said in ("help", "share-check help", "/share-check help", "/share-check HELP me"):
        person = stage.person()
        await person.say(said)
        assert "What you can type" in person.words, said


def test_of_a_question_to_advisers_nothing_is_kept() -> None:
    token = "a" * 26
    read = Way("Look again", ENQUIRIES, "read", token)
    end = Way("Close it", ENQUIRIES, "end", token, confirm="It is destroyed.")
    page = PageView(
        "Your question", (Section(lines=("zebra",)),), (read, end, way_to("ask", "Ask"))
    )
    form = FormView("Ask", ENQUIRIES, "preview", (), "Preview", value=token)

    for view in (page, form):
        card = draw(Shown(None, 0, view), TODAY)
        kept = offer_of(card).model_dump_json()

        assert is_unremembered(card)
        assert token not in kept
        assert "zebra" not in kept
    assert [each.title for each in offer_of(draw(Shown(None, 0, page), TODAY)).buttons] == ["Ask"]
