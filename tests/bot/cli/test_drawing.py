"""The commands that show a pack to its owner."""

import re
from pathlib import Path

import pytest

from policies.library import SHIPPED
from tests.bot.server import run

PACK = SHIPPED / "packs/briefing-2018/2018-07-04.toml"


def test_a_pack_is_drawn_as_svg_or_as_mermaid(tmp_path: Path) -> None:
    drawn = run(tmp_path, "packs", "draw", "briefing-2018")
    written = run(tmp_path, "packs", "draw", "briefing-2018", "--format", "mermaid")

    assert (drawn.returncode, written.returncode) == (0, 0)
    assert drawn.stdout.startswith("<svg ")
    assert written.stdout.startswith("flowchart TB\n")


def test_a_drawing_goes_to_a_file_with_one_check_marked(tmp_path: Path) -> None:
    answers = ("--answer", "danger=harm", "--answer", "purpose=no", "--answer", "consent=no")

    ended = run(tmp_path, "packs", "draw", "briefing-2018", *answers, "--output", "chart.svg")

    assert (ended.returncode, ended.stdout) == (0, "")
    assert "not marked: consent" in ended.stderr
    assert "✔ No, I cannot say" in (tmp_path / "chart.svg").read_text()


def test_a_storyboard_is_one_page_that_needs_nothing_beside_it(tmp_path: Path) -> None:
    ended = run(tmp_path, "packs", "storyboard", "coventry-2018", "--output", "board.html")

    page = (tmp_path / "board.html").read_text()
    assert (ended.returncode, ended.stdout) == (0, "")
    assert page.startswith("<!doctype html>")
    assert not re.search(r"(src|href)=\"(?!#)", page)


def test_what_changed_is_said_in_words_and_on_the_paths(tmp_path: Path) -> None:
    before, end, after = PACK.read_text().partition('id = "share_lawful_reason"')
    after = after.replace('verdict = "share"', 'verdict = "seek_advice"', 1)
    (tmp_path / "new.toml").write_text(before + end + after)

    ended = run(tmp_path, "packs", "diff", "briefing-2018", "2018-07-04", "new.toml")

    assert (ended.returncode, ended.stderr) == (0, "")
    assert "verdict. Before: MAY SHARE. Now: ASK FOR ADVICE." in ended.stdout
    assert (
        "change verdict, from MAY SHARE to ASK FOR ADVICE. For example: question 1 is"
        in ended.stdout
    )


def test_a_version_is_the_same_as_itself(tmp_path: Path) -> None:
    ended = run(tmp_path, "packs", "diff", "briefing-2018", "2018-07-04", str(PACK))

    assert ended.returncode == 0
    assert "Nothing changed." in ended.stdout


def test_a_version_that_cannot_be_walked_is_refused(tmp_path: Path) -> None:
    text = PACK.read_text().replace('then = "no_purpose"', 'then = "purpose"')
    (tmp_path / "ring.toml").write_text(text)

    ended = run(tmp_path, "packs", "diff", "briefing-2018", "2018-07-04", "ring.toml")

    assert ended.returncode == 1
    assert "The arrows run in a ring" in ended.stderr


def test_every_page_about_the_packs_is_written_into_a_folder(tmp_path: Path) -> None:
    ended = run(tmp_path, "packs", "publish", "made/here")

    assert ended.returncode == 0, ended.stderr
    made = {file.name for file in (tmp_path / "made/here").iterdir()}
    assert {"README.md", "england-2024.svg", "england-2024.mmd", "england-2024.html"} <= made
    assert f"{len(made)} files" in ended.stdout


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("storyboard", "atlantis"), "england-2024"),
        (("storyboard", "england-2024", "--output", "missing/page.html"), "missing/page.html"),
        (("diff", "atlantis", "2026-02-05", "2026-02-05"), "england-2024"),
        (("diff", "england-2024", "1999-01-01", "2026-02-05"), "2026-02-05"),
        (("diff", "england-2024", "2026-02-05", "missing.toml"), "missing.toml"),
        (("diff", "england-2024", str(PACK), str(PACK)), "briefing-2018"),
        (("publish", str(PACK)), "FOLDER"),
        (("publish", str(PACK / "below")), "Not a directory"),
        (("draw", "atlantis"), "england-2024"),
        (("draw", "england-2024", "--answer", "danger"), "QUESTION=OPTION"),
        (("draw", "england-2024", "--answer", "danger=maybe"), "not_sure"),
        (("draw", "england-2024", "--answer", "danger=now", "--answer", "risk=no"), "adult"),
        (("draw", "england-2024", "--answer", "nothing=no"), "receiver"),
        (("draw", "england-2024", "--format", "png"), "mermaid"),
        (("draw", "england-2024", "--output", "missing/chart.svg"), "missing/chart.svg"),
    ],
)
def test_a_wrong_argument_is_one_line_and_exit_two(
    tmp_path: Path, arguments: tuple[str, ...], named: str
) -> None:
    ended = run(tmp_path, "packs", *arguments)

    assert (ended.returncode, ended.stdout) == (2, "")
    assert len(ended.stderr.splitlines()) == 1
    assert named in ended.stderr
