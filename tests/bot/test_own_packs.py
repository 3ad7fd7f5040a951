"""An owner's own packs beside the shipped ones, in commands and in a running server."""

import json
from datetime import date
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.bot.server import Server, run
from tests.policies.builders import file
from tests.policies.test_outside import draft_of_ours

OURS = {"DEFAULT_PACK": "garden-2025"}
TO_SHARE = ("--answer", "danger=no", "--answer", "risk=child")


def garden(folder: Path, *, sound: bool = True) -> Path:
    """File the garden pack, sound or with an arrow that leads nowhere."""
    draft = draft_of_ours()
    if not sound:
        draft.option("risk", "child").update(then="nowhere")
    return file(folder / "var" / "packs" / "garden-2025" / "2025-05-01.toml", draft.pack)


def get(server: Server, path: str) -> tuple[int, str]:
    connection = HTTPConnection(server.url.removeprefix("http://"))
    connection.request("GET", path)
    response = connection.getresponse()
    text = response.read().decode()
    connection.close()
    return response.status, text


def test_commands_read_it_like_any_other(tmp_path: Path) -> None:
    garden(tmp_path)

    listed = run(tmp_path, "packs", "list")
    shown = run(tmp_path, "packs", "show", "garden-2025")
    advised = run(tmp_path, "advise", "--pack", "garden-2025", *TO_SHARE, "--json")
    drawn = run(tmp_path, "packs", "draw", "garden-2025", "--format", "mermaid")
    linted = run(tmp_path, "packs", "lint")

    assert "garden-2025  2025-05-01  current  The garden rules" in listed.stdout
    assert "consent (inferred): What about consent?" in shown.stdout
    assert json.loads(advised.stdout)["outcome"] == "tell"
    assert "risk" in drawn.stdout
    assert "garden-2025/2025-05-01.toml: pause: Is silent on sharing_risk." in linted.stderr


def test_it_is_compared_and_published_like_any_other(tmp_path: Path) -> None:
    draft = draft_of_ours()
    draft.pack |= {"version": date(2027, 1, 4)}
    draft.option("consent", "no").update(label="They refused")
    garden(tmp_path)
    file(tmp_path / "new.toml", draft.pack)

    compared = run(tmp_path, "packs", "diff", "garden-2025", "2025-05-01", "new.toml")
    published = run(tmp_path, "packs", "publish", "drawn")
    shipped = run(tmp_path, "packs", "publish", "--shipped", "docs")

    assert "label. Before: “No”. Now: “They refused”." in compared.stdout
    assert (published.returncode, shipped.returncode) == (0, 0)
    assert (tmp_path / "drawn" / "garden-2025.svg").exists()
    assert not (tmp_path / "docs" / "garden-2025.svg").exists()


def test_a_check_follows_it_from_the_first_question_to_the_record(tmp_path: Path) -> None:
    garden(tmp_path)

    said = run(tmp_path, "check", stdin="3\n1\n\n\nu\n", **OURS).stdout
    exported = run(tmp_path, "register", "export").stdout

    assert "What about risk?" in said
    assert "== This is tell ==" in said
    assert json.loads(exported.splitlines()[0])["pack"] == "garden-2025"


def test_a_server_follows_it(tmp_path: Path) -> None:
    garden(tmp_path)

    with Server(tmp_path, **OURS) as server:
        status, text = get(server, "/")

    assert status == 200
    assert "The garden rules" in text
    assert "999" in text


def test_a_bad_one_is_left_out_and_said_while_the_others_serve(tmp_path: Path) -> None:
    place = garden(tmp_path, sound=False)

    with Server(tmp_path) as server:
        assert get(server, "/readyz")[0] == 200
    log = [json.loads(line) for line in (tmp_path / "log").read_text().splitlines()]
    listed = run(tmp_path, "packs", "list")
    checked = run(tmp_path, "config", "check")

    [left] = [line for line in log if line["event"] == "pack.left_out"]
    assert left["pack"] == "garden-2025"
    assert left["why"].startswith(f"{place}: risk: The arrow of risk=child leads to 'nowhere'")
    assert "garden-2025" not in listed.stdout
    assert listed.returncode == 0
    assert listed.stderr == "1 left out of your own packs: see share-check packs lint.\n"
    assert f"Warning: left out: {place}: risk: " in checked.stderr
    assert checked.returncode == 0


def test_lint_says_what_is_wrong_with_it_and_ends_badly(tmp_path: Path) -> None:
    place = garden(tmp_path, sound=False)

    ended = run(tmp_path, "packs", "lint")

    assert ended.returncode == 1
    assert f"{place}: risk: The arrow of risk=child leads to 'nowhere'" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert "england-2024" in ended.stdout


@pytest.mark.parametrize("command", [("serve",), ("check",), ("config", "check")])
def test_a_bad_one_that_is_to_be_followed_stops_everything(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    place = garden(tmp_path, sound=False)

    ended = run(tmp_path, *command, **OURS)

    assert ended.returncode == 1
    assert ended.stdout == ""
    [line] = ended.stderr.splitlines()
    assert line.startswith(f"{place}: risk: ")


def test_a_bad_later_version_of_the_default_is_no_reason_to_follow_the_older(
    tmp_path: Path,
) -> None:
    place = tmp_path / "var" / "packs" / "england-2024" / "2026-12-01.toml"
    place.parent.mkdir(parents=True)
    place.write_text("id = ")

    served = run(tmp_path, "serve")
    advised = run(tmp_path, "advise", "--pack", "england-2024")

    for ended in (served, advised):
        assert ended.returncode == 1
        [line] = ended.stderr.splitlines()
        assert "england-2024/2026-12-01.toml: file: Not TOML: " in line
        assert "(at line 1, where it ends)" in line


def test_a_default_that_nobody_filed_is_a_wrong_setting(tmp_path: Path) -> None:
    ended = run(tmp_path, "serve", DEFAULT_PACK="garden-2026")

    assert ended.returncode == 2
    assert ended.stderr.startswith("DEFAULT_PACK: There is no pack 'garden-2026'")
