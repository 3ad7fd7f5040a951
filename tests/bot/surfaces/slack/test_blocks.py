"""The small pieces of a screen."""

from bot.surfaces.slack.blocks import listed
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
