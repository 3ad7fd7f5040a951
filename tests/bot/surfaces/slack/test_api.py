"""What the answers of Slack's Web API are taken to mean."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from bot.register.database import RegisterUnavailable
from bot.surfaces.slack.api import NotReached, Refused, SlackApi, TooFast, Unanswered
from bot.surfaces.slack.settings import OneToken


class Answering:
    """A server that gives every call the answer of the test's choice."""

    def __init__(self) -> None:
        self.answer = web.json_response({"ok": True})
        self.calls = 0
        self.url = ""

    async def serve(self, request: web.Request) -> web.StreamResponse:
        self.calls += 1
        if self.answer.text == "late":
            await asyncio.sleep(1.0)
        return self.answer


@pytest.fixture
async def server() -> AsyncIterator[Answering]:
    answering = Answering()
    application = web.Application()
    application.router.add_post("/api/{method}", answering.serve)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    answering.url = f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
    yield answering
    await runner.cleanup()


@pytest.fixture
async def api(server: Answering) -> AsyncIterator[SlackApi]:
    api = SlackApi(OneToken("xoxb-made-up"), server.url)
    yield api
    await api.close()


def said(error: str, status: int = 200, **headers: str) -> web.Response:
    return web.json_response({"ok": False, "error": error}, status=status, headers=headers)


async def posting(api: SlackApi, seconds: float = 5.0) -> dict[str, object]:
    return await api.call(
        "T1", lambda c: c.chat_postMessage(channel="C1", text="made up"), seconds
    )


async def test_a_good_answer_is_handed_back(api: SlackApi, server: Answering) -> None:
    assert await posting(api) == {"ok": True}
    assert server.calls == 1


@pytest.mark.parametrize(
    "answer",
    [
        said("fatal_error"),
        said("internal_error", status=500),
        said("channel_not_found", status=503),
        said("Jane Smith <jane@example.org>"),
        web.Response(status=500, text="Internal Server Error"),
        web.Response(status=200, text="a proxy's page"),
        web.Response(status=200, text="{", content_type="application/json"),
        web.Response(status=200, text="[]", content_type="application/json"),
        web.Response(status=302, text="elsewhere"),
    ],
    ids=lambda answer: f"{answer.status} {answer.text}"[:40],
)
async def test_an_answer_that_leaves_it_open_is_no_answer(
    api: SlackApi, server: Answering, answer: web.Response
) -> None:
    server.answer = answer

    with pytest.raises(Unanswered):
        await posting(api)
    assert server.calls == 1


async def test_a_late_answer_is_no_answer(api: SlackApi, server: Answering) -> None:
    server.answer = web.Response(text="late")

    with pytest.raises(Unanswered):
        await posting(api, seconds=0.1)
    assert server.calls == 1


async def test_a_refusal_carries_slacks_code(api: SlackApi, server: Answering) -> None:
    server.answer = said("not_in_channel")

    with pytest.raises(Refused) as refused:
        await posting(api)
    assert (refused.value.code, server.calls) == ("not_in_channel", 1)


@pytest.mark.parametrize(("asked", "seconds"), [("30", 30.0), ("soon", 1.0), ("", 1.0)])
async def test_being_too_fast_says_how_long_to_wait(
    api: SlackApi, server: Answering, asked: str, seconds: float
) -> None:
    server.answer = said("ratelimited", status=429, **{"Retry-After": asked})

    with pytest.raises(TooFast) as told:
        await posting(api)
    assert (told.value.seconds, server.calls) == (seconds, 1)


async def test_a_database_that_cannot_give_a_token_means_nothing_was_done(
    server: Answering,
) -> None:
    class Closed(OneToken):
        async def token(self, tenant: str) -> str | None:
            raise RegisterUnavailable

    api = SlackApi(Closed("xoxb-made-up"), server.url)

    with pytest.raises(NotReached):
        await posting(api)
    await api.close()
    assert server.calls == 0


@pytest.mark.parametrize("port", [1, None])
async def test_words_below_a_message_that_do_not_arrive_are_no_answer(
    api: SlackApi, server: Answering, port: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.surfaces.slack.api.DRAWING_SECONDS", 0.05)
    server.answer = web.Response(text="late")
    address = f"http://127.0.0.1:{port}/" if port else f"{server.url}respond"

    with pytest.raises(Unanswered):
        await api.respond(address, "made up")


@pytest.mark.parametrize(
    "answer", [said("made_up", status=429), said("ratelimited"), said("rate_limited")]
)
async def test_being_too_fast_is_known_by_status_or_by_code(
    api: SlackApi, server: Answering, answer: web.Response
) -> None:
    server.answer = answer

    with pytest.raises(TooFast):
        await posting(api)


async def test_clients_of_many_workspaces_are_not_kept_for_ever(
    server: Answering, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Many(OneToken):
        async def token(self, tenant: str) -> str | None:
            return f"xoxb-{tenant}"

    monkeypatch.setattr("bot.surfaces.slack.api.MOST_CLIENTS", 2)
    api = SlackApi(Many("xoxb-made-up"), server.url)

    for team in ("T1", "T2", "T3", "T1"):
        server.answer = web.json_response({"ok": True})
        await api.call(team, lambda c: c.chat_postMessage(channel="C1", text="made up"))

    assert len(api._clients) <= 2
    assert server.calls == 4
    await api.close()


async def test_nobody_listening_means_nothing_was_done() -> None:
    api = SlackApi(OneToken("xoxb-made-up"), "http://127.0.0.1:1/api/")

    with pytest.raises(NotReached):
        await posting(api)
    await api.close()
