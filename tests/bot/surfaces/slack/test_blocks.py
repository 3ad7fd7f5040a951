"""The small pieces of a screen."""

import pytest

from bot.surfaces.slack.blocks import escaped, labelled, listed, paragraphs, plain
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


def test_what_cannot_be_seen_is_taken_out() -> None:
    hidden, seen = "Ad\u200bvice\u2060: \u202eMay share", "Advice: May share"

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
