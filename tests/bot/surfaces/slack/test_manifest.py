"""The app's manifest, held to what the code asks of Slack and to what its guide explains."""

import re
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot.surfaces.slack.manifest import EXAMPLE, manifest
from bot.surfaces.slack.payloads import EVENTS as HEARD
from bot.surfaces.slack.scopes import EVENTS, SCOPES
from bot.surfaces.slack.surface import PATH, REDIRECT
from tests.bot.server import run

ROOT = Path(__file__).parents[4]
FOLDER = ROOT / "deploy" / "slack"
NEEDED = {
    "apps.connections.open": set[str](),
    "chat.postEphemeral": {"chat:write"},
    "chat.postMessage": {"chat:write"},
    "chat.update": {"chat:write"},
    "conversations.history": {"channels:history", "groups:history", "im:history"},
    "conversations.info": {"channels:read", "groups:read"},
    "conversations.join": {"channels:join"},
    "conversations.members": {"channels:read", "groups:read"},
    "conversations.open": {"im:write"},
    "oauth.v2.access": set[str](),
    "users.info": {"users:read"},
    "users.list": {"users:read"},
    "views.open": set[str](),
    "views.publish": set[str](),
    "views.push": set[str](),
    "views.update": set[str](),
}
"""What each method needs of the bot's token, from Slack's reference of methods."""
TOLD = {"app_mention": {"app_mentions:read"}, "message.im": {"im:history"}}
"""And each event, where it needs anything."""


UNLIKE = {"apps_connections_open": "apps.connections.open"}
"""Methods that the client names in its own way."""


def read(text: str) -> Any:
    return YAML(typ="safe").load(text)


def methods_called() -> set[str]:
    code = "\n".join(file.read_text() for file in (ROOT / "bot/surfaces/slack").glob("*.py"))
    of_the_client = re.findall(r"\bc\.([a-z]+(?:_[A-Za-z0-9]+)+)\(", code)
    by_name = re.findall(r'_asked\([^"]*"([a-z]+\.[a-zA-Z.]+)"', code)
    by_name += re.findall(r'api_call\("([a-z0-9.A-Z]+)"', code)
    asked = {name for name in of_the_client if name != "api_call"} | {*by_name}
    return {UNLIKE.get(name, name.replace("_", ".", 1)) for name in asked}


def test_the_scopes_are_those_that_the_code_needs() -> None:
    called = methods_called()

    needed = {"commands"}.union(*(NEEDED[method] for method in called), *TOLD.values())
    assert called == set(NEEDED)
    assert set(SCOPES) == needed


def test_the_events_are_those_that_the_code_hears() -> None:
    assert {event.partition(".")[0] for event in EVENTS} == set(HEARD)


def test_the_file_is_what_the_command_prints(tmp_path: Path) -> None:
    printed = run(tmp_path, "manifest", "slack")

    assert printed.returncode == 0
    assert printed.stdout == (FOLDER / "manifest.yaml").read_text()


def test_every_address_is_the_servers_own(tmp_path: Path) -> None:
    printed = run(tmp_path, "manifest", "slack", "--url", "https://bot.example.com/").stdout

    addresses = re.findall(r"https://\S+", printed)
    assert set(addresses) == {f"https://bot.example.com{path}" for path in (PATH, REDIRECT)}
    assert len(addresses) == 4


def test_in_socket_mode_slack_calls_nobody(tmp_path: Path) -> None:
    printed = read(run(tmp_path, "manifest", "slack", "--socket-mode").stdout)

    assert printed["settings"]["socket_mode_enabled"] is True
    assert "request_url" not in str(printed)
    assert "url" not in printed["features"]["slash_commands"][0]


@pytest.mark.parametrize(
    "url", ["http://bot.example.com", "bot", "https://bot.example.com/path", "https://a b"]
)
def test_another_address_is_refused_in_one_line(tmp_path: Path, url: str) -> None:
    done = run(tmp_path, "manifest", "slack", "--url", url)

    assert done.returncode == 2
    assert done.stderr.startswith("--url: ") or "--url: " in done.stderr
    assert done.stdout == ""


def test_it_keeps_to_slacks_lengths() -> None:
    made = read(manifest(EXAMPLE, socket=False))

    [shortcut], [command] = made["features"]["shortcuts"], made["features"]["slash_commands"]
    assert len(made["display_information"]["name"]) <= 35
    assert len(made["display_information"]["description"]) <= 140
    assert len(shortcut["name"]) <= 24
    assert len(shortcut["description"]) <= 150
    assert len(command["description"]) <= 2_000


def test_the_guide_gives_the_same_reason_for_every_scope() -> None:
    guide = (FOLDER / "README.md").read_text()

    explained = dict(re.findall(r"^\| `([a-z_:]+)` \| (.+) \|$", guide, re.MULTILINE))
    assert {scope: explained.get(scope) for scope in SCOPES} == SCOPES
