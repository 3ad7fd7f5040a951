"""The bot is killed between two questions, and the check goes on as if nothing had happened."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot.server import Server, run
from tests.bot.surfaces.slack.stage import (
    ANSWERS,
    COMMAND,
    TEAM,
    answer,
    fill_in,
    question_of,
    shown,
)
from tests.fakes.slack import FakeSlack, Person


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as fake:
        fake.add_channel(TEAM, "team")
        yield fake


def serving(folder: Path, slack: FakeSlack) -> Server:
    return Server(
        folder,
        SLACK_BOT_TOKEN=slack.bot_token,
        SLACK_SIGNING_SECRET=slack.signing_secret,
        SLACK_API_URL=slack.api_url,
        SUMMARY_CHANNEL=TEAM,
    )


def exported(folder: Path) -> list[dict[str, object]]:
    lines = run(folder, "register", "export").stdout.splitlines()
    return [json.loads(line) for line in lines]


@pytest.mark.slow
async def test_a_check_survives_kill_nine_between_its_questions(
    slack: FakeSlack, tmp_path: Path
) -> None:
    person = Person(slack, "U0PERSON")
    server = serving(tmp_path, slack).start()
    slack.connect(f"{server.url}/slack/events")
    await person.command(COMMAND)

    while shown(person).callback_id in ("danger", "question"):
        if question_of(person) in {"danger", "purpose", "talk"}:
            server.kill()
            server.start()
        await answer(person, ANSWERS[question_of(person)])
    await person.submit()
    await person.send_again()
    server.kill()
    server.start()
    await person.submit()
    await fill_in(person)
    await person.submit()
    await person.send_again()
    # A message that was on its way at the kill is looked for once its claim has lapsed.
    await slack.until(lambda: slack.channel(TEAM).messages and person.messages, seconds=45)
    server.kill()
    with server:
        entries = exported(tmp_path)

    assert shown(person).callback_id == "done"
    assert [entry["kind"] for entry in entries] == ["advice", "decision"]
    assert entries[0]["verdict"] == entries[1]["verdict"] == "share"
    assert len(slack.channel(TEAM).messages) == 1
    assert len(person.messages) == 1


async def test_sigterm_in_the_middle_of_a_check_loses_nothing(
    slack: FakeSlack, tmp_path: Path
) -> None:
    person = Person(slack, "U0PERSON")
    with serving(tmp_path, slack) as server:
        slack.connect(f"{server.url}/slack/events")
        await person.command(COMMAND)
        await answer(person, "no")

        assert server.stop() == 0

    with server:
        await answer(person, "child")

    assert question_of(person) == "purpose"
