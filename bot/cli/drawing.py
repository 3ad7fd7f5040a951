"""The commands that show a pack to its owner: drawn as a chart."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from bot import advising
from bot.cli.packs import day_of, pairs_of
from policies.library import Edition, Library

TO_FILE = click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to FILE instead."
)
ON = click.option("--on", callback=day_of, metavar="DATE", help="As the policy stood on that day.")


@click.command("draw")
@click.argument("pack_id", metavar="ID")
@ON
@click.option("--format", "kind", type=click.Choice(["svg", "mermaid"]), default="svg")
@click.option(
    "--answer",
    "answers",
    multiple=True,
    metavar="QUESTION=OPTION",
    help="Mark the path of one check; once for each answer.",
)
@TO_FILE
def draw(pack_id: str, on: date, kind: str, answers: tuple[str, ...], output: Path | None) -> None:
    """Draw a pack as a chart: its questions, where each answer leads, and the verdicts."""
    from policies.drawing import chart, going_on
    from policies.mermaid import mermaid

    edition = Library.read().find(pack_id, on)
    given = pairs_of(answers)
    _check(edition, given, going_on(edition.pack, given))
    drawing = chart(edition, given)
    if kind == "mermaid":
        _write(mermaid(drawing), output)
        return
    from bot.layout import svg

    _write(svg(drawing), output)


def _check(edition: Edition, answers: dict[str, str], passed: tuple[str, ...]) -> None:
    """Refuse answers that the pack does not offer, and name those that are off the path."""
    try:
        found = advising.advise(edition, answers, passed)
    except advising.NotOffered as error:
        raise click.UsageError(str(error)) from None
    if found["unused"]:
        click.echo(f"Not on the path, so not marked: {', '.join(found['unused'])}.", err=True)


def _write(text: str, output: Path | None) -> None:
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise click.UsageError(f"--output: {output}: {error.strerror}.") from None


COMMANDS = (draw,)
