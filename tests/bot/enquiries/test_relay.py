"""Questions go to advisers and answers come back; who asked shows nowhere on the way."""

from dialogs.enquiry import codes
from dialogs.enquiry.words import read_words
from dialogs.pages import FormView, PageView
from tests.bot.enquiries.stage import (
    ADVISER,
    ASKER,
    OTHER,
    QUESTION,
    SECOND,
    SLOT,
    Stage,
    person,
    text_of,
    ways_of,
)

WORDS = read_words()


async def test_a_question_goes_to_the_advisers_and_the_answer_comes_back(stage: Stage) -> None:
    code = await stage.ask()
    assert stage.channels.cards == []

    await stage.pass_slot()
    [card] = stage.channels.cards
    assert QUESTION in text_of(card)

    await stage.press(ADVISER, card, "claim")
    looking = await stage.go(ASKER, "read", code)
    assert WORDS.status["looking"] in text_of(looking)
    await stage.answer(ADVISER, stage.newest)
    await stage.settle()

    answered = await stage.go(ASKER, "collect", code=codes.spoken(code))
    assert "Yes, tell them." in text_of(answered)
    assert "Answer: safeguarding lead" in text_of(answered)
    assert WORDS.adviser["answered"] in text_of(stage.channels.edits[-1])
    assert stage.channels.notices == []


async def test_a_delivered_answer_is_a_message_without_content(stage: Stage) -> None:
    code = await stage.ask(back="delivered")
    await stage.pass_slot()
    await stage.answer(ADVISER, stage.newest)
    await stage.settle()

    [(address, notice)] = stage.channels.notices
    assert address == "U0ASKER"
    assert text_of(notice).strip() == WORDS.notice["line"]
    read = await stage.press(ASKER, notice, "read")
    assert "Yes, tell them." in text_of(read)
    assert ways_of(notice)["read"].value == code


async def test_a_question_is_asked_further_answered_and_closed(stage: Stage) -> None:
    code = await stage.ask()
    await stage.pass_slot()
    await stage.answer(ADVISER, stage.newest)

    form = await stage.go(ASKER, "more", code)
    assert isinstance(form, FormView)
    preview = await stage.go(ASKER, "preview_more", code, words="And the GP?")
    shown = await stage.press(ASKER, preview, "send")
    assert WORDS.status["reopened"] in text_of(shown)
    opened = await stage.go(ADVISER, "open", stage.newest)
    assert "And the GP?" not in text_of(opened), "not before the next release"
    await stage.pass_slot()

    assert len(stage.channels.cards) == 2
    assert "And the GP?" in text_of(stage.channels.cards[-1])
    opened = await stage.go(ADVISER, "open", stage.newest)
    assert "And the GP?" in text_of(opened)
    assert WORDS.adviser["reopened"] in text_of(stage.channels.edits[-1])
    closed = await stage.go(ADVISER, "close", stage.newest)
    assert WORDS.adviser["closed"] in text_of(closed)
    assert WORDS.status["closed"] in text_of(await stage.go(ASKER, "read", code))


async def test_a_closed_question_opens_again_when_its_asker_asks_further(stage: Stage) -> None:
    code = await stage.ask(back="delivered")
    await stage.pass_slot()
    await stage.go(ADVISER, "close", stage.newest)
    await stage.settle()
    assert len(stage.channels.notices) == 1

    preview = await stage.go(ASKER, "preview_more", code, words="One more thing?")
    await stage.press(ASKER, preview, "send")
    await stage.pass_slot()
    await stage.answer(ADVISER, stage.newest)
    await stage.settle()

    assert len(stage.channels.notices) == 2


async def test_several_advisers_may_answer_and_only_the_claimant_puts_it_back(
    stage: Stage,
) -> None:
    await stage.ask()
    await stage.pass_slot()
    enquiry = stage.newest

    await stage.go(ADVISER, "claim", enquiry)
    others = await stage.go(SECOND, "open", enquiry)
    assert "Another adviser is looking at it." in text_of(others)
    assert "could not be done" in text_of(await stage.go(SECOND, "put_back", enquiry))
    assert "could not be done" in text_of(await stage.go(SECOND, "claim", enquiry))
    await stage.answer(SECOND, enquiry)
    opened = await stage.go(ADVISER, "open", enquiry)
    assert "Sent to the asker" in text_of(opened)
    await stage.go(ADVISER, "close", enquiry)
    refused = await stage.go(ADVISER, "answer", enquiry)
    assert "could not be done" in text_of(refused)


async def test_a_claim_that_is_put_back_waits_again(stage: Stage) -> None:
    await stage.ask()
    await stage.pass_slot()

    await stage.go(ADVISER, "claim", stage.newest)
    back = await stage.go(ADVISER, "put_back", stage.newest)

    assert WORDS.adviser["received"] in text_of(back)


