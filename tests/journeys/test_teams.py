"""Whole checks through Teams, as a practitioner and their team see them, and as a server runs."""

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot.embedded import Embedded
from tests.bot.server import Server, run
from tests.bot.surfaces.teams.stage import (
    ANSWERS,
    DECISION,
    TEAM,
    Stage,
    check_of,
    reach_form,
    reference_of,
    set_up,
)
from tests.fakes.teams import FakeTeams, Fault, Person
from tests.fakes.teams.cards import inputs_of


@pytest.fixture(scope="module")
async def whole_stage(
    redis_url: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Stage]:
    async with set_up(redis_url, tmp_path_factory.mktemp("teams-journeys")) as stage:
        yield stage


@pytest.fixture
async def stage(whole_stage: Stage) -> AsyncIterator[Stage]:
    yield whole_stage
    whole_stage.teams.heal()
    for conversation in whole_stage.teams.conversations.values():
        conversation.refuses = None


async def reach_done(person: Person) -> str:
    """A whole check with a decision; its id."""
    await reach_form(person)
    check = check_of(person)
    await person.press("Preview", DECISION)
    await person.press("Record and post")
    return check


async def until_out(stage: Stage, check: str, state: str) -> None:
    """Let the outbox work until the summary of a check stands like this."""
    async with asyncio.timeout(20):
        while True:
            await stage.parts.outbox.drain()
            rows = await stage.parts.outbox.of(check)
            if [row.state for row in rows if row.purpose == "summary"] == [state]:
                return
            await asyncio.sleep(0.1)


async def test_a_check_ends_in_a_decision_and_a_summary(stage: Stage) -> None:
    person = stage.person()

    check = await reach_done(person)

    assert reference_of(check) in person.words
    advice, decision = await stage.entries(check)
    assert (advice.kind, decision.kind) == ("advice", "decision")
    [summary] = await stage.summaries(reference_of(check))
    assert "Decision: Share" in summary.words
    assert f"Register mark: {decision.seq}-{decision.commitment.hex()[:12]}" in summary.words
    assert person.id not in str(summary.activity)
    await stage.parts.outbox.drain()
    kept = person.messages[-1]
    assert "You may share" in kept.words
    assert reference_of(check) in kept.activity["summary"]


async def test_advice_is_posted_first_and_the_decision_edits_it(stage: Stage) -> None:
    person = stage.person()
    await reach_form(person)
    check = check_of(person)
    wizard = person.message

    await person.press("Post the advice without a decision")
    await person.press("Post the advice")
    [first] = await stage.summaries(reference_of(check))
    before = first.words
    await person.press("Record a decision", message=wizard)
    await person.press("Preview", DECISION, message=wizard)
    await person.press("Record and post", message=wizard)

    [edited] = await stage.summaries(reference_of(check))
    assert "Decision: Not recorded yet" in before
    assert "Decision: Share" in edited.words
    assert (edited.id, len(edited.edits)) == (first.id, 1)


async def test_a_lost_reply_is_left_for_a_person_to_say(stage: Stage) -> None:
    person = stage.person()
    await stage.parts.outbox.drain()
    await reach_form(person)
    check = check_of(person)
    await stage.parts.outbox.drain()
    await person.press("Preview", DECISION, message=person.messages[0])
    await person.press("Record and post", message=person.messages[0])
    stage.teams.fail("post", Fault.LOSE_REPLY)

    await until_out(stage, check, "unknown")

    standing = stage.teams.conversations[TEAM].messages
    assert len([each for each in standing if reference_of(check) in each.words]) == 1


async def test_a_summary_waits_while_teams_asks_to(stage: Stage) -> None:
    person = stage.person()
    check = await reach_done(person)
    stage.teams.fail("post", Fault.STATUS, status=429, seconds=1, times=2)

    await stage.parts.outbox.drain()
    early = {row.state for row in await stage.parts.outbox.of(check)}
    await until_out(stage, check, "sent")

    assert early == {"waiting"}
    assert len(await stage.summaries(reference_of(check))) == 1


async def test_a_channel_without_the_app_parks_until_it_is_mended(stage: Stage) -> None:
    person = stage.person()
    check = await reach_done(person)
    stage.teams.conversations[TEAM].refuses = (403, "BotNotInConversationRoster")

    await until_out(stage, check, "parked")
    [row] = [row for row in await stage.parts.outbox.of(check) if row.purpose == "summary"]
    stage.teams.conversations[TEAM].refuses = None
    await stage.parts.outbox.resend(row.id)

    assert row.remedy is not None
    assert "the app is installed in its team" in row.remedy
    assert len(await stage.summaries(reference_of(check))) == 1


