"""The pages about the packs in the docs are those that the packs make today."""

import re
from pathlib import Path

import pytest

from bot.printing.publishing import IN_DOCS, INDEX, published
from policies.library import Library

DOCS = Path(__file__).parents[3] / "docs" / "packs"


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    return published(Library.read(), IN_DOCS)


def test_every_page_in_the_docs_is_fresh(made: dict[str, str]) -> None:
    filed = {file.name: file.read_text(encoding="utf-8") for file in DOCS.iterdir()}

    stale = sorted(name for name in made | filed if made.get(name) != filed.get(name))
    assert not stale, "Stale: run `make drawings`, look at them, and commit docs/packs."


def test_the_index_lists_every_pack(made: dict[str, str]) -> None:
    for pack in Library.read().ids:
        assert f"]({pack}.svg)" in made[INDEX]
        assert f"]({pack}.html)" in made[INDEX]


def test_a_storyboard_holds_every_word_and_a_place_to_sign(made: dict[str, str]) -> None:
    for edition in Library.read().newest():
        page = made[f"{edition.pack.id}.html"]
        places = set(re.findall(r'id="([a-z0-9_-]+)"', page))
        assert edition.digest in page
        assert set(edition.pack.nodes) <= places
        assert {f"notice-{notice.id}" for notice in edition.pack.notices} <= places
        assert re.search(r"Signature</th>", page)
        assert "<script" not in page


def test_every_link_of_a_storyboard_leads_somewhere_on_the_page(made: dict[str, str]) -> None:
    for name, page in made.items():
        if name.endswith(".html"):
            links = set(re.findall(r'href="#([^"]+)"', page))
            assert links <= set(re.findall(r'id="([^"]+)"', page))
