"""What the register's commands do, and how they lay out entries."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable

import click

from bot import logs
from bot.cli.ending import run
from bot.keys import Unopenable
from bot.register.entries import Entry, Erased
from bot.register.kept_tree import Altered
from bot.register.store import Register
from bot.settings import Settings
from bot.stopping import BadSettings, CannotStart
from bot.stores import open_register


def with_register(
    work: Callable[[Register], Awaitable[None]], settings: Settings | None = None
) -> None:
    """Open the register, beside a running server or alone, and nothing else."""
    settings = settings or Settings.read()
    logs.configure("error")

    async def opened() -> None:
        async with open_register(settings, settings.keyring()) as register:
            try:
                await work(register)
            except Unopenable as error:
                raise BadSettings(f"SECRET_KEYS: {error} Put the old key back.") from None
            except Altered as error:
                why = f"The register does not verify. {error} See share-check register verify."
                raise CannotStart(why) from None

    run(opened())


async def show(register: Register, seq: int) -> None:
    """Print one entry in full."""
    entry = await register.entry(seq)
    if entry is None:
        raise click.UsageError(f"There is no entry {seq}.")
    click.echo(entry_text(entry, await register.text(entry)))


async def find(register: Register, reference: str) -> None:
    """Print the entries of a check, one a line."""
    for entry in await found(register, reference):
        click.echo(entry_line(entry))


async def found(register: Register, reference: str) -> tuple[Entry, ...]:
    """The entries of a check by its reference or id; refuses one that has none."""
    entries = await register.by_reference(reference.upper()) or await register.find(reference)
    if not entries:
        raise click.UsageError(f"The register has no entry for '{reference}'.")
    return entries


def entry_line(entry: Entry) -> str:
    """An entry of the register in one line."""
    said = entry.body.get("decision") or entry.body.get("verdict")
    place = f"{entry.seq}  {entry.at}  {entry.kind} {entry.revision}"
    return f"{place}  {entry.body.get('reference')}  {entry.body.get('pack')}  {said}"


def entry_text(entry: Entry, words: str | Erased | None) -> str:
    """An entry in full, with its free text while that can be read."""
    lines = [entry_line(entry), json.dumps(dict(entry.body), ensure_ascii=False, indent=2)]
    lines.append(f"Commitment: {entry.commitment.hex()}")
    if isinstance(words, Erased):
        lines.append(f"Reasons: {words}.")
    elif words is not None:
        lines.append(f"Reasons: {words}")
    return "\n".join(lines)