async def test_sending_twice_is_asking_once(stage: Stage) -> None:
    preview = await stage.preview()
    first = await stage.press(ASKER, preview, "send")
    second = await stage.press(ASKER, preview, "send")
    await stage.pass_slot()
    await stage.relay.releases.tick()

    assert ways_of(first)["read"].value == ways_of(second)["read"].value
    assert len(stage.channels.cards) == 1


async def test_answering_twice_is_once(stage: Stage) -> None:
    await stage.ask()
    await stage.pass_slot()
    preview = await stage.go(ADVISER, "preview_answer", stage.newest, words="Yes.", role="adviser")
    await stage.press(ADVISER, preview, "send")
    await stage.press(ADVISER, preview, "send")

    opened = await stage.go(ADVISER, "open", stage.newest)
    assert text_of(opened).count("Yes.") == 1


async def test_what_was_typed_can_be_changed_before_it_goes(stage: Stage) -> None:
    preview = await stage.preview(when="now")
    form = await stage.press(ASKER, preview, "change")

    assert isinstance(form, FormView)
    assert form.form["words"] == (QUESTION,)
    assert form.form["when"] == ("now",)
    further = await stage.go(ASKER, "preview_more", await stage.ask(), words="More?")
    again = await stage.press(ASKER, further, "change")
    assert isinstance(again, FormView)
    assert again.form["words"] == ("More?",)


async def test_an_answer_can_be_changed_before_it_goes(stage: Stage) -> None:
    await stage.ask()
    await stage.pass_slot()
    held = await stage.go(
        ADVISER, "preview_answer", stage.newest, words="Ring 07700 900123.", role="adviser"
    )
    assert isinstance(held, FormView)
    assert "07700 900123" in held.errors["words"]
    preview = await stage.go(
        ADVISER,
        "preview_answer",
        stage.newest,
        words="Ring 07700 900123.",
        role="adviser",
        seen="remove",
    )
    assert "Ring [phone number removed]." in text_of(preview)
    form = await stage.press(ADVISER, preview, "change")
    assert isinstance(form, FormView)
    assert form.form["role"] == ("adviser",)


async def test_what_cannot_wait_goes_at_once(stage: Stage) -> None:
    await stage.ask(when="now")
    await stage.settle()

    assert len(stage.channels.cards) == 1


async def test_without_slots_everything_goes_at_once(hasty: Stage) -> None:
    code = await hasty.ask()
    await hasty.outbox.drain()

    assert len(hasty.channels.cards) == 1
    preview = await hasty.go(ASKER, "preview_more", code, words="And the GP?")
    await hasty.press(ASKER, preview, "send")
    await hasty.outbox.drain()
    assert len(hasty.channels.cards) == 2


async def test_nobody_takes_it_up_so_the_advisers_are_reminded(stage: Stage) -> None:
    await stage.ask()
    await stage.pass_slot()

    stage.clock.forward(minutes=31)
    await stage.settle()
    stage.clock.forward(minutes=31)
    await stage.settle()
    assert len(stage.channels.reminders) == 1
    assert QUESTION not in text_of(stage.channels.reminders[0])
    stage.clock.forward(minutes=90)
    await stage.settle()
    assert len(stage.channels.reminders) == 2


async def test_nobody_is_reminded_at_night_or_soon_after_it_is_taken_up(stage: Stage) -> None:
    await stage.ask()
    await stage.pass_slot()
    stage.clock.forward(hours=10)
    await stage.settle()
    assert stage.channels.reminders == []
    stage.clock.forward(hours=13)
    await stage.settle()
    assert len(stage.channels.reminders) == 1
    await stage.go(ADVISER, "claim", stage.newest)
    stage.clock.forward(hours=1)
    await stage.settle()
    assert len(stage.channels.reminders) == 1


async def test_a_question_that_was_taken_up_and_left_is_brought_up_again(stage: Stage) -> None:
    await stage.ask()
    await stage.pass_slot()
    await stage.go(ADVISER, "claim", stage.newest)
    stage.clock.forward(hours=2, minutes=1)
    await stage.settle()

    [reminder] = stage.channels.reminders
    assert WORDS.adviser["unanswered"] in text_of(reminder)
    assert QUESTION not in text_of(reminder)
    await stage.answer(SECOND, ways_of(reminder)["answer"].value)
    stage.clock.forward(days=1)
    await stage.settle()
    assert len(stage.channels.reminders) == 1


async def test_reminders_end(stage: Stage) -> None:
    await stage.ask()
    await stage.pass_slot()
    for _ in range(30):
        stage.clock.forward(hours=8)
        await stage.settle()

    assert 2 <= len(stage.channels.reminders) <= 4


async def test_the_answers_of_a_check_go_along_if_the_asker_wishes(stage: Stage) -> None:
    shown = await stage.world.advised(ASKER, "not_sure")
    assert shown.check is not None
    form = await stage.go(ASKER, "about", shown.check)
    assert isinstance(form, FormView)
    assert form.value == shown.check

    preview = await stage.go(
        ASKER, "preview", shown.check, words=QUESTION, back="code", when="now", attach="yes"
    )
    assert "Policy: " in text_of(preview)
    await stage.press(ASKER, preview, "send")
    await stage.settle()

    [card] = stage.channels.cards
    assert "Answers of the check" in text_of(card)
    assert shown.check not in repr(card)


