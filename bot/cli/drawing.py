"""The commands that show a pack to its owner: drawn, screen by screen, and what changed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from bot.cli import advising, reading
from bot.cli.packs import day_of, pairs_of
from policies.filing import FaultyPack
from policies.library import Edition, Library
from policies.proof import prove

TO_FILE = click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write to FILE instead."
)
ON = click.option("--on", callback=day_of, metavar="DATE", help="As the policy stood on that day.")


@click.command("draw", short_help="Draw a pack as a chart.")
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

    edition = reading.edition(pack_id, on)
    given = pairs_of(answers)
    _check(edition, given, going_on(edition.pack, given))
    drawing = chart(edition, given)
    if kind == "mermaid":
        _write(mermaid(drawing), output)
        return
    from bot.printing.layout import svg

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
        raise click.UsageError(f"{output}: {error.strerror}.") from None


@click.command("storyboard", short_help="Lay out every screen of a pack on one page.")
@click.argument("pack_id", metavar="ID")
@ON
@TO_FILE
def storyboard(pack_id: str, on: date, output: Path | None) -> None:
    """Lay out every screen of a pack on one page, for its owner to read and sign."""
    from bot.printing import storyboards
    from policies.storyboard import storyboard

    _write(storyboards.page(storyboard(reading.edition(pack_id, on))), output)


@click.command("diff", short_help="Say what changed in a pack between two versions.")
@click.argument("pack_id", metavar="ID")
@click.argument("old")
@click.argument("new")
def diff(pack_id: str, old: str, new: str) -> None:
    """Say what changed in a pack between OLD and NEW: dates, or files of it."""
    from bot.cli.differences import difference
    from policies.changes import changes
    from policies.rerouted import rerouted

    library = reading.library()
    before, after = (_version(library, pack_id, version) for version in (old, new))
    click.echo(
        difference(before, after, changes(before, after), rerouted(before.pack, after.pack))
    )


def _version(library: Library, pack_id: str, version: str) -> Edition:
    """A pack as it stood on a day, or as a file says it is; sound enough to be walked."""
    try:
        on = date.fromisoformat(version)
    except ValueError:
        file = Path(version)
        if not file.is_file():
            message = f"'{file}' is neither a date, such as 2026-11-22, nor a file."
            raise click.UsageError(message) from None
        edition = reading.draft(pack_id, file)
    else:
        edition = library.find(pack_id, on)
    if faults := prove(edition.pack):
        raise FaultyPack(faults)
    return edition


@click.command("publish", short_help="Write every drawing and storyboard into a folder.")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--shipped", is_flag=True, help="For the docs: without the packs in VAR_DIR/packs.")
def publish(folder: Path, *, shipped: bool) -> None:
    """Write every pack's drawing and storyboard, and a page that lists them, into FOLDER."""
    from bot.printing.publishing import IN_DOCS, published

    files = published(Library.read(), IN_DOCS) if shipped else published(reading.library())
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise click.UsageError(f"{folder}: {error.strerror}.") from None
    for name, text in files.items():
        _write(text, folder / name)
    click.echo(f"{len(files)} files in {folder}.")


COMMANDS = (draw, storyboard, diff, publish)
