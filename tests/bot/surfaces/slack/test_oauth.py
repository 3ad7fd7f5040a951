"""Installing in many workspaces: the state, the code, the token, and what follows its end."""

import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from aiohttp import ClientSession, DummyCookieJar, web
from structlog.testing import capture_logs

from bot.app import Parts, build
from bot.installations import Installations
from bot.outbox import Parked, Sent
from bot.panel import register_mark
from bot.register.database import RegisterUnavailable
from bot.surfaces.slack import OAuth, SlackSettings, attach
from bot.surfaces.slack.oauth import COOKIE, VALID_SECONDS
from bot.surfaces.slack.scopes import SCOPES
from bot.surfaces.slack.surface import SlackSurface
from tests.bot.surfaces.slack.rows import a_row
from tests.bot.surfaces.slack.stage import COMMAND, _settings, question_of
from tests.fakes.slack import FakeSlack, Fault, Person
from tests.fakes.slack.workspace import Workspace


@dataclass
class Office:
    """A bot that is installed nowhere yet."""

    slack: FakeSlack
    parts: Parts
    surface: SlackSurface
    installed: Installations
    address: str
    browser: ClientSession

    async def begun(self) -> tuple[str, str]:
        """The address that the browser is sent to, and the cookie that it is given."""
        async with self.browser.get(f"{self.address}/slack/install", allow_redirects=False) as to:
            assert to.status == 302
            cookie = SimpleCookie(to.headers["Set-Cookie"])[COOKIE]
            return to.headers["Location"], cookie.value

    async def came_back(self, address: str, cookie: str = "") -> tuple[int, str]:
        headers = {"Cookie": f"{COOKIE}={cookie}"} if cookie else {}
        async with self.browser.get(address, headers=headers) as answer:
            return answer.status, await answer.text()

    async def install(self, workspace: Workspace) -> tuple[int, str]:
        address, cookie = await self.begun()
        return await self.came_back(self.slack.registration.agree(address, workspace), cookie)


@asynccontextmanager
async def office_at(redis_url: str, folder: Path) -> AsyncIterator[Office]:
    async with (
        FakeSlack() as slack,
        build(_settings(redis_url, folder, slack)) as parts,
        ClientSession(cookie_jar=DummyCookieJar()) as browser,
    ):
        slack._workspaces.clear()
        application = web.Application()
        listening = socket.create_server(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        registration = slack.registration
        oauth = OAuth(registration.client_id, registration.client_secret, address)
        settings = SlackSettings(None, slack.signing_secret, slack.api_url, oauth=oauth)
        installed = Installations(parts.register.database, parts.conversation.keyring, "slack")
        surface = attach(application, parts.reception, settings, installed)
        parts.senders["slack"] = surface.sender(
            partial(register_mark, parts.register), parts.drawings
        )
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.2)
        await runner.setup()
        await web.SockSite(runner, listening).start()
        slack.connect(f"{address}/slack/events")
        yield Office(slack, parts, surface, installed, address, browser)
        await runner.cleanup()
        await surface.close()


@pytest.fixture
async def office(redis_url: str, tmp_path: Path) -> AsyncIterator[Office]:
    async with office_at(redis_url, tmp_path) as opened:
        yield opened


async def test_the_browser_is_sent_to_slack_with_what_is_asked_for(office: Office) -> None:
    address, cookie = await office.begun()
    other_address, other_cookie = await office.begun()

    asked = {name: held[0] for name, held in parse_qs(urlsplit(address).query).items()}
    assert address.startswith(f"{office.slack.url}/oauth/v2/authorize?")
    assert asked["scope"].split(",") == list(SCOPES)
    assert asked["redirect_uri"] == f"{office.address}/slack/oauth_redirect"
    assert cookie not in address
    assert (address, cookie) != (other_address, other_cookie)


