"""A practitioner's desk as a page."""

from dialogs import desk
from dialogs.desk import Desk
from dialogs.pages import PageView, way_to
from dialogs.views import OpenCheck
from policies.model import Contact

EMERGENCY = Contact(role="emergency", name="Emergency services", number="999")
UNFINISHED = OpenCheck("a" * 24, "SC-AAAA-AAAA", "Not finished", "2026-11-20")
UNDECIDED = OpenCheck("b" * 24, "SC-BBBB-BBBB", "No decision recorded", "2026-11-21", "undecided")
DONE = OpenCheck("c" * 24, "SC-CCCC-CCCC", "Decision recorded", "2026-11-22", "done")


def said(page: PageView) -> str:
    words = (
        (section.heading, *section.lines, *section.bullets, *(way.label for way in section.ways))
        for section in page.sections
    )
    return "\n".join(line for lines in words for line in lines)


def ways(page: PageView) -> list[tuple[str, str, str]]:
    return [(way.label, way.verb, way.value) for section in page.sections for way in section.ways]


def test_an_empty_desk_says_what_is_kept_and_what_cannot_be_hidden() -> None:
    page = desk.page(Desk(), (way_to("help", "All there is"),), EMERGENCY)

    words = said(page)
    for heading in ("Welcome to Share Check", "What it keeps", "What it cannot hide"):
        assert heading in words
    assert ("Start a check", "open", "start") in ways(page)
    assert page.emergency == EMERGENCY
    assert [way.label for way in page.ways] == ["All there is"]


def test_decisions_come_first_then_open_checks_then_what_is_done() -> None:
    lying = Desk.of((DONE, UNFINISHED, UNDECIDED, UNFINISHED))

    page = desk.page(lying, (), EMERGENCY)

    assert [section.heading for section in page.sections] == [
        *("Decisions to record", "Open checks", "", "Recorded", "")
    ]
    assert ways(page) == [
        ("Record a decision", "decide", "b" * 24),
        ("Read the advice", "resume", "b" * 24),
        *[("Continue", "resume", "a" * 24), ("Delete", "delete", "a" * 24)] * 2,
        ("Receipts", "open", "verify"),
        ("Start a check", "open", "start"),
    ]
    assert "Welcome" not in said(page)


def test_a_sub_command_is_answered_with_its_own_pile() -> None:
    lying = Desk.of((UNFINISHED, UNDECIDED))

    assert "SC-BBBB-BBBB" in said(desk.waiting(lying, "record", EMERGENCY))
    assert "SC-AAAA-AAAA" not in said(desk.waiting(lying, "record", EMERGENCY))
    assert "SC-AAAA-AAAA" in said(desk.waiting(lying, "resume", EMERGENCY))
    assert "No decision waits" in said(desk.waiting(Desk(), "record", EMERGENCY))
    assert "no open check" in said(desk.waiting(Desk(), "resume", EMERGENCY))


def test_whoever_writes_to_the_bot_is_shown_the_way_in_and_no_more() -> None:
    page = desk.way_in(EMERGENCY)

    assert "Nobody reads what is written" in said(page)
    assert page.ways[0].value == "start"


def test_a_window_that_was_closed_says_that_the_answers_are_kept() -> None:
    page = desk.left_open("a" * 24, EMERGENCY)

    assert [(way.verb, way.value) for way in page.ways] == [
        ("resume", "a" * 24),
        ("delete", "a" * 24),
    ]
    assert "Your answers are kept" in said(page)
    assert page.emergency == EMERGENCY


def test_a_desk_that_cannot_be_looked_up_still_begins_a_check() -> None:
    page = desk.unreached(EMERGENCY)

    assert "Nothing is lost" in said(page)
    assert [way.label for way in page.ways] == ["Start a check"]
    assert page.emergency == EMERGENCY
