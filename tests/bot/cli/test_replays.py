"""`packs replay`: the register's past checks against another version of their pack."""

from pathlib import Path

import pytest

from tests.bot.server import run

SHIPPED = Path(__file__).parents[3] / "policies/packs/briefing-2018/2018-07-04.toml"


def changed(folder: Path, old: str, new: str) -> str:
    """A new version of the pack with one thing changed."""
    text = SHIPPED.read_text()
    assert old in text
    place = folder / "new.toml"
    place.write_text(text.replace(old, new, 1))
    return str(place)


def test_the_version_of_today_changes_nothing(folder: Path) -> None:
    ended = run(folder, "packs", "replay", "briefing-2018")

    assert ended.returncode == 0
    assert "1 past checks replayed" in ended.stdout
    assert "1  the same advice" in ended.stdout
    assert "SC-" not in ended.stdout


def test_a_check_that_would_get_other_advice_is_named(folder: Path) -> None:
    end = 'id = "share_with_consent"\nverdict = "share"'
    new = changed(folder, end, end.replace('"share"', '"seek_advice"'))

    ended = run(folder, "packs", "replay", "briefing-2018", "--file", new)

    assert ended.returncode == 0, ended.stderr
    assert "1  another verdict" in ended.stdout
    assert "share > seek_advice: SC-" in ended.stdout


def test_checks_of_other_packs_are_left_out(folder: Path) -> None:
    ended = run(folder, "packs", "replay", "croydon-2008")

    assert "0 past checks replayed" in ended.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "named"),
    [
        (("atlantis",), 2, "england-2024"),
        (("briefing-2018", "--on", "1999-01-01"), 2, "2018-07-04"),
        (("croydon-2008", "--file", str(SHIPPED)), 2, "briefing-2018"),
        (("briefing-2018", "--file", "nowhere.toml"), 2, "nowhere.toml"),
        (("briefing-2018", "--file", "."), 1, "."),
    ],
)
def test_what_cannot_be_replayed_is_one_line(
    folder: Path, arguments: tuple[str, ...], code: int, named: str
) -> None:
    ended = run(folder, "packs", "replay", *arguments)

    assert (ended.returncode, ended.stdout) == (code, "")
    assert len(ended.stderr.splitlines()) == 1
    assert named in ended.stderr


def test_a_faulty_new_version_is_refused(folder: Path) -> None:
    new = changed(folder, 'then = "no_purpose"', 'then = "nowhere"')

    ended = run(folder, "packs", "replay", "briefing-2018", "--file", new)

    assert ended.returncode == 1
    assert "nowhere" in ended.stderr
