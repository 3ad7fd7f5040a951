"""Socket Mode: a check along a connection of ours, and connections that die."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from aiohttp import web
from structlog.testing import capture_logs

from bot.app import build
from bot.panel import register_mark
from bot.surfaces.slack import SlackSettings, attach
from bot.surfaces.slack import socket as sockets
from bot.surfaces.slack.socket import Socket
from bot.surfaces.slack.surface import SlackSurface
from tests.bot.surfaces.slack.stage import COMMAND, _settings, answer, question_of, shown
from tests.fakes.slack import FakeSlack, Fault, Person, SlackWouldShow

BEAT = 0.2


@dataclass
class Line:
    slack: FakeSlack
    surface: SlackSurface

    @property
    def socket(self) -> Socket:
        assert self.surface._socket
        return self.surface._socket

    async def connected(self, times: int = 1) -> None:
        await self.slack.until(lambda: self.slack.sockets.made >= times, seconds=5)
        await self.slack.until(lambda: self.slack.sockets.open, seconds=5)


@pytest.fixture
async def line(
    redis_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Line]:
    monkeypatch.setattr(sockets, "GREETING_SECONDS", 0.5)
    async with FakeSlack() as slack, build(_settings(redis_url, tmp_path, slack)) as parts:
        settings = SlackSettings(
            slack.bot_token, None, slack.api_url, app_token=slack.sockets.app_token
        )
        application = web.Application()
        surface = attach(application, parts.reception, settings)
        assert len(application.router.routes()) == 0
        surface._socket = Socket(surface._api, slack.sockets.app_token, surface.told, BEAT)
        parts.senders["slack"] = surface.sender(
            partial(register_mark, parts.register), parts.drawings
        )
        slack.use_sockets()
        surface.start()
        yield Line(slack, surface)
        await surface.close()


async def test_a_check_goes_along_the_socket(line: Line) -> None:
    await line.connected()
    person = Person(line.slack, "U0A")

    await person.command(COMMAND)
    await answer(person, "no")

    assert question_of(person) == "risk"
    assert not shown(person).errors
    await person.open_home()
    assert person.home


async def test_many_answer_at_once(line: Line) -> None:
    await line.connected()
    people = [Person(line.slack, f"U0{number}") for number in range(20)]

    await asyncio.gather(*(person.command(COMMAND) for person in people))

    assert [question_of(person) for person in people] == ["danger"] * 20


async def test_a_closed_connection_is_made_again(line: Line) -> None:
    await line.connected()

    await line.slack.sockets.hang_up()
    await line.connected(2)
    person = Person(line.slack, "U0A")
    await person.command(COMMAND)

    assert question_of(person) == "danger"


async def test_a_connection_that_is_silent_is_given_up(line: Line) -> None:
    await line.connected()
    line.slack.sockets.deaf = True

    await line.slack.until(lambda: line.slack.sockets.made >= 2, seconds=5)
    line.slack.sockets.deaf = False
    await asyncio.sleep(3 * BEAT)

    person = Person(line.slack, "U0A")
    await person.command(COMMAND)
    assert question_of(person) == "danger"


async def test_the_next_connection_is_opened_before_the_old_one_ends(line: Line) -> None:
    await line.connected()
    sockets_open = line.slack.sockets.open

    await line.slack.sockets.warn()
    await line.slack.until(lambda: len(sockets_open) == 2, seconds=5)
    await sockets_open[0].close()

    person = Person(line.slack, "U0A")
    await person.command(COMMAND)
    assert question_of(person) == "danger"


async def test_a_connection_without_a_greeting_is_not_trusted(line: Line) -> None:
    await line.connected()
    line.slack.sockets.rude = True

    await line.slack.sockets.hang_up()
    await line.connected(2)
    line.slack.sockets.rude = False

    await line.connected(3)


@pytest.mark.parametrize("fault", [Fault.SERVER_ERROR, Fault.DROP, Fault.SAY_ERROR])
async def test_it_goes_on_trying_while_slack_is_away(line: Line, fault: Fault) -> None:
    await line.connected()
    line.slack.fail("apps.connections.open", fault, times=2)

    with capture_logs() as logged:
        await line.slack.sockets.hang_up()
        await line.connected(2)

    told = [entry for entry in logged if entry["event"] == "slack.socket_not_connected"]
    assert [entry["count"] for entry in told] == [1, 2]
    assert line.slack.sockets.app_token not in str(logged)


@pytest.mark.parametrize(
    "text",
    [
        "not JSON",
        "[" * 100_000,
        "[]",
        '{"type": "made_up"}',
        '{"envelope_id": 7, "payload": {}}',
        '{"envelope_id": "1", "payload": []}',
        '{"envelope_id": "1", "payload": {"type": "view_submission"}}',
        '{"envelope_id": "1", "payload": {"type": 7}}',
    ],
)
async def test_what_cannot_be_read_does_no_harm(line: Line, text: str) -> None:
    await line.connected()

    await line.slack.sockets.say_raw(text)
    person = Person(line.slack, "U0A")
    await person.command(COMMAND)

    assert question_of(person) == "danger"
    assert line.slack.sockets.made == 1


async def test_what_cannot_be_read_is_acknowledged_and_what_is_begun_is_finished(
    line: Line,
) -> None:
    assert await line.surface.told({"type": "view_submission"}) == ""
    await line.connected()
    person = Person(line.slack, "U0A")
    line.slack.fail("views.open", Fault.DELAY, seconds=0.3)

    command = asyncio.create_task(person.command(COMMAND))
    await line.slack.until(lambda: line.socket._answering)
    await line.surface.close()
    await command

    assert question_of(person) == "danger"


async def test_after_the_end_nobody_is_connected(line: Line) -> None:
    await line.connected()
    await line.surface.close()
    await line.slack.until(lambda: not line.slack.sockets.open, seconds=5)

    with pytest.raises(SlackWouldShow):
        await Person(line.slack, "U0A").command(COMMAND)
