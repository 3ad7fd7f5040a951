"""The packs that a command reads: the shipped ones, and those an owner filed under VAR_DIR."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from bot.places import Places
from policies import outside
from policies.filing import FaultyPack
from policies.library import Edition, Library


def reading() -> outside.Reading:
    """Every pack that can be used, and what was left out."""
    return outside.read(Places.read().packs)


def practice(library: Library) -> outside.Practice:
    """The cases to rehearse on, and what is wrong with an owner's."""
    return outside.read_practice(Places.read().packs, library)


def library() -> Library:
    """Every pack that can be used; how many were left out is said on stderr."""
    found = reading()
    if count := len(found.left_out):
        click.echo(f"{count} left out of your own packs: see share-check packs lint.", err=True)
    return found.library


def edition(pack_id: str, on: date) -> Edition:
    """The pack as it stood on a day; `FaultyPack` if what its owner filed of it cannot be used.

    An older version is no answer then: it may be just what the owner meant to replace.
    """
    found = reading()
    if faults := found.faults_of(pack_id):
        raise FaultyPack(faults)
    return found.library.find(pack_id, on)


def draft(pack_id: str, file: Path) -> Edition:
    """A pack from a file that is not filed yet, as it would stand among the others."""
    edition = outside.read_draft(file, Places.read().packs)
    if edition.pack.id != pack_id:
        raise click.UsageError(f"{file} holds '{edition.pack.id}', not '{pack_id}'.")
    return edition
