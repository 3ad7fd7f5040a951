"""The commands that look after what must be posted, also while a server runs."""

from __future__ import annotations

import click

STATES = ("waiting", "sent", "parked", "unknown")


@click.group()
def outbox() -> None:
    """What must be posted, until it is known to be posted."""


@outbox.command("list", short_help="List rows, and what to do about those held up.")
@click.option("--state", type=click.Choice(STATES))
def list_outbox(state: str | None) -> None:
    """List rows, one a line, with the reason and remedy of those that do not go out."""
    from bot.cli.deliveries import show_rows
    from bot.cli.entries import with_register

    with_register(lambda opened: show_rows(opened, state))


@outbox.command("resend", short_help="Offer a parked or unknown row again.")
@click.argument("row_id", metavar="ID")
def resend_row(row_id: str) -> None:
    """Offer a parked or unknown row again; one that may be out is looked for first."""
    from bot.cli.deliveries import resend
    from bot.cli.entries import with_register

    with_register(lambda opened: resend(opened, row_id))


@outbox.command("resolve", short_help="Say that a row's message is out.")
@click.argument("row_id", metavar="ID")
def resolve_row(row_id: str) -> None:
    """Say that a row's message is out: you have seen it in the channel."""
    from bot.cli.deliveries import resolve
    from bot.cli.entries import with_register

    with_register(lambda opened: resolve(opened, row_id))
