"""The small pieces of a screen."""

from datetime import date

import pytest

from bot.surfaces.slack.blocks import contact_line, listed
from dialogs.explain import CHECK_NUMBER
from policies.model import Contact
from tests.fakes.slack.blocks import blocks_rule
from tests.fakes.slack.checking import Findings

TODAY = date(2026, 11, 22)


def a_contact(**more: object) -> Contact:
    return Contact.model_validate({"role": "police", "name": "Police", **more})


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
    ("checked_on", "warning"),
    [
        (date(2026, 11, 22), ""),
        (date(2026, 8, 24), ""),
        (date(2026, 8, 23), f" {CHECK_NUMBER}"),
        (None, f" {CHECK_NUMBER}"),
    ],
)
def test_a_number_not_checked_lately_says_so(checked_on: date | None, warning: str) -> None:
    line = contact_line(a_contact(number="101", checked_on=checked_on), TODAY)

    assert line == f"Police: 101.{warning}"


def test_999_is_never_doubted() -> None:
    line = contact_line(a_contact(role="emergency", number="999", lasting=True), TODAY)

    assert line == "Police: 999."


def test_a_contact_without_a_number_gives_its_note() -> None:
    line = contact_line(a_contact(hours="Any time", note="Ask for the duty team."), TODAY)

    assert line == "Police. Any time. Ask for the duty team."