async def test_somebody_elses_check_goes_nowhere(stage: Stage) -> None:
    shown = await stage.world.advised(ASKER, "not_sure")
    assert shown.check is not None

    form = await stage.go(OTHER, "about", shown.check)

    assert isinstance(form, FormView)
    assert form.value == ""
    assert "attach" not in {field.id for field in form.fields}


async def test_where_no_advisers_are_set_up_it_says_whom_to_call(stage: Stage) -> None:
    page = await stage.open(person("asker", "teams", "elsewhere"))

    assert isinstance(page, PageView)
    assert WORDS.gone["no_advisers"] in text_of(page)


async def test_the_crowd_and_the_hour_are_said(stage: Stage) -> None:
    assert "At least 240 people" in text_of(await stage.open(ASKER))
    stage.people.count = 3
    stage.clock.forward(hours=12)
    said = text_of(await stage.open(ASKER))
    assert "Only 3 people could have sent" in said
    assert "01632 960001" in said


async def test_an_adviser_finds_the_open_questions(stage: Stage) -> None:
    await stage.ask()
    await stage.pass_slot()
    await stage.ask(OTHER, "Another question?")

    form = await stage.open(ADVISER)
    waiting = await stage.press(ADVISER, form, "list")

    assert len(waiting.sections) == 1
    assert "list" not in ways_of(await stage.open(ASKER))


async def test_an_end_destroys_the_words_and_the_card_loses_them(stage: Stage) -> None:
    code = await stage.ask()
    await stage.pass_slot()

    ended = await stage.go(ASKER, "end", code)
    await stage.pass_slot()

    assert WORDS.gone["words"] in text_of(ended)
    assert WORDS.gone["words"] in text_of(stage.channels.edits[-1])
    assert QUESTION not in text_of(stage.channels.edits[-1])
    assert WORDS.gone["words"] in text_of(await stage.go(ASKER, "read", code))
    opened = await stage.go(ADVISER, "open", stage.newest)
    assert WORDS.gone["words"] in text_of(opened)


async def test_what_is_ended_before_its_release_never_shows(stage: Stage) -> None:
    code = await stage.ask()
    await stage.go(ASKER, "end", code)
    await stage.pass_slot()

    assert stage.channels.posted == []


async def test_a_question_runs_out_after_its_days(stage: Stage) -> None:
    code = await stage.ask(back="delivered")
    await stage.pass_slot()
    stage.clock.forward(days=28)
    await stage.settle()

    assert WORDS.gone["words"] in text_of(await stage.go(ASKER, "read", code))
    assert QUESTION not in text_of(stage.channels.edits[-1])
    stage.clock.forward(days=28)
    await stage.settle()
    gone = await stage.go(ASKER, "read", code)
    assert "No open question has this code." in text_of(gone)


async def test_a_closed_question_may_be_read_for_a_week(stage: Stage) -> None:
    code = await stage.ask()
    await stage.pass_slot()
    await stage.answer(ADVISER, stage.newest)
    await stage.go(ADVISER, "close", stage.newest)
    stage.clock.forward(days=6)
    await stage.settle()
    assert "Yes, tell them." in text_of(await stage.go(ASKER, "read", code))
    stage.clock.forward(days=1)
    await stage.settle()
    assert WORDS.gone["words"] in text_of(await stage.go(ASKER, "read", code))


async def test_after_six_questions_it_is_time_to_call(stage: Stage) -> None:
    code = await stage.ask()
    for number in range(6):
        preview = await stage.go(ASKER, "preview_more", code, words=f"Question {number}?")
        await stage.press(ASKER, preview, "send")

    stands = await stage.go(ASKER, "read", code)
    assert "more" not in ways_of(stands)
    assert "Question 4?" in text_of(stands)
    assert "Question 5?" not in text_of(stands)


async def test_questions_of_the_terminal_go_to_the_room_of_the_web(stage: Stage) -> None:
    code = await stage.ask(person("asker", "terminal", "local"))
    await stage.pass_slot()

    assert [row.surface for row, _ in stage.channels.posted] == ["web"]
    form = await stage.open(person("asker", "terminal", "local"))
    assert isinstance(form, FormView)
    back = next(field for field in form.fields if field.id == "back")
    assert [value for value, _ in back.options] == ["code"]
    assert code


async def test_a_slot_ends_for_all_that_came_in_it(stage: Stage) -> None:
    for name in ("asker", "other", "third"):
        await stage.ask(person(name))
    stage.clock.forward(seconds=SLOT)
    assert await stage.relay.releases.release() == 3
    assert await stage.relay.releases.release() == 0
