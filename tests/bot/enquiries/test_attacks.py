"""Attacks and outages: nothing leaks, nothing is lost, and a way on is always shown."""

import asyncio
from dataclasses import replace

import pytest
from prometheus_client import generate_latest

from bot.enquiries.secrets import new_token
from bot.outbox import Parked, Row, Sent
from bot.rooms import Visit
from bot.sessions import Sessions
from dialogs import screening
from dialogs.enquiry import codes
from dialogs.enquiry.words import read_words
from dialogs.pages import FormView, PageView
from dialogs.views import TryAgainView
from tests.bot.enquiries.stage import (
    ADVISER,
    ASKER,
    OTHER,
    QUESTION,
    Channels,
    Stage,
    person,
    text_of,
    ways_of,
)

WORDS = read_words()
STRANGER = person("lead", tenant="T0ELSEWHERE")
VERBS = ("list", "open", "claim", "put_back", "close", "answer", "preview_answer")


async def dead_redis(stage: Stage) -> Stage:
    """The same stage, with a Redis that nobody answers at."""
    dead = Sessions.open("redis://127.0.0.1:1/0", stage.world.register.keyring)
    drafts = type(stage.relay.drafts)(dead.drafts)
    room = replace(stage.room, relay=replace(stage.relay, drafts=drafts))
    return replace(stage, room=room, reception=replace(stage.reception, rooms=(room,)))


@pytest.mark.parametrize("verb", VERBS)
async def test_nobody_but_an_adviser_of_that_place_gets_in(stage: Stage, verb: str) -> None:
    await stage.ask(words="Is zebra consent needed?")
    await stage.pass_slot()
    enquiry = stage.newest

    for who in (OTHER, ASKER, STRANGER):
        view = await stage.go(who, verb, enquiry, words="x", role="adviser")
        assert "zebra" not in text_of(view)
        assert enquiry not in repr(view)
    opened = await stage.go(ADVISER, "open", enquiry)
    assert WORDS.adviser["received"] in text_of(opened)


async def test_whoever_leaves_the_channel_can_do_nothing_more(stage: Stage) -> None:
    await stage.ask()
    await stage.pass_slot()
    preview = await stage.go(ADVISER, "preview_answer", stage.newest, words="Yes.", role="adviser")
    stage.people.advisers.discard("lead")

    refused = await stage.press(ADVISER, preview, "send")

    assert WORDS.gone["not_an_adviser"] in text_of(refused)
    assert WORDS.gone["not_an_adviser"] in text_of(await stage.go(ADVISER, "list"))


async def test_a_delivered_question_opens_for_its_own_asker_alone(stage: Stage) -> None:
    code = await stage.ask(back="delivered")

    for verb in ("read", "end", "more", "preview_more"):
        view = await stage.go(OTHER, verb, code, words="Mine now?")
        assert QUESTION not in text_of(view)
    collected = await stage.go(OTHER, "collect", code=codes.spoken(code))
    assert QUESTION not in text_of(collected)
    assert QUESTION in text_of(await stage.go(ASKER, "read", code))


async def test_an_id_is_no_code_and_a_code_is_no_id(stage: Stage) -> None:
    code = await stage.ask()
    await stage.pass_slot()
    enquiry = stage.newest

    assert QUESTION not in text_of(await stage.go(OTHER, "read", enquiry))
    assert QUESTION not in text_of(await stage.go(ADVISER, "open", code))


async def test_a_draft_is_for_whoever_typed_it(stage: Stage) -> None:
    preview = await stage.preview()
    token = ways_of(preview)["send"].value

    for verb in ("send", "change"):
        assert QUESTION not in text_of(await stage.go(OTHER, verb, token))
    await stage.pass_slot()
    assert stage.channels.posted == []


async def test_guessed_codes_are_limited_and_counted_without_a_name(stage: Stage) -> None:
    code = await stage.ask()
    for _ in range(10):
        view = await stage.go(OTHER, "read", new_token())
        assert "No open question has this code." in text_of(view)
    limited = await stage.go(OTHER, "read", code)
    typed = await stage.go(OTHER, "collect", code=codes.spoken(code))

    assert WORDS.gone["limited"] in text_of(limited)
    assert isinstance(typed, FormView)
    assert typed.errors == {"code": WORDS.gone["limited"]}
    assert QUESTION in text_of(await stage.go(ASKER, "read", code)), "nobody else is limited"
    assert b"other" not in generate_latest(stage.world.conversation.metrics.registry)
    stage.clock.forward(hours=1)
    assert QUESTION in text_of(await stage.go(OTHER, "read", code))


async def test_a_misspelt_code_is_told_and_is_no_guess(stage: Stage) -> None:
    code = codes.spoken(await stage.ask())
    for typed in (code.replace(code.split()[4], "qwertz"), code.rpartition(" ")[0], "7") * 5:
        view = await stage.go(ASKER, "collect", code=typed)
        assert isinstance(view, FormView)
        assert view.errors == {"code": WORDS.gone["not_a_code"]}

    found = await stage.go(ASKER, "collect", code=f"  {code.upper()} ")

    assert QUESTION in text_of(found)


