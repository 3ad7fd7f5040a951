"""Nobody but this machine's own pages gets in, and nobody's mistake becomes a fault of ours."""

import re
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession
from hypothesis import given
from hypothesis import strategies as st

from bot.surfaces.web.gate import HEADERS, MOST_BYTES, Malformed, parsed
from tests.bot.surfaces.web.visitor import served, visiting
from tests.bot.world import world

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
OURS = {**FORM, "Sec-Fetch-Site": "same-origin", "Origin": "null"}


@pytest.fixture(scope="module")
async def url(redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    async with (
        world(redis_url, tmp_path_factory.mktemp("gate")) as opened,
        served(opened.conversation, opened.panel) as address,
    ):
        yield address


@pytest.fixture
async def client(url: str) -> AsyncIterator[ClientSession]:
    async with visiting(url) as visitor:
        yield visitor.session


async def status(client: ClientSession, url: str, headers: dict[str, str], body: bytes) -> int:
    async with client.post(url, headers=headers, data=body) as response:
        assert "Traceback" not in await response.text()
        return response.status


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:3978", "127.0.0.1", "127.0.0.1:80", "[::1]", "[::1]:3978"]
)
async def test_a_loopback_host_gets_in(client: ClientSession, url: str, host: str) -> None:
    async with client.get(url, headers={"Host": host}) as response:
        assert response.status == 200


@pytest.mark.parametrize(
    "host",
    [
        *("evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "evil.example:3978"),
        *("localhost:3978@evil.example", "127.0.0.2", "0.0.0.0", "", "[::2]", "localhost:"),
    ],
)
async def test_any_other_host_is_refused(client: ClientSession, url: str, host: str) -> None:
    async with client.get(url, headers={"Host": host}) as response:
        assert response.status in {400, 403}


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "null"},
        {"Origin": "http://evil.example"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "null"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "http://evil.example"},
        {"Origin": "http://localhost:1"},
        {"Origin": "http://["},
    ],
)
async def test_a_form_of_another_page_is_refused(
    client: ClientSession, url: str, headers: dict[str, str]
) -> None:
    assert await status(client, url, {**FORM, **headers}, b"verb=restart") == 403


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "none"}, {"Sec-Fetch-Site": "same-origin", "Origin": "null"}]
)
async def test_a_form_of_our_own_page_is_taken(
    client: ClientSession, url: str, headers: dict[str, str]
) -> None:
    assert await status(client, url, {**FORM, **headers}, b"verb=restart") == 200


async def test_what_is_no_browser_says_no_origin(client: ClientSession, url: str) -> None:
    assert await status(client, url, FORM, b"verb=restart") == 200


async def test_a_fitting_origin_is_enough(client: ClientSession, url: str) -> None:
    assert await status(client, url, {**FORM, "Origin": url}, b"verb=restart") == 200


async def test_a_form_may_hold_64_kilobytes(client: ClientSession, url: str) -> None:
    most = b"verb=restart&x=".ljust(MOST_BYTES, b"a")

    assert await status(client, url, OURS, most) == 200
    assert await status(client, url, OURS, most + b"a") == 413


async def test_a_form_without_a_length_is_measured(client: ClientSession, url: str) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(MOST_BYTES // 1024 + 1):
            yield b"a" * 1024

    async with client.post(url, headers=OURS, data=endless()) as response:
        assert response.status == 413


@pytest.mark.parametrize(
    "kind", ["application/json", "text/plain", "multipart/form-data; boundary=x"]
)
async def test_anything_but_a_form_is_refused(client: ClientSession, url: str, kind: str) -> None:
    assert await status(client, url, {**OURS, "Content-Type": kind}, b"{}") == 415


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"verb", b"verb=%zz", b"verb=%ff", b"verb=\xc3", b"&=&", b"check=a&turn=0"),
        *(b"check=a&turn=x&verb=back", b"check=a&turn=-1&verb=back", b"check=a&verb=back"),
        *(b"check=a&check=b&turn=0&verb=back", b"check=../a&turn=0&verb=back"),
        *(b"check=a&turn=0&verb=explode", b"check=a&turn=0&verb=change:"),
        *(b"check=a&turn=0&verb=answer", b"check=a&turn=9999999999&verb=back"),
        b"&".join([b"a=b"] * 500),
    ],
)
async def test_a_form_that_we_never_drew_is_refused(
    client: ClientSession, url: str, body: bytes
) -> None:
    assert await status(client, url, OURS, body) == 400


async def test_a_malformed_check_in_the_address_is_refused(
    client: ClientSession, url: str
) -> None:
    async with client.get(f"{url}/?check=../../etc") as response:
        assert response.status == 400


@given(st.binary(max_size=300))
def test_any_bytes_are_a_form_or_malformed(body: bytes) -> None:
    try:
        fields = parsed(body)
    except Malformed:
        return

    assert all(isinstance(value, str) for values in fields.values() for value in values)


def test_line_ends_are_those_of_the_bot() -> None:
    assert parsed(b"words=a%0D%0Ab") == {"words": ("a\nb",)}


@pytest.mark.parametrize("path", ["/", "/?check=a", "/?check=!", "/static/share-check.css"])
async def test_every_answer_carries_the_protecting_headers(
    client: ClientSession, url: str, path: str
) -> None:
    async with client.get(url + path) as response:
        held = {name: response.headers[name] for name in HEADERS if name != "Cache-Control"}

    assert held == {name: value for name, value in HEADERS.items() if name != "Cache-Control"}
    assert "unsafe" not in held["Content-Security-Policy"]


async def test_pages_are_never_stored(client: ClientSession, url: str) -> None:
    async with client.get(url) as response:
        assert response.headers["Cache-Control"] == "no-store"


async def test_the_cookie_is_random_and_out_of_reach(client: ClientSession, url: str) -> None:
    async with client.get(url) as response:
        cookie = response.headers["Set-Cookie"]

    assert re.fullmatch(r"share_check=[0-9a-f]{32}; HttpOnly; Path=/; SameSite=Strict", cookie)


async def test_a_cookie_of_somebodys_making_is_replaced(client: ClientSession, url: str) -> None:
    async with client.get(url, headers={"Cookie": "share_check=admin"}) as response:
        assert "admin" not in response.headers["Set-Cookie"]
