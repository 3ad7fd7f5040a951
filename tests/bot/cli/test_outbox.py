"""The outbox's commands: what they list, and what they say to an id that does not fit."""

from pathlib import Path

import pytest

from tests.bot.server import run


def listed(folder: Path, *more: str) -> list[list[str]]:
    return [line.split() for line in run(folder, "outbox", "list", *more).stdout.splitlines()]


def test_a_row_is_one_line_with_its_reference(folder: Path) -> None:
    [row] = listed(folder)

    assert len(row[0]) == 32
    assert row[2:4] == ["web", "summary"]
    assert row[5].startswith("SC-")
    assert listed(folder, "--state", "parked") == []


@pytest.mark.parametrize(
    ("command", "row_id", "named"),
    [
        ("resend", "nothing", "There is no row 'nothing'"),
        ("resolve", "nothing", "There is no row 'nothing'"),
        ("resend", "", "There is no row ''"),
        ("resolve", "0" * 500, "share-check outbox list"),
        ("resend", "'; DROP TABLE outbox; --", "share-check outbox list"),
    ],
)
def test_an_id_that_is_none_is_told_in_one_line(
    folder: Path, command: str, row_id: str, named: str
) -> None:
    ended = run(folder, "outbox", command, "--", row_id)

    assert (ended.returncode, ended.stdout) == (2, "")
    assert len(ended.stderr.splitlines()) == 1
    assert named in ended.stderr


def test_a_row_that_needs_nobody_says_so(folder: Path) -> None:
    [[row_id, *_]] = listed(folder)

    waiting = run(folder, "outbox", "resend", row_id)
    resolved = run(folder, "outbox", "resolve", row_id)
    sent = run(folder, "outbox", "resend", row_id)

    assert (waiting.returncode, sent.returncode) == (2, 2)
    assert "goes out by itself" in waiting.stderr
    assert resolved.stdout == "It counts as sent.\n"
    assert "is sent already" in sent.stderr