@pytest.mark.parametrize(
    "value", ["", "x", "a" * 10_000, "'; DROP TABLE enquiries; --", "\x00", "ﷺ", "../../etc"]
)
async def test_strange_values_lead_to_a_page(stage: Stage, value: str) -> None:
    for who in (ASKER, ADVISER):
        for verb in (*VERBS, "about", "send", "change", "read", "more", "end", "collect", "what"):
            view = await stage.go(who, verb, value, code=value, words=value)
            assert view.emergency is not None
            assert ways_of(view) or isinstance(view, FormView)


@pytest.mark.parametrize(
    "words",
    [
        "",
        " \n ",
        "x" * 12_000,
        "\u200b\u2060\ufeff",
        "\u202e\u2067\u00a0",
        "\u3164\u115f\u2800\ufe0f",
    ],
)
async def test_empty_and_endless_questions_are_told_in_the_form(stage: Stage, words: str) -> None:
    view = await stage.preview(words=words)

    assert isinstance(view, FormView)
    assert set(view.errors) == {"words"}
    assert view.form["words"] == (words,)


async def test_nothing_that_stands_after_the_sub_command_is_read(stage: Stage) -> None:
    view = await stage.open(ASKER, "ask about Amy Jones of 12 Acacia Avenue")

    assert isinstance(view, FormView)
    assert "Amy" not in repr(view)


async def test_what_looks_like_personal_data_is_taken_out_or_kept_on_purpose(
    stage: Stage,
) -> None:
    words = "Mrs Okafor rang from 07700 900123."
    held = await stage.preview(words=words)
    assert isinstance(held, FormView)
    own, seen, *_ = held.fields
    assert (own.id, seen.id, seen.required) == ("words", "seen", True)
    keep = seen.options[1][0]

    kept = await stage.preview(words=words, seen=keep)
    taken = await stage.preview(words=words, seen="remove")

    changed = await stage.preview(words=words, seen="changed")

    assert words in text_of(kept)
    assert isinstance(changed, FormView), "it is looked through again"
    assert "[name removed] rang from [phone number removed]." in text_of(taken)
    other = await stage.preview(words="Mr Singh rang.", seen=keep)
    assert isinstance(other, FormView), "an answer holds for the words that it was given for"


