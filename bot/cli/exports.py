"""What `register export` does: lines for other programs, pages for case files."""

from __future__ import annotations

import re
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import click

from bot.cli import reading
from bot.cli.entries import found
from bot.printing.case_files import CaseFiles, worth_a_page
from bot.register import lines
from bot.register.entries import Entry
from bot.register.store import Register
from bot.stopping import CannotStart

REFERENCE = re.compile(r"[A-Z0-9-]{1,40}")


async def export_lines(register: Register, form: str, reference: str | None) -> None:
    """Write entries to standard output as they are read, a page of the register at a time."""
    # As bytes: a record ends as its standard says, whatever the platform does to a text.
    out = sys.stdout.buffer
    line = lines.csv_line if form == "csv" else lines.jsonl
    if form == "csv":
        out.write(lines.csv_head().encode())
    if reference is None:
        async for entry in register.export():
            out.write(line(entry).encode())
    else:
        for entry in await found(register, reference):
            out.write(line(entry).encode())
    out.flush()


async def export_pages(register: Register, reference: str | None, folder: Path | None) -> None:
    """Write a page for each decision: into a folder, or the newest of one check as it is."""
    pages = CaseFiles(register, reading.library())
    if folder is None:
        assert reference is not None
        newest = worth_a_page(await found(register, reference))[-1]
        sys.stdout.buffer.write((await pages.page(newest)).encode(errors="replace"))
        return
    written = 0
    async for entry in _worth_a_page(register, reference):
        _write(folder, entry, await pages.page(entry))
        written += 1
    click.echo(f"Pages written to {folder}: {written}.")


async def _worth_a_page(register: Register, reference: str | None) -> AsyncIterator[Entry]:
    """Every decision of the register, or what one check has to show."""
    if reference is not None:
        for entry in worth_a_page(await found(register, reference)):
            yield entry
        return
    async for entry in register.export():
        if entry.kind == "decision":
            yield entry


def _write(folder: Path, entry: Entry, page: str) -> None:
    """Keep a page for its owner only: it may hold what a practitioner wrote."""
    reference = str(entry.body["reference"])
    name = f"{reference}-" if REFERENCE.fullmatch(reference) else ""
    place = folder / f"{name}entry-{entry.seq}.html"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        place.touch(mode=0o600)
        place.write_text(page, encoding="utf-8", errors="replace")
    except OSError as error:
        raise CannotStart(f"--into: {place}: {error.strerror}.") from None
