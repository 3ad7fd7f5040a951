"""`packs lint`: whether every pack keeps its promises, can be read, and is in words of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from time import perf_counter

import click

from bot.cli import reading
from policies import documents, plain, practice
from policies.counting import count_paths
from policies.documents import Document
from policies.filing import Fault, FaultyPack
from policies.library import SHIPPED, Edition, Library
from policies.lifted import Documents
from policies.outside import Reading
from policies.plain import Words
from policies.proof import prove


@click.command("lint", short_help="Prove every pack on every path, for people too.")
@click.argument("folder", required=False, type=click.Path(path_type=Path, exists=True))
@click.option(
    "--texts",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Where the documents' own texts are: every paragraph is accounted for, none is copied.",
)
def lint(folder: Path | None, texts: Path | None) -> None:
    """Prove every pack on every path; FOLDER holds packs/ and standing/.

    Without FOLDER: the packs that come with Share Check, and yours in VAR_DIR/packs.
    """
    began = perf_counter()
    read = Reading(_library(folder), ()) if folder else reading.reading()
    listed = documents.read(folder or SHIPPED)
    known = _known(listed, texts) if texts else {}
    faults = _told(_gaps(listed, read.library, known))
    if listed and not faults:
        total = sum(document.count for document in listed)
        click.echo(f"{len(listed)} documents, {total} paragraphs, each carried or left out.")
    faults += _told(fault for left in read.left_out for fault in left.faults)
    counts, words = [], Words.read()
    for edition in read.library.newest():
        broken = _told(_of_pack(edition, words))
        faults += broken
        if not broken:
            counts.append(count_paths(edition.pack))
            click.echo(_holds(edition, counts[-1]))
    faults += _told(_copied(read.library, known)) + _unsound_cases(folder, read)
    took = perf_counter() - began
    click.echo(f"{len(counts)} packs, {sum(counts):,} paths, in {took:.2f} seconds.")
    if faults:
        raise SystemExit(1)


def _library(folder: Path) -> Library:
    """The library in a folder; says everything that is wrong where it cannot be read."""
    try:
        return Library.read(folder)
    except FaultyPack as error:
        _told(error.faults)
        raise SystemExit(1) from None


def _told(faults: Iterable[Fault]) -> int:
    """Say each fault on stderr; how many they were."""
    count = 0
    for fault in faults:
        count += 1
        click.echo(str(fault), err=True)
    return count


def _known(listed: Iterable[Document], texts: Path) -> dict[str, str]:
    """The text of each document, by its id."""
    found = {}
    for document in listed:
        try:
            found[document.id] = (texts / document.file).read_text("utf-8")
        except (OSError, ValueError):
            raise click.UsageError(f"--texts: {document.file} cannot be read there.") from None
    return found


def _gaps(
    listed: tuple[Document, ...], library: Library, known: dict[str, str]
) -> Iterator[Fault]:
    """What of the documents is unaccounted for."""
    yield from documents.faults(listed, library)
    for document in listed:
        if document.id in known:
            yield from documents.compare(document, known[document.id])


def _of_pack(edition: Edition, words: Words) -> list[Fault]:
    """What is wrong with a pack; how it reads matters only once it holds."""
    return prove(edition.pack) or plain.faults(edition.pack, words)


def _holds(edition: Edition, count: int) -> str:
    pack = edition.pack
    return f"{pack.id} {pack.version}: {count:,} paths, all hold; {plain.figures(pack)}."


def _copied(library: Library, known: dict[str, str]) -> Iterator[Fault]:
    """What is lifted from a document, in packs and in cases for practice."""
    if not known:
        return
    theirs = Documents.of(known.values())
    for edition in library.newest():
        pack = edition.pack
        yield from theirs.lifted(f"{pack.id}/{pack.version}.toml", pack)
    for rehearsal in practice.read_rehearsals():
        yield from theirs.lifted(f"practice/{rehearsal.pack}.toml", rehearsal)


def _unsound_cases(folder: Path | None, read: Reading) -> int:
    """Say which cases for practice do not reach what they state; how many faults that is.

    Ours are not held to a version of our packs that an owner filed: they are not theirs to mend.
    """
    ours = practice.read_rehearsals(folder or SHIPPED)
    held = tuple(rehearsal for rehearsal in ours if rehearsal.pack not in read.own)
    found, every = list(practice.faults(held, read.library)), ours
    if folder is None:
        theirs = reading.practice(read.library)
        every = theirs.rehearsals
        found += (fault for left in theirs.left_out for fault in left.faults)
    count = sum(len(rehearsal.cases) for rehearsal in every)
    if count and not found:
        click.echo(f"{count} cases for practice, each reaches the outcome that it states.")
    return _told(found)
