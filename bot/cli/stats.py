"""What `register stats` does: the tables, for a person or for another program."""

from __future__ import annotations

import json

import click

from bot.cli import reading
from bot.register.store import Register
from bot.statistics import NOTE, Table, gather


async def stats(register: Register, *, as_json: bool) -> None:
    """Print every table, with as much hidden as has to be."""
    statistics = await gather(register.export(), reading.library())
    if as_json:
        tables = {table.title: dict(table.rows) for table in statistics.tables}
        click.echo(json.dumps({"note": NOTE, "tables": tables}, ensure_ascii=False))
        return
    for table in statistics.tables:
        click.echo(_laid_out(table))
    click.echo(NOTE)


def _laid_out(table: Table) -> str:
    width = max((len(label) for label, _ in table.rows), default=0)
    rows = [f"  {label:<{width}}  {shown:>7}" for label, shown in table.rows]
    return "\n".join([table.title, *(rows or ["  Nothing yet."]), ""])
