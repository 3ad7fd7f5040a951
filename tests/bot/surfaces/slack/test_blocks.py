"""The small pieces of a screen."""

import pytest

from bot.surfaces.slack.blocks import escaped, labelled, listed, paragraphs, plain, visible
from tests.fakes.slack.blocks import blocks_rule
from tests.fakes.slack.checking import Findings


def test_a_long_list_fills_as_many_sections_as_it_needs() -> None:
    lines = [f"{number} " + "word & more <here> " * 90 for number in range(9)]

    blocks = listed("A label", lines)

    findings = Findings()
    blocks_rule(100)(blocks, "/blocks", findings)
    assert findings.lines == []
    said = "".join(block["text"]["text"] for block in blocks)
    assert said.count("word &amp; more &lt;here&gt;") == 9 * 90
    assert len(blocks) > 5


def test_a_word_too_long_for_a_section_is_cut() -> None:
    blocks = listed("A label", ["x" * 7_000])

    assert sum(block["text"]["text"].count("x") for block in blocks) == 7_000
    assert all(len(block["text"]["text"]) <= 3_000 for block in blocks)


@pytest.mark.parametrize(
    ("hidden", "seen"),
    [
        ("\u202eevil\u202c", "evil"),
        ("Ad\u200bvice\u2060: \ufeffMay share", "Advice: May share"),
        ("\u2066a\u2069\u200e\u200f\u061c", "a"),
        ("a\x00b\x07c\x7fd\x85e", "abcde"),
        ("tag\U000e0041\U000e0042", "tag"),
        ("a\u2028b\u2029c", "abc"),
        ("a\n\n\n \n\nb", "a\n\nb"),
        ("a\nb\n\nc", "a\nb\n\nc"),
        ("plain words", "plain words"),
        ("Caf\u00e9 \u2019 \u2022 \U0001f600 \u0ba4", "Caf\u00e9 \u2019 \u2022 \U0001f600 \u0ba4"),
    ],
)
def test_what_cannot_be_seen_is_taken_out(hidden: str, seen: str) -> None:
    assert visible(hidden) == seen
    assert plain(hidden)["text"] == seen
    assert escaped(hidden) == seen
    assert labelled("Label", hidden)["text"]["text"].endswith(seen)


@pytest.mark.parametrize(
    "meant", ["<!channel>", "<@U0ADMIN>", "<#C0TEAM>", "<https://e.example|999>", "&lt;!here&gt;"]
)
def test_nothing_becomes_a_mention_or_a_link(meant: str) -> None:
    [block] = listed("What they said", [meant])

    assert block["text"]["verbatim"] is True
    assert not {"<", ">"} & set(block["text"]["text"])
    assert (plain(meant)["type"], plain(meant)["text"]) == ("plain_text", meant)


def test_a_name_between_colons_stays_one() -> None:
    assert plain(":red_circle: stop")["emoji"] is False
    assert "emoji" not in plain("no colon")


def test_a_long_paragraph_is_cut_into_several() -> None:
    blocks = paragraphs("long words " * 700)

    findings = Findings()
    blocks_rule(100)(blocks, "/blocks", findings)
    assert findings.lines == []
    assert len(blocks) == 3