async def test_without_redis_act_now_appears_and_nothing_typed_is_lost(tmp_path: Path) -> None:
    redis = await Embedded.start(tmp_path / "redis")
    async with set_up(redis.url, tmp_path) as stage:
        deciding, asking, hurrying = stage.person(), stage.person(), stage.person()
        typing = stage.person()
        older = stage.person(older_client=True)
        for person in (deciding, older):
            await reach_form(person)
        for person in (asking, hurrying, typing):
            await person.say("share-check")
        await redis.stop()
        form, in_words = deciding.card, older.card

        await deciding.press("Preview", DECISION)
        await older.press("Preview", DECISION)
        await asking.choose("no")
        await hurrying.choose("now")
        await typing.say("1")
        not_taken = typing.words
        await typing.say("contacts")

        assert deciding.card == form
        assert "Nothing is lost" in deciding.told[0]
        assert "999" in deciding.told[0]
        assert older.card == in_words
        assert "Nothing is lost" in older.messages[-1].text
        assert "Nothing is lost" in asking.words
        assert "Call 999 now" in hurrying.words
        assert "does not answer just now" in not_taken
        assert "999" in not_taken
        assert "Children's social care" in typing.words


def serving(folder: Path, teams: FakeTeams, **more: str) -> Server:
    return Server(
        folder,
        MICROSOFT_APP_ID=teams.app_id,
        MICROSOFT_APP_PASSWORD=teams.app_password,
        MICROSOFT_APP_TENANT_ID=teams.tenant,
        TEAMS_OPENID_METADATA_URL=teams.metadata_url,
        TEAMS_TOKEN_URL=teams.token_url,
        TEAMS_SERVICE_HOSTS=teams.host,
        TEAMS_SUMMARY_CHANNEL=TEAM,
        **more,
    )


@pytest.mark.slow
async def test_a_check_survives_kill_nine_and_a_roll_over_of_keys(tmp_path: Path) -> None:
    async with FakeTeams() as teams:
        channel = teams.add_channel(TEAM)
        person = Person(teams, "person")
        server = serving(tmp_path, teams).start()
        teams.connect(f"{server.url}/api/messages")
        await person.say("share-check")
        while person.view in ("danger", "question"):
            [question] = inputs_of(person.card)
            if question["id"] == "purpose":
                server.kill()
                server.start()
            if question["id"] == "talk":
                teams.signer.rotate()
                teams.courier.new_token()
            await person.choose(ANSWERS[question["id"]])
        wizard = person.message
        for title in ("Get the advice", "Record a decision"):
            await person.press(title, message=wizard)
        await person.press("Preview", DECISION, message=wizard)
        await person.press("Record and post", message=wizard)

        await teams.until(lambda: channel.messages, 10)

        assert "Decision: Share" in channel.messages[0].words
        assert server.stop() == 0
        log = (tmp_path / "log").read_text()
        assert person.id not in log
        assert teams.app_password not in log


@pytest.mark.slow
async def test_a_microsoft_that_hangs_holds_up_neither_start_nor_health(tmp_path: Path) -> None:
    async with FakeTeams() as teams, aiohttp.ClientSession() as session:
        teams.fail("metadata", Fault.HANG, times=99)
        teams.fail("token", Fault.HANG, times=99)
        server = serving(tmp_path, teams).start()
        teams.connect(f"{server.url}/api/messages")
        person = Person(teams, "person")
        activity = person.activity({"type": "message", "text": "help"}, person.chat)
        waiting = [asyncio.create_task(teams.courier.send(activity)) for _ in range(20)]
        await teams.until(lambda: teams.called("metadata"))

        started = time.monotonic()
        async with session.get(f"{server.url}/healthz") as health:
            assert health.status == 200
        spent = time.monotonic() - started
        replies = await asyncio.gather(*waiting)

        assert spent < 1
        assert {reply.status for reply in replies} == {401}
        assert server.stop() == 0


@pytest.mark.slow
async def test_without_an_app_id_anybody_on_this_machine_may_talk(tmp_path: Path) -> None:
    async with FakeTeams() as teams, aiohttp.ClientSession() as session:
        hosts = {"TEAMS_SERVICE_HOSTS": teams.host}
        server = Server(tmp_path, **hosts).start()
        teams.connect(f"{server.url}/api/messages")
        activity = Person(teams, "person").activity(
            {"type": "message", "text": "help"}, teams.chat_of("29:person")
        )
        plain = await teams.courier.send(activity, token="")
        elsewhere = {**activity, "serviceUrl": "http://127.0.0.1:9/"}
        internal = await teams.courier.send(elsewhere, token="")
        from_a_page = await session.post(
            f"{server.url}/api/messages", json=activity, headers={"Origin": "https://a.example"}
        )

        assert (plain.status, internal.status, from_a_page.status) == (200, 403, 403)
        assert server.stop() == 0


def test_a_list_of_hosts_that_cannot_be_read_is_one_line(tmp_path: Path) -> None:
    refused = run(tmp_path, "serve", TEAMS_SERVICE_HOSTS="host:port", PORT="0")

    assert refused.returncode == 2
    assert refused.stderr.splitlines()[-1].startswith("TEAMS_SERVICE_HOSTS:")
