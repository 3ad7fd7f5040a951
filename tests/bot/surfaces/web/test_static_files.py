"""The stylesheets load nothing from anywhere, and hold nothing that is GOV.UK's own."""

import re

import pytest
from aiohttp import ClientSession

from bot.surfaces.web.static_files import static_files
from tests.bot.surfaces.web.visitor import Visitor
from tools.vendor_govuk import stripped


@pytest.mark.parametrize("name", ["govuk.css", "share-check.css"])
@pytest.mark.parametrize(
    "word", ["GDS Transport", "url(", "@font-face", "@import", "sourceMappingURL", "GOV.UK"]
)
def test_no_stylesheet_holds_fonts_crest_or_addresses(name: str, word: str) -> None:
    assert word not in static_files()[name].content.decode()


def test_stripping_keeps_every_other_rule() -> None:
    before = (
        '@charset "UTF-8";.a{font-family:GDS Transport,arial,sans-serif;color:red}'
        "@font-face{font-family:GDS Transport;src:url(/assets/a.woff2)}"
        ".crest:before{background-image:url(/assets/crest.svg)}@media print{.b{color:#000}}"
    )

    assert stripped(before) == (
        ".a{font-family:var(--type,sans-serif);color:red}@media print{.b{color:#000}}"
    )


async def test_every_file_that_a_page_names_is_there(visitor: Visitor) -> None:
    page = await visitor.open()

    addresses = [link["href"] for link in page.one("head").every("link")]
    assert len(addresses) == 3
    for address in addresses:
        async with visitor.session.get(visitor.url + address) as response:
            assert response.status == 200
            assert "immutable" in response.headers["Cache-Control"]


async def test_an_unknown_file_is_not_found(visitor: Visitor) -> None:
    session: ClientSession = visitor.session

    async with session.get(f"{visitor.url}/static/layout.html") as response:
        assert response.status == 404


def test_a_files_address_changes_with_its_content() -> None:
    file = static_files()["icon.svg"]

    changed = type(file)(file.name, file.content_type, file.content + b" ")

    assert file.address != changed.address
    assert re.fullmatch(r"/static/icon\.svg\?v=[0-9a-f]{12}", file.address)
