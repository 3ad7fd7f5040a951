"""The terminal, one prompt at a time, through a real check."""

from pathlib import Path

from tests.bot.server import run

BRIEFING = {"DEFAULT_PACK": "briefing-2018"}


def test_every_screen_carries_the_emergency_number(tmp_path: Path) -> None:
    said = run(tmp_path, "check", stdin="3\n1\nw\nb\n", **BRIEFING).stdout

    assert said.count("999") >= 4
    assert "Source: " in said


def test_a_wrong_number_is_told_and_asked_again(tmp_path: Path) -> None:
    said = run(tmp_path, "check", stdin="3\n9\n", **BRIEFING).stdout

    assert "! Choose one of the answers." in said
    assert said.count("Question 2 of at most 5") == 2


def test_a_sub_command_opens_its_page_and_a_way_leads_on(tmp_path: Path) -> None:
    said = run(tmp_path, "check", "help", stdin="1\n3\n", **BRIEFING).stdout

    assert "share-check resume" in said
    assert "Question 2 of at most 5" in said


def test_what_a_form_says_below_its_fields_is_said_before_they_are_asked(tmp_path: Path) -> None:
    said = run(tmp_path, "check", "ask", stdin="q\n", **BRIEFING).stdout

    assert said.index("Before you write") < said.index("More about who can find out")


def test_danger_now_shows_what_to_do_and_goes_on(tmp_path: Path) -> None:
    said = run(tmp_path, "check", stdin="1\no\n", **BRIEFING).stdout

    assert "999" in said.partition("==")[2]
    assert "Question 2 of at most 5" in said


def test_what_looks_like_personal_data_is_held_back(tmp_path: Path) -> None:
    form = "\n1\n1\n1\n" + "\n" * 7 + "Call her on 07700 900123\n"
    again = "k\nn\n"

    ended = run(tmp_path, "check", stdin="3\n1\n1\n\n\n" + form + again, **BRIEFING)
    shown = run(tmp_path, "register", "show", "2")

    assert "! This may be personal data: “07700 900123”." in ended.stdout
    assert "Done." in ended.stdout
    assert "Reasons: Call her on 07700 900123" in shown.stdout


def test_a_doubt_is_told_by_its_ways_out_and_both_risks(tmp_path: Path) -> None:
    said = run(tmp_path, "check", stdin="3\n1\n3\n\n", **BRIEFING).stdout
    said = " ".join(said.split())

    assert "-- What each answer would lead to -- To “Has the person agreed" in said
    assert "-- The risk of sharing --" in said
    assert "1. You said nobody is in danger" in said
    assert "What this advice takes for granted" in said


def test_leaving_a_page_speaks_of_no_check_and_numbers_stand_apart(tmp_path: Path) -> None:
    page = run(tmp_path, "check", "rules", **BRIEFING).stdout
    check = run(tmp_path, "check", **BRIEFING).stdout

    assert "You have left the page." in page
    assert "You have left the check." in check
    assert "Emergency services: 999. Any time. For danger now" in check
