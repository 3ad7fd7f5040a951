"""The app's manifest, held to what the code asks of Slack and to what its guide explains."""

import re
from pathlib import Path

from bot.surfaces.slack.surface import PATH

FOLDER = Path(__file__).parents[4] / "deploy" / "slack"


def test_the_guide_gives_a_reason_for_every_scope() -> None:
    manifest, guide = (FOLDER / "manifest.yaml").read_text(), (FOLDER / "README.md").read_text()
    asked_for = re.search(r"bot:\n((?: +- .+\n)+)", manifest)

    assert asked_for is not None
    scopes = re.findall(r"- (\S+)", asked_for.group(1))
    explained = re.findall(r"^\| `([a-z:]+)` \|", guide, re.MULTILINE)
    assert scopes == explained


def test_slack_is_sent_to_where_the_app_listens() -> None:
    manifest = (FOLDER / "manifest.yaml").read_text()

    addresses = re.findall(r"url: https://[^/]+(/\S+)", manifest)
    assert addresses == [PATH, PATH]