async def test_a_screen_that_raises_sends_nothing(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await stage.ask()
    await stage.pass_slot()

    def broken(words: str) -> None:
        raise RuntimeError(words)

    monkeypatch.setattr(screening, "screen", broken)
    for seen in ("remove", "keep:" + screening.fingerprint(QUESTION), ""):
        asked = await stage.preview(seen=seen)
        answered = await stage.go(
            ADVISER, "preview_answer", stage.newest, words=QUESTION, role="adviser", seen=seen
        )
        for view in (asked, answered):
            assert isinstance(view, FormView)
            assert view.errors == {"words": screening.FAILED}
    assert len(stage.channels.cards) == 1


@pytest.mark.parametrize(
    "words",
    [
        "<!channel> <@U0LEAD> <https://example.org|Click>",
        "<at>Everyone</at> *Status: closed*",
        '{"type": "AdaptiveCard"} ```',
        "Answer:\nYes\n\nThe asker wrote\nNo",
        "=1+1 &amp; \u202egnikcab",
        "{{DATE(2026-11-25T09:00:00Z, SHORT)}} ${name} {{#each}}",
        ":rotating_light: @here @channel #general",
        "\u0627\u0644\u0633\u0644\u0627\u0645 \u200b<!here>\u2069",
    ],
)
async def test_nothing_that_is_typed_becomes_more_than_words(stage: Stage, words: str) -> None:
    said = screening.plain(words)
    code = await stage.ask(words=words)
    await stage.pass_slot()
    [card] = stage.channels.cards
    await stage.answer(ADVISER, stage.newest, words)

    for view in (card, await stage.go(ADVISER, "open", stage.newest)):
        assert set(ways_of(view)) <= {"open", "claim", "answer", "close", "list", "put_back"}
        _stands_alone(view, said)
    _stands_alone(await stage.go(ASKER, "read", code), said)


def _stands_alone(view: PageView | FormView, said: str) -> None:
    """Somebody's words are in sections of their own, without heading, buttons or source."""
    lines = tuple(line for line in said.split("\n") if line)
    own = [section for section in view.sections if section.lines == lines]
    assert own
    for section in own:
        assert (section.heading, section.bullets, section.ways, section.source) == ("", (), (), "")


async def test_without_redis_the_form_stands_with_what_was_typed(stage: Stage) -> None:
    gone = await dead_redis(stage)

    view = await gone.preview()
    assert isinstance(view, FormView)
    assert view.errors == {"words": WORDS.gone["not_kept"]}
    assert view.form["words"] == (QUESTION,)


async def test_without_redis_what_is_sent_waits_for_another_try(stage: Stage) -> None:
    preview = await stage.preview()
    token = ways_of(preview)["send"].value
    gone = await dead_redis(stage)

    for verb in ("send",):
        view = await gone.go(ASKER, verb, token)
        assert WORDS.gone["not_sent"] in text_of(view)
        assert ways_of(view)["send"].value == token
    assert isinstance((await gone.reception.open(ASKER, "ask")).view, FormView)
    sent = await stage.go(ASKER, "send", token)
    assert "Your code" in text_of(sent)


async def test_without_the_database_nothing_is_lost(stage: Stage) -> None:
    code = await stage.ask()
    await stage.pass_slot()
    preview = await stage.preview(OTHER, "Another?")
    answer = await stage.go(ADVISER, "preview_answer", stage.newest, words="Yes.", role="adviser")
    await stage.world.register.database.close()
    engine = stage.world.register.database.engine
    register = stage.folder / "register.db"
    aside = register.with_suffix(".aside")
    register.rename(aside)
    register.mkdir()
    try:
        await engine.dispose()
        for who, view in ((OTHER, preview), (ADVISER, answer)):
            waits = await stage.press(who, view, "send")
            assert WORDS.gone["not_sent"] in text_of(waits)
            assert "send" in ways_of(waits)
        shown = await stage.reception.visit(ASKER, "enquiries", Visit("read", code))
        assert isinstance(shown.view, TryAgainView)
    finally:
        register.rmdir()
        aside.rename(register)
    await stage.press(OTHER, preview, "send")
    await stage.press(ADVISER, answer, "send")
    assert "Yes." in text_of(await stage.go(ASKER, "read", code))


async def test_without_the_key_store_nothing_is_sent_and_nothing_is_lost(stage: Stage) -> None:
    code = await stage.ask()
    preview = await stage.preview(OTHER, "Another?")
    key_store = stage.folder / "keys.db"
    aside = key_store.with_suffix(".aside")
    key_store.rename(aside)
    key_store.mkdir()
    try:
        await stage.world.register.keystore.database.engine.dispose()
        waits = await stage.press(OTHER, preview, "send")
        assert WORDS.gone["not_sent"] in text_of(waits)
        shown = await stage.reception.visit(ASKER, "enquiries", Visit("read", code))
        assert isinstance(shown.view, TryAgainView)
    finally:
        key_store.rmdir()
        aside.rename(key_store)
    assert "Your code" in text_of(await stage.press(OTHER, preview, "send"))
    await stage.pass_slot()
    assert len(stage.channels.cards) == 2


async def test_a_tick_with_nothing_to_do_asks_once_and_does_nothing(stage: Stage) -> None:
    await stage.ask()
    schedule = stage.relay.releases.schedule
    day = stage.clock().date()

    assert not await schedule.is_anything_due(stage.relay.releases.slot(at_once=True), day, day)
    assert await schedule.is_anything_due(stage.relay.releases.slot(), day, day)


async def test_an_archived_channel_parks_the_card_and_the_asker_is_told(stage: Stage) -> None:
    code = await stage.ask()
    archived = Archived(stage.relay)
    stage.outbox._deliverer.senders["slack"] = archived  # type: ignore[index]
    await stage.pass_slot()

    told = await stage.go(ASKER, "read", code)

    assert WORDS.gone["stuck"] in text_of(told)
    [row] = await stage.outbox.list("parked")
    assert QUESTION not in repr(row)
    archived.shut = False
    await stage.outbox.resend(row.id)
    await stage.settle()
    assert len(archived.cards) == 1
    assert WORDS.gone["stuck"] not in text_of(await stage.go(ASKER, "read", code))


class Archived(Channels):
    """A channel that takes nothing until it is opened again."""

    shut = True

    async def send(self, row: Row, *, retry: bool) -> Sent | Parked:  # type: ignore[override]
        if self.shut:
            return Parked("Slack refused it: is_archived.", "Unarchive the channel.")
        return await super().send(row, retry=retry)


async def test_two_advisers_at_once_and_one_claim(stage: Stage) -> None:
    await stage.ask()
    await stage.pass_slot()
    who = [person(f"adviser{number}") for number in range(6)]
    stage.people.advisers |= {each.person for each in who}

    views = await asyncio.gather(*(stage.go(each, "claim", stage.newest) for each in who))

    assert sum("You are looking at it." in text_of(view) for view in views) == 1


async def test_two_processes_release_a_slot_once(stage: Stage) -> None:
    for name in ("asker", "other", "third", "fourth"):
        await stage.ask(person(name))
    stage.clock.forward(seconds=600)

    await asyncio.gather(*(stage.relay.releases.release() for _ in range(5)))
    await stage.outbox.drain()

    assert len(stage.channels.cards) == 4
