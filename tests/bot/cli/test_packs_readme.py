"""`policies/README.md` followed to the letter: its pack is filed, and its commands are run."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bot.server import Server, environment

README = (Path(__file__).parents[3] / "policies" / "README.md").read_text()
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
SHELL = [text for kind, text in BLOCKS if kind == "sh"]


@pytest.fixture
def club(tmp_path: Path) -> Path:
    """A folder in which the page's pack and its case are saved where the page says."""
    places = re.findall(r"^Save this as `(\S+)`\.", README, re.MULTILINE)
    files = [text for kind, text in BLOCKS if kind == "toml"]
    for place, text in zip(places, files, strict=True):
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_text(text)
    return tmp_path


def follow(folder: Path, script: str) -> str:
    """Run a block as it is printed; nothing may fail, and nothing be said on stderr."""
    own = environment(folder)
    own["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{own['PATH']}"
    ended = subprocess.run(
        ["sh", "-e", "-u"],
        input=script,
        capture_output=True,
        text=True,
        cwd=folder,
        env=own,
        timeout=120,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    return ended.stdout


def test_the_page_can_be_followed_to_the_letter(club: Path) -> None:
    said = "".join(follow(club, script) for script in SHELL)

    assert re.search(
        r"^club-2026 2026-11-01: \d+ paths, all hold; reading age", said, re.MULTILINE
    )
    assert "13 cases for practice, each reaches the outcome that it states." in said
    assert "club-2026  2026-11-01  local" in said
    assert "Tell the welfare lead today. Consent is not needed." in said
    assert "Whom to ask: The club's welfare lead: 01632 960 001." in said
    assert '"verdict": "do_not_share"' in said
    assert "Every day until 8 pm" in said
    for drawing in ("club.svg", "one-path.svg"):
        assert "<svg" in (club / drawing).read_text()
    assert "Are you worried about how a child is?" in (club / "club.html").read_text()


def test_its_pack_is_followed_by_the_server(club: Path) -> None:
    [setting] = re.findall(r"^Set `DEFAULT_PACK=(\S+)` and start", README, re.MULTILINE)

    with Server(club, DEFAULT_PACK=setting):
        pass

    assert "pack.left_out" not in (club / "log").read_text()


def test_every_link_on_the_page_leads_somewhere() -> None:
    for link in re.findall(r"\]\((?!https?:)([^)#]+)", README):
        assert (Path(__file__).parents[3] / "policies" / link).exists(), link
