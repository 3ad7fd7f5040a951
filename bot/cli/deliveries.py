"""What the outbox's commands do, and how they lay out its rows."""

from __future__ import annotations

from typing import cast

import click

from bot.outbox import Outbox, Row, State
from bot.register.store import Register

NEVER = "There is no row '{}' in the outbox; share-check outbox list shows them."
STANDS = {
    "sent": "Row '{}' is sent already.",
    "waiting": "Row '{}' goes out by itself: nobody has to do anything.",
    "unknown": "Row '{}' is still being looked for; wait until that is over.",
}


async def show_rows(register: Register, state: str | None) -> None:
    """Print the outbox, one row a line."""
    for row in await _outbox(register).list(cast("State | None", state)):
        click.echo(row_line(row))


async def resend(register: Register, row_id: str) -> None:
    """Offer a row again."""
    if not await _outbox(register).resend(row_id):
        raise click.UsageError(await _why_not(register, row_id))
    click.echo("It will be sent by the running server, or by the next one.")


async def resolve(register: Register, row_id: str) -> None:
    """Take a person's word that a row is out."""
    if not await _outbox(register).resolve(row_id):
        raise click.UsageError(await _why_not(register, row_id))
    click.echo("It counts as sent.")


async def _why_not(register: Register, row_id: str) -> str:
    row = await _outbox(register).one(row_id)
    return (STANDS[row.state] if row else NEVER).format(row_id)


def _outbox(register: Register) -> Outbox:
    return Outbox(register.database, register.keyring, {}, posted=register.posted)


def row_line(row: Row) -> str:
    """A row of the outbox in one line; `?` after the state says that the bot still looks."""
    looking = "?" if row.state == "unknown" and row.next_at is not None else ""
    why = f"  {row.reason} {row.remedy or ''}".rstrip() if row.reason else ""
    about = row.body.get("reference") or ""
    place = f"{row.surface}  {row.purpose}  {row.at}"
    return f"{row.id}  {row.state}{looking}  {place}  {about}{why}".rstrip()