async def test_each_workspace_works_with_a_token_of_its_own(office: Office) -> None:
    first, second = office.slack.workspace, office.slack.add_workspace("T0SECOND")
    for workspace in (first, second):
        status, page = await office.install(workspace)
        assert status == 200
        assert "Share Check is installed" in page

    people = [
        Person(office.slack, f"U0IN{place}", workspace=workspace)
        for place, workspace in enumerate((first, second))
    ]
    for person in people:
        await person.command(COMMAND)
        assert question_of(person) == "danger"

    opened = [call.team for call in office.slack.called("views.open")]
    assert opened == ["T0FAKE001", "T0SECOND"]


async def test_a_code_without_the_cookie_of_its_browser_installs_nothing(office: Office) -> None:
    address, cookie = await office.begun()
    _, other = await office.begun()
    back = office.slack.registration.agree(address, office.slack.workspace)

    for brought in ("", other, "made-up", "\u00e9"):
        status, page = await office.came_back(back, brought)
        assert status == 400
        assert "belongs elsewhere" in page
    assert await office.installed.token("T0FAKE001") is None
    assert (await office.came_back(back, cookie))[0] == 200


@pytest.mark.parametrize("state", ["", "made-up", "%00", "A" * 80, "\u00e9"])
async def test_a_state_that_is_not_ours_installs_nothing(office: Office, state: str) -> None:
    _, cookie = await office.begun()

    status, _ = await office.came_back(
        f"{office.address}/slack/oauth_redirect?code=made-up&state={state}", cookie
    )

    assert status == 400
    assert office.slack.called("oauth.v2.access") == []


