"""The commands that show a pack to its owner."""

from pathlib import Path

import pytest

from tests.bot.server import run


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


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
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
