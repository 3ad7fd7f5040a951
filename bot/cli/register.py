"""The commands that read the register, also while a server runs."""

from __future__ import annotations

from pathlib import Path

import click


@click.group()
def register() -> None:
    """The list of advice given and decisions taken."""


@register.command("show")
@click.argument("seq", type=click.IntRange(1, 2**53))
def show_entry(seq: int) -> None:
    """Show one entry by its place, with its free text while the key stands."""
    from bot.cli.entries import show, with_register

    with_register(lambda opened: show(opened, seq))


@register.command("find")
@click.argument("reference")
def find_entries(reference: str) -> None:
    """Find the entries of a check by its reference (SC-....-....) or its id."""
    from bot.cli.entries import find, with_register

    with_register(lambda opened: find(opened, reference))


@register.command("stats")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for other tools.")
def show_stats(*, as_json: bool) -> None:
    """Count advice and decisions, with small numbers hidden; never by person."""
    from bot.cli.entries import with_register
    from bot.cli.stats import stats

    with_register(lambda opened: stats(opened, as_json=as_json))


@register.command("export")
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "csv", "html"]),
    default="jsonl",
    show_default=True,
)
@click.option("--reference", metavar="SC-…", help="One check only, by its reference or id.")
@click.option(
    "--into",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="With html: a page for each decision, in this folder.",
)
def export_register(form: str, reference: str | None, folder: Path | None) -> None:
    """Write entries as JSON Lines or CSV, or a page for the case file; safe while serving."""
    from bot.cli.entries import with_register
    from bot.cli.exports import export_lines, export_pages

    if form != "html":
        if folder is not None:
            raise click.UsageError("--into: goes with --format html.")
        with_register(lambda opened: export_lines(opened, form, reference))
        return
    if reference is None and folder is None:
        raise click.UsageError("--format html: name a check (--reference) or a folder (--into).")
    with_register(lambda opened: export_pages(opened, reference, folder))
