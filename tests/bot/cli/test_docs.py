"""What the docs tell people to type is there to be typed."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from bot.cli import commands

ROOT = Path(__file__).parents[3]
PAGES = sorted(
    page
    for folder in (".", "docs", "docs/adr", "deploy", "deploy/slack", "deploy/teams", "policies")
    for page in (ROOT / folder).glob("*.md")
    if page.name != "CHANGELOG.md"
)
TYPED = re.compile(r"(?<![/\w-])share-check((?: [^\s`|;#]+)+)")
CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)


def typed(page: Path) -> Iterator[str]:
    """Every command line of a page, in a block or within a line."""
    for code in CODE.findall(page.read_text()):
        yield from (found.strip() for found in TYPED.findall(code))


def what_is_missing(line: str) -> str:
    """The first word that the command line does not know; none if it knows them all."""
    command: click.Command = commands
    for word in line.split():
        if word.startswith("--"):
            known = {name for each in command.params for name in each.opts}
            if word not in {*known, "--help", "--version"}:
                return word
        elif isinstance(command, click.Group):
            if word not in command.commands:
                return word
            command = command.commands[word]
    return ""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_page_names_commands_and_options_that_exist(page: Path) -> None:
    missing = {line: word for line in typed(page) if (word := what_is_missing(line))}

    assert missing == {}


def test_what_does_not_exist_would_be_found() -> None:
    assert what_is_missing("register verify --since FILE") == ""
    assert what_is_missing("register verify --sinse FILE") == "--sinse"
    assert what_is_missing("registre verify") == "registre"