async def test_a_state_runs_out(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    address, cookie = await office.begun()
    back = office.slack.registration.agree(address, office.slack.workspace)
    now = time.time()
    monkeypatch.setattr("bot.surfaces.slack.oauth.time.time", lambda: now + VALID_SECONDS + 5)

    status, page = await office.came_back(back, cookie)

    assert (status, "run out" in page) == (400, True)


async def test_without_a_client_id_there_is_nothing_to_install(office: Office) -> None:
    settings = SlackSettings(office.slack.bot_token, office.slack.signing_secret)
    application = web.Application()

    attach(application, office.parts.reception, settings, office.installed)

    assert [
        route.resource.canonical for route in application.router.routes() if route.resource
    ] == ["/slack/events"]


async def test_a_code_works_once(office: Office) -> None:
    address, cookie = await office.begun()
    back = office.slack.registration.agree(address, office.slack.workspace)

    answers = [(await office.came_back(back, cookie))[0] for _ in range(3)]

    assert answers == [200, 400, 400]


async def test_an_answer_without_a_token_installs_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, cookie = await office.begun()
    back = office.slack.registration.agree(address, office.slack.workspace)

    async def nothing(*_: object) -> dict[str, object]:
        return {"ok": True, "team": {"id": "T0FAKE001"}}

    monkeypatch.setattr("bot.surfaces.slack.api.SlackApi.exchanged", nothing)
    status, page = await office.came_back(back, cookie)

    assert (status, "no token" in page) == (400, True)
    assert await office.installed.token("T0FAKE001") is None


async def test_whoever_says_no_is_told_so(office: Office) -> None:
    address, cookie = await office.begun()

    status, page = await office.came_back(office.slack.registration.refuse(address), cookie)

    assert (status, "not to install" in page) == (400, True)


async def test_a_whole_organisation_is_one_workspace(office: Office) -> None:
    address, cookie = await office.begun()
    agree = office.slack.registration.agree
    back = agree(address, office.slack.workspace, organisation=True)

    status, page = await office.came_back(back, cookie)

    assert (status, "is installed" in page) == (200, True)
    assert await office.installed.token("T0FAKE001") is None
    assert await office.installed.token("E0FAKE001")


async def test_what_slack_or_the_database_cannot_do_now_is_said(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, cookie = await office.begun()
    back = office.slack.registration.agree(address, office.slack.workspace)
    office.slack.fail("oauth.v2.access", Fault.SERVER_ERROR)
    assert (await office.came_back(back, cookie))[0] == 503

    async def refuse(*_: object, **__: object) -> None:
        raise RegisterUnavailable

    monkeypatch.setattr(office.parts.register.database, "write", refuse)
    assert (await office.came_back(back, cookie))[0] == 503


async def test_an_uninstalled_workspace_is_sent_nothing_and_keeps_its_data(
    office: Office,
) -> None:
    office.slack.add_channel("C0TEAM", "team")
    await office.install(office.slack.workspace)
    sender = office.parts.senders["slack"]
    await office.parts.workspaces.change("slack", "T0FAKE001", "U1", {"pack": "croydon-2008"})
    assert isinstance(await sender.send(a_row("before"), retry=False), Sent)

    await office.slack.uninstall(office.slack.workspace)
    before = len(office.slack.calls)
    parked = await sender.send(a_row("after"), retry=False)

    assert parked == Parked(
        "Slack refused it: not_installed.",
        "Install the app in this workspace again, then resend.",
    )
    assert len(office.slack.calls) == before
    assert await office.parts.workspaces.history("slack", "T0FAKE001")

    await office.install(office.slack.workspace)
    assert isinstance(await sender.send(a_row("again"), retry=False), Sent)


@pytest.mark.parametrize(
    "inner",
    [{"type": "app_uninstalled"}, {"type": "tokens_revoked", "tokens": {"bot": ["U0FAKEBOT"]}}],
)
async def test_either_event_of_an_end_is_enough(office: Office, inner: dict[str, Any]) -> None:
    await office.install(office.slack.workspace)
    courier = office.slack.courier
    told = {"type": "event_callback", "team_id": "T0FAKE001", "event_id": "Ev1", "event": inner}

    assert (await courier.send(courier.event(told))).status == 200

    assert await office.installed.token("T0FAKE001") is None


async def test_a_persons_own_token_taken_back_is_nothing_to_the_app(office: Office) -> None:
    await office.install(office.slack.workspace)
    courier = office.slack.courier
    inner = {"type": "tokens_revoked", "tokens": {"oauth": ["U1"]}}
    told = {"type": "event_callback", "team_id": "T0FAKE001", "event_id": "Ev1", "event": inner}

    assert (await courier.send(courier.event(told))).status == 200

    assert await office.installed.token("T0FAKE001")


async def test_no_token_secret_or_code_reaches_a_log(office: Office) -> None:
    with capture_logs() as logged:
        address, cookie = await office.begun()
        back = office.slack.registration.agree(address, office.slack.workspace)
        await office.came_back(back, "wrong")
        await office.came_back(back, cookie)
        await office.came_back(back, cookie)

    code = parse_qs(urlsplit(back).query)["code"][0]
    token = await office.installed.token("T0FAKE001")
    for secret in (code, token, cookie, office.slack.registration.client_secret):
        assert str(secret) not in str(logged)


async def test_pages_of_an_installation_are_kept_by_nobody(office: Office) -> None:
    async with office.browser.get(f"{office.address}/slack/oauth_redirect?error=x") as answer:
        assert answer.headers["Cache-Control"] == "no-store"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


async def test_bolt_keeps_no_tokens_of_its_own(
    office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    # Bolt sets up an installation of its own when it sees these in the environment.
    monkeypatch.setenv("SLACK_CLIENT_ID", "111.222")
    monkeypatch.setenv("SLACK_CLIENT_SECRET", "made-up")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    oauth = OAuth("111.222", "made-up", office.address)
    settings = SlackSettings(None, "made-up", office.slack.api_url, oauth=oauth)

    surface = SlackSurface(office.parts.reception, settings, office.installed)
    await office.install(office.slack.workspace)
    person = Person(office.slack, "U0A")
    await person.command(COMMAND)
    await surface.close()

    assert question_of(person) == "danger"
    assert list((tmp_path / "home").iterdir()) == []
