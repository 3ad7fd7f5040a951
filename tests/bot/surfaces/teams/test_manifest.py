"""The app package: valid against Microsoft's schema, with icons of the right size and kind."""

import json
import struct
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bot.cli import commands
from bot.surfaces.teams import icons
from bot.surfaces.teams.manifest import COMMANDS, PLACEHOLDER, SCHEMA, App, as_text, manifest

SCHEMA_FILE = Path(__file__).parent / "schema" / "MicrosoftTeams.schema.json"
FOLDER = Path(__file__).parents[4] / "deploy" / "teams"
APP_ID = "00000000-aaaa-4bbb-8ccc-dddddddddddd"
SUB_COMMANDS = {
    *("start", "resume", "record", "ask", "find", "verify", "rules", "myths", "law", "contacts"),
    *("agreements", "training", "practise", "privacy", "setup", "help"),
}


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("MICROSOFT_APP_ID", "MICROSOFT_APP_PASSWORD", "MICROSOFT_APP_TENANT_ID"):
        monkeypatch.delenv(name, raising=False)


def register(monkeypatch: pytest.MonkeyPatch, app_id: str = APP_ID) -> None:
    monkeypatch.setenv("MICROSOFT_APP_ID", app_id)
    monkeypatch.setenv("MICROSOFT_APP_PASSWORD", "made-up")
    monkeypatch.setenv("MICROSOFT_APP_TENANT_ID", "made-up")


def is_valid(made: Any) -> bool:
    """Whether the validator that checks the deployment files takes it."""
    Path("manifest.json").write_text(json.dumps(made))
    program = Path(sys.executable).with_name("check-jsonschema")
    asked = [str(program), "--schemafile", str(SCHEMA_FILE), "manifest.json"]
    return subprocess.run(asked, check=False, capture_output=True).returncode == 0


def pixels(icon: bytes) -> bytes:
    """What an icon shows: the same picture may be packed in other bytes elsewhere."""
    start = icon.index(b"IDAT") + 4
    (length,) = struct.unpack(">I", icon[start - 8 : start - 4])
    return zlib.decompress(icon[start : start + length])


def test_the_manifest_that_is_printed_is_valid(monkeypatch: pytest.MonkeyPatch) -> None:
    register(monkeypatch)

    printed = CliRunner().invoke(commands, ["manifest", "teams"])

    made = json.loads(printed.stdout)
    assert is_valid(made)
    assert printed.exit_code == 0
    assert made["$schema"] == SCHEMA
    assert (made["id"], made["bots"][0]["botId"]) == (APP_ID, APP_ID)
    assert made["bots"][0]["scopes"] == ["personal", "team", "groupChat"]


def test_the_schema_would_refuse_a_faulty_one() -> None:
    made = manifest(App(PLACEHOLDER, "1.0.0", "Made-up", "https://a.example", "https://a", "ftp:"))

    assert not is_valid(made)


def test_the_zip_holds_the_manifest_and_both_icons(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    register(monkeypatch)
    asked = ["manifest", "teams", "--zip", "app.zip", "--organisation", "Made-up Council"]

    written = CliRunner().invoke(commands, [*asked, "--website", "https://council.example"])

    assert written.exit_code == 0
    with zipfile.ZipFile(tmp_path / "app.zip") as archive:
        assert sorted(archive.namelist()) == ["color.png", "manifest.json", "outline.png"]
        made = json.loads(archive.read("manifest.json"))
        assert pixels(archive.read("color.png")) == pixels(icons.colour_icon())
    assert is_valid(made)
    assert made["developer"]["name"] == "Made-up Council"


@pytest.mark.parametrize(
    ("app_id", "asked", "named"),
    [
        (None, ["--zip", "app.zip"], "MICROSOFT_APP_ID"),
        ("not-a-guid", [], "MICROSOFT_APP_ID"),
        (APP_ID, ["--website", "http://council.example"], "https://"),
        (APP_ID, ["--organisation", "x" * 40], "--organisation"),
        (APP_ID, ["--zip", "no/such/folder/app.zip"], "--zip"),
    ],
)
def test_what_is_wrong_is_one_line(
    monkeypatch: pytest.MonkeyPatch, app_id: str | None, asked: list[str], named: str
) -> None:
    if app_id:
        register(monkeypatch, app_id)

    refused = CliRunner().invoke(commands, ["manifest", "teams", *asked])

    assert refused.exit_code == 2
    assert named in refused.stderr.splitlines()[-1]


def test_teams_offers_ten_commands_that_there_are() -> None:
    assert len(COMMANDS) <= 10
    assert COMMANDS.keys() <= SUB_COMMANDS


def test_the_files_beside_the_guide_are_fresh() -> None:
    address = "https://share-check.example.org"
    made = manifest(App(PLACEHOLDER, "0.1.0", "Share Check", address, address, address))

    assert pixels((FOLDER / "color.png").read_bytes()) == pixels(icons.colour_icon())
    assert pixels((FOLDER / "outline.png").read_bytes()) == pixels(icons.outline_icon())
    assert (FOLDER / "manifest.json").read_text() == as_text(made)


@pytest.mark.parametrize(
    ("icon", "size"), [(icons.colour_icon(), 192), (icons.outline_icon(), 32)]
)
def test_icons_have_the_size_that_teams_asks_for(icon: bytes, size: int) -> None:
    assert struct.unpack(">II", icon[16:24]) == (size, size)


def test_the_outline_is_white_on_nothing() -> None:
    shown = pixels(icons.outline_icon())
    rows = [shown[row * 129 + 1 : row * 129 + 129] for row in range(32)]
    colours = {row[at : at + 3] for row in rows for at in range(0, 128, 4)}
    alphas = {row[at] for row in rows for at in range(3, 128, 4)}

    assert colours == {b"\xff\xff\xff"}
    assert {0, 255} <= alphas
