"""Posting to Teams when replies get lost, when Teams asks to wait, and when it says no."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from bot.outbox import Later, Outcome, Parked, Row, Sender, Sent, Unknown
from bot.outbox.sending import CannotBeMade
from bot.surfaces.teams import connector
from bot.surfaces.teams.calls import TooFast
from bot.surfaces.teams.hosts import Hosts
from bot.workspaces import Workspace
from dialogs.pages import PageView, Section, Way
from tests.bot.surfaces.teams.rows import a_row
from tests.bot.surfaces.teams.stage import TEAM, Stage, check_of, reach_advice, reference_of
from tests.fakes.teams import FakeTeams, Fault
from tests.fakes.teams.conversations import Message


@pytest.fixture
def sender(stage: Stage) -> Sender:
    return stage.parts.senders["teams"]


def posted(teams: FakeTeams, reference: str) -> list[Message]:
    return [each for each in teams.conversations[TEAM].messages if reference in each.words]


async def heard(stage: Stage) -> None:
    """Somebody in the tenant has written, so it is known where its Bot Connector is."""
    await stage.person().say("help")


async def test_a_summary_is_posted_word_for_word(stage: Stage, sender: Sender) -> None:
    await heard(stage)

    outcome = await sender.send(a_row("SC-PLAIN"), retry=False)

    [message] = posted(stage.teams, "SC-PLAIN")
    assert outcome == Sent(f"{TEAM}/{message.id}")
    assert message.words.splitlines() == [
        "Information sharing decision",
        "Reference: SC-PLAIN",
        "Policy: Made up",
        "Advice: May share",
        "Register mark: not found",
    ]
    assert message.activity["summary"] == (
        "Information sharing decision SC-PLAIN. Policy: Made up. Advice: May share"
    )


async def test_nothing_in_a_summary_can_be_formatted(stage: Stage, sender: Sender) -> None:
    await heard(stage)
    tricky = "<at>everyone</at> [Act now](https://example.org) **bold**"
    row = a_row("SC-TRICKY")

    await sender.send(replace(row, body={**row.body, "lines": [["Policy", tricky]]}), retry=False)

    [message] = posted(stage.teams, "SC-TRICKY")
    assert tricky in message.words
    kinds = {element["type"] for element in message.card["body"][1:]}
    assert kinds == {"RichTextBlock"}


@pytest.mark.parametrize(
    ("fault", "status", "expected", "out"),
    [
        (Fault.STATUS, 429, Later, 0),
        (Fault.STATUS, 412, Later, 0),
        (Fault.STATUS, 408, Unknown, 0),
        (Fault.STATUS, 500, Unknown, 0),
        (Fault.STATUS, 502, Unknown, 0),
        (Fault.STATUS, 503, Unknown, 0),
        (Fault.STATUS, 504, Unknown, 0),
        (Fault.STATUS_BUT_DONE, 504, Unknown, 1),
        (Fault.STATUS, 302, Unknown, 0),
        (Fault.LOSE_REPLY, 0, Unknown, 1),
        (Fault.DROP, 0, Unknown, 0),
        (Fault.STATUS, 400, Parked, 0),
        (Fault.STATUS, 403, Parked, 0),
        (Fault.STATUS, 404, Parked, 0),
        (Fault.STATUS, 413, Parked, 0),
    ],
)
async def test_the_retry_table(
    stage: Stage, sender: Sender, fault: Fault, status: int, expected: type[Outcome], out: int
) -> None:
    await heard(stage)
    name = f"SC-{fault.name}-{status}"
    stage.teams.fail("post", fault, status=status)

    outcome = await sender.send(a_row(name), retry=False)

    assert isinstance(outcome, expected)
    assert len(posted(stage.teams, name)) == out


async def test_a_wait_that_teams_asks_for_is_kept_and_differs(
    stage: Stage, sender: Sender
) -> None:
    await heard(stage)
    stage.teams.fail("post", Fault.STATUS, status=429, seconds=7, times=3)

    waits = {(await sender.send(a_row("SC-WAIT"), retry=False)).seconds for _ in range(3)}  # type: ignore[union-attr]

    assert len(waits) == 3
    assert all(7 <= wait <= 11 for wait in waits)


@pytest.mark.parametrize(
    ("asked", "seconds"),
    [("7", 7), ("0", 1), ("", 1), ("soon", 1), ("-5", 1), ("\u00b2", 1), ("9" * 5_000, 300)],
)
def test_a_wait_is_kept_within_bounds_whatever_is_asked_for(asked: str, seconds: float) -> None:
    problem = connector._failure(429, {}, asked)

    assert isinstance(problem, TooFast)
    assert problem.seconds == seconds


async def test_nothing_goes_to_an_address_that_was_taken_off_the_list(
    stage: Stage, sender: Sender
) -> None:
    person = stage.person()
    await person.say("help")
    hosts, connector = Hosts.parse("connector.example"), stage.surface._connector
    before, connector._hosts = connector._hosts, hosts
    try:
        outcome = await sender.send(a_row("SC-LISTED"), retry=False)
    finally:
        connector._hosts = before

    assert isinstance(outcome, Parked)
    assert posted(stage.teams, "SC-LISTED") == []


async def test_what_may_be_out_is_not_sent_again(stage: Stage, sender: Sender) -> None:
    await heard(stage)

    outcome = await sender.send(a_row("SC-AGAIN"), retry=True)

    assert isinstance(outcome, Unknown)
    assert posted(stage.teams, "SC-AGAIN") == []


async def test_an_edit_is_safe_to_repeat(stage: Stage, sender: Sender) -> None:
    await heard(stage)
    first = await sender.send(a_row("SC-EDITED"), retry=False)
    assert isinstance(first, Sent)
    edit = a_row("SC-EDITED", edits="x", edits_message=first.message)
    stage.teams.fail("put", Fault.STATUS_BUT_DONE, status=504)

    lost = await sender.send(edit, retry=False)
    again = await sender.send(edit, retry=True)

    [message] = posted(stage.teams, "SC-EDITED")
    assert isinstance(lost, Unknown)
    assert (again, len(message.edits)) == (first, 2)


async def test_an_edit_of_a_message_that_is_gone_is_posted_anew(
    stage: Stage, sender: Sender
) -> None:
    await heard(stage)
    row = a_row("SC-GONE", edits="x", edits_message=f"{TEAM}/no-such-message")

    assert isinstance(await sender.send(row, retry=False), Sent)
    assert len(posted(stage.teams, "SC-GONE")) == 1


async def test_a_refused_connection_is_tried_later(stage: Stage, sender: Sender) -> None:
    await heard(stage)
    await stage.teams.stop_listening()
    try:
        outcome = await sender.send(a_row("SC-REFUSED"), retry=False)
    finally:
        await stage.teams.listen()

    assert isinstance(outcome, Later)


async def test_a_connector_that_hangs_is_given_up(
    stage: Stage, sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    await heard(stage)
    monkeypatch.setattr(connector, "SECONDS", 0.3)
    stage.teams.fail("post", Fault.HANG)

    async with asyncio.timeout(3):
        outcome = await sender.send(a_row("SC-HANGS"), retry=False)

    assert isinstance(outcome, Unknown)


async def test_sends_that_hang_hold_up_no_answer(stage: Stage, sender: Sender) -> None:
    person = stage.person()
    await person.say("share-check")
    stage.teams.fail("post", Fault.HANG, times=16)
    hanging = [
        asyncio.create_task(sender.send(a_row(f"SC-{number}"), retry=False))
        for number in range(16)
    ]
    await asyncio.sleep(0.2)

    async with asyncio.timeout(2):
        await person.choose("no")

    assert person.view == "question"
    for task in hanging:
        task.cancel()
    await asyncio.gather(*hanging, return_exceptions=True)


async def test_a_token_that_is_not_accepted_is_replaced(stage: Stage, sender: Sender) -> None:
    await heard(stage)
    stage.teams.revoke()

    stage.surface._credentials._taken_at = -100.0

    assert isinstance(await sender.send(a_row("SC-TOKEN"), retry=False), Sent)


async def test_nothing_but_a_refused_token_is_tried_again_at_once(
    stage: Stage, sender: Sender
) -> None:
    await heard(stage)
    stage.surface._credentials._taken_at = -100.0
    stage.teams.fail("post", Fault.STATUS_BUT_DONE, status=503)

    outcome = await sender.send(a_row("SC-ONCE"), retry=False)

    assert isinstance(outcome, Unknown)
    assert len(posted(stage.teams, "SC-ONCE")) == 1


async def test_a_secret_that_ran_out_parks_with_what_to_do(
    stage: Stage, sender: Sender, capfd: pytest.CaptureFixture[str]
) -> None:
    await heard(stage)
    credentials = stage.surface._credentials
    right, stage.teams.app_password = stage.teams.app_password, "another"
    credentials._until, credentials._asked_at = 0.0, -100.0
    try:
        outcome = await sender.send(a_row("SC-SECRET"), retry=False)
    finally:
        stage.teams.app_password = right
        credentials._asked_at = -100.0

    assert isinstance(outcome, Parked)
    assert "MICROSOFT_APP_PASSWORD" in outcome.remedy
    assert "credentials_refused" in capfd.readouterr().out


async def test_the_advice_stays_in_the_chat_and_leads_to_the_form(stage: Stage) -> None:
    person = stage.person()
    await reach_advice(person)
    check = check_of(person)
    await stage.parts.outbox.drain()
    advice = person.message

    await person.press("Record a decision", message=advice)

    assert "What to do now" in advice.words
    assert reference_of(check) in advice.words
    assert person.told == ["It is below, in a card of its own."]
    assert person.view == "decision"


async def test_where_no_card_can_be_sent_the_form_takes_the_place_of_the_advice(
    stage: Stage,
) -> None:
    person = stage.person()
    await reach_advice(person)
    await stage.parts.outbox.drain()
    advice = person.message
    stage.teams.fail("post", Fault.STATUS, status=403)

    await person.press("Record a decision", message=advice)

    assert person.told == []
    assert person.message is advice
    assert person.view == "decision"


async def test_the_advice_stays_in_an_older_client_too(stage: Stage) -> None:
    person = stage.person(older_client=True)
    await reach_advice(person)
    await stage.parts.outbox.drain()
    advice = person.message

    await person.press("Record a decision", message=advice)

    assert "What to do now" in advice.words
    assert person.view == "decision"


async def test_nobody_else_can_decide_from_the_message(stage: Stage) -> None:
    owner, stranger = stage.person(), stage.person()
    await reach_advice(owner)
    await stage.parts.outbox.drain()
    await stranger.say("share-check")

    await stranger.press("Record a decision", card=owner.message.card)

    assert "somebody else's" in stranger.words


async def test_a_person_who_removed_the_bot_parks_the_row(stage: Stage) -> None:
    person = stage.person()
    await reach_advice(person)
    person.chat.refuses = (403, "MessageWritesBlocked")
    check = check_of(person)

    await stage.parts.outbox.drain()

    row, _reminder = await stage.parts.outbox.of(check)
    assert row.state == "parked"
    assert row.remedy is not None
    assert "removed or blocked the app" in row.remedy
    assert row.reason == "Teams refused it: 403, MessageWritesBlocked."


async def test_a_person_who_never_wrote_is_reached_by_a_chat_that_is_opened(
    stage: Stage, sender: Sender
) -> None:
    await heard(stage)
    stage.parts.drawings["made-up"] = _page
    person = stage.person()
    row = a_row("SC-OPENED", purpose="made-up", recipient=person.id, channel=None)

    outcome = await sender.send(row, retry=False)

    assert outcome == Sent(None)
    assert "A made-up page" in person.words
    assert person.message.activity["summary"] == "A made-up page"


async def test_a_chat_is_opened_only_where_none_is_known(stage: Stage, sender: Sender) -> None:
    stage.parts.drawings["made-up"] = _page
    person, stranger = stage.person(), stage.person()
    await person.say("help")
    opened = len(stage.teams.called("open"))
    row = a_row("SC-KNOWN", purpose="made-up", recipient=person.id, channel=None)

    await sender.send(row, retry=False)
    assert len(stage.teams.called("open")) == opened

    for lost in ({"fault": Fault.LOSE_REPLY}, {"fault": Fault.STATUS, "status": 201}):
        stage.teams.fail("open", **lost)
        outcome = await sender.send(replace(row, recipient=stranger.id), retry=False)
        assert isinstance(outcome, Later)


async def test_a_summary_goes_where_its_workspace_wants_it_now(
    stage: Stage, sender: Sender
) -> None:
    await heard(stage)

    await sender.send(a_row("SC-MOVED", channel="19:earlier@thread.tacv2"), retry=False)

    assert len(posted(stage.teams, "SC-MOVED")) == 1


async def test_a_message_whose_id_is_not_told_has_no_name(stage: Stage, sender: Sender) -> None:
    await heard(stage)
    stage.teams.fail("post", Fault.STATUS, status=201)

    assert await sender.send(a_row("SC-UNNAMED"), retry=False) == Sent(None)


async def test_a_row_without_a_channel_parks_and_names_the_setting(
    stage: Stage, sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.parts.drawings["made-up"] = _page
    page = await sender.send(a_row("SC-NOWHERE", purpose="made-up", channel=None), retry=False)
    # A workspace for which nobody has set a channel, in the environment or by setup.
    monkeypatch.setitem(stage.parts.workspaces.defaults, "teams", Workspace(pack="england-2024"))
    elsewhere = a_row("SC-NOWHERE", channel=None, tenant="another-tenant")
    summary = await sender.send(elsewhere, retry=False)

    assert isinstance(page, Parked)
    assert "TEAMS_ADVISER_CHANNEL" in page.remedy
    assert isinstance(summary, Parked)
    assert "TEAMS_SUMMARY_CHANNEL" in summary.remedy


async def test_a_row_with_nothing_to_say_any_more_is_settled(stage: Stage, sender: Sender) -> None:
    stage.parts.drawings["silent"] = _nothing

    assert await sender.send(a_row("SC-X", purpose="silent"), retry=False) == Sent(None)


async def test_a_row_of_another_kind_cannot_be_made(sender: Sender) -> None:
    with pytest.raises(CannotBeMade):
        await sender.send(a_row("SC-X", purpose="unknown"), retry=False)


async def test_a_lost_reply_is_a_persons_turn_at_once(stage: Stage) -> None:
    person = stage.person()
    await reach_advice(person)
    stage.teams.fail("post", Fault.LOSE_REPLY)

    await stage.parts.outbox.drain()

    row, _reminder = await stage.parts.outbox.of(check_of(person))
    assert (row.state, row.next_at) == ("unknown", None)


async def _page(row: Any) -> PageView:
    way = Way("Open it", "made-up", "open", "1", confirm="Sure?")
    return PageView("A made-up page", (Section("Told", ("A line",), ways=(way,)),))


async def _nothing(row: Any) -> None:
    return None


async def test_a_page_that_cannot_be_drawn_was_not_sent(stage: Stage, sender: Sender) -> None:
    async def broken(row: Row) -> PageView | None:
        return PageView("Title", (Section("Heading", (None,)),))  # type: ignore[arg-type]

    stage.parts.drawings["broken"] = broken

    with pytest.raises(CannotBeMade):
        await sender.send(a_row("broken", purpose="broken"), retry=False)
