"""The commands that read the policies: what they advise, hold, and would change."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TextIO

import click

from bot.cli import advising, reading, text
from bot.cli.ending import stop
from policies.filing import FaultyPack
from policies.proof import prove


def _today() -> date:
    return datetime.now(UTC).date()


def day_of(_: click.Context, __: click.Parameter, value: str | None) -> date:
    """The day given by an option, or today."""
    if value is None:
        return _today()
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise click.UsageError(f"--on: '{value}' is not a date; write it as 2026-11-22.") from None


@click.command(short_help="Say what a policy advises, or asks next.")
@click.option("--pack", "pack_id", required=True, metavar="ID", help="Which policy to follow.")
@click.option("--on", callback=day_of, metavar="DATE", help="As the policy stood on that day.")
@click.option(
    "--answer",
    "answers",
    multiple=True,
    metavar="QUESTION=OPTION",
    help="One answer; once for each question.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for other tools.")
@click.option(
    "--batch",
    "batch_file",
    is_flag=False,
    flag_value="-",
    metavar="[FILE]",
    type=click.File(encoding="utf-8", errors="replace"),
    help="One JSON object of answers a line, from FILE or standard input.",
)
def advise(
    pack_id: str, on: date, answers: tuple[str, ...], *, as_json: bool, batch_file: TextIO | None
) -> None:
    """Say what a policy advises on these answers, or which question comes next."""
    edition = reading.edition(pack_id, on)
    if batch_file is not None:
        if answers:
            raise click.UsageError("--batch reads the answers: leave --answer out.")
        _batch(advising.batch(edition, batch_file))
        return
    given = pairs_of(answers)
    try:
        if as_json:
            click.echo(json.dumps(advising.advise(edition, given), ensure_ascii=False))
        else:
            stands = advising.found_by(edition.pack, given)
            click.echo(text.stands(edition.pack, stands, given, on))
    except advising.NotOffered as error:
        raise click.UsageError(str(error)) from None


def pairs_of(answers: tuple[str, ...]) -> dict[str, str]:
    """The answers given as QUESTION=OPTION."""
    pairs: dict[str, str] = {}
    for answer in answers:
        question, equals, option = answer.partition("=")
        if not equals or not question or not option:
            raise click.UsageError(f"--answer: '{answer}' is not QUESTION=OPTION.")
        if pairs.get(question, option) != option:
            raise click.UsageError(f"--answer: '{question}' is answered twice.")
        pairs[question] = option
    return pairs


def _batch(results: Iterator[advising.Result]) -> None:
    faulty = 0
    for result in results:
        faulty += "error" in result
        click.echo(json.dumps(result, ensure_ascii=False))
    if faulty:
        stop(f"{faulty} of the lines could not be answered; each says why.", 2)


@click.group()
def packs() -> None:
    """The policies that this bot carries."""


@packs.command("list")
def list_packs() -> None:
    """List every pack, one a line."""
    for edition in reading.library().newest():
        pack = edition.pack
        instead = f", superseded by {pack.superseded_by}" if pack.superseded_by else ""
        click.echo(f"{pack.id}  {pack.version}  {pack.status}{instead}  {pack.name}")


@packs.command("show", short_help="Show a pack: questions, outcomes, rules, gaps.")
@click.argument("pack_id", metavar="ID")
@click.option("--on", callback=day_of, metavar="DATE", help="As the policy stood on that day.")
def show_pack(pack_id: str, on: date) -> None:
    """Show a pack: its questions and arrows, outcomes, rules, gaps and overtaken facts."""
    click.echo(text.pack(reading.edition(pack_id, on)))


@packs.command("replay", short_help="Say which past checks would get other advice.")
@click.argument("pack_id", metavar="ID")
@click.option("--on", callback=day_of, metavar="DATE", help="Against the version of that day.")
@click.option(
    "--file", "draft", type=click.Path(path_type=Path, exists=True), help="Against a new file."
)
def replay_pack(pack_id: str, on: date, draft: Path | None) -> None:
    """Say which past checks of a pack would get other advice under another version of it."""
    from bot.cli.entries import with_register
    from bot.cli.replays import replay

    edition = reading.draft(pack_id, draft) if draft else reading.edition(pack_id, on)
    if faults := prove(edition.pack):
        raise FaultyPack(faults)
    with_register(lambda opened: replay(opened, edition))
