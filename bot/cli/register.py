"""The commands that read the register and the outbox, also while a server runs."""

from __future__ import annotations

import click

STATES = ("waiting", "sent", "parked", "unknown")


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


@register.command("export")
@click.option(
    "--format", "_form", type=click.Choice(["jsonl"]), default="jsonl", show_default=True
)
def export_register(_form: str) -> None:
    """Write every entry to standard output, one JSON object a line; safe while serving."""
    from bot.cli.entries import export, with_register

    with_register(export)


@click.group()
def outbox() -> None:
    """What must be posted, until it is known to be posted."""


@outbox.command("list")
@click.option("--state", type=click.Choice(STATES))
def list_outbox(state: str | None) -> None:
    """List rows, one a line, with the reason and remedy of those that do not go out."""
    from bot.cli.entries import rows, with_register

    with_register(lambda opened: rows(opened, state))


@outbox.command("resend")
@click.argument("row_id", metavar="ID")
def resend_row(row_id: str) -> None:
    """Offer a parked or unknown row again; one that may be out is looked for first."""
    from bot.cli.entries import resend, with_register

    with_register(lambda opened: resend(opened, row_id))


@outbox.command("resolve")
@click.argument("row_id", metavar="ID")
def resolve_row(row_id: str) -> None:
    """Say that a row's message is out: you have seen it in the channel."""
    from bot.cli.entries import resolve, with_register

    with_register(lambda opened: resolve(opened, row_id))
