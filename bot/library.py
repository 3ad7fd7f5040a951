"""The packs that may be used here, each proved, with what an organisation lays beside them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import NamedTuple

from bot.settings import Settings
from bot.stopping import BadSettings
from policies import outside
from policies.filing import FaultyPack, read_contacts
from policies.library import Library, UnknownPack
from policies.model import Contact
from policies.outside import LeftOut
from policies.practice import Rehearsal
from policies.proof import prove


class Policies(NamedTuple):
    """The packs and cases for practice that can be used, own contacts, and what was left out."""

    library: Library
    rehearsals: tuple[Rehearsal, ...]
    contacts: tuple[Contact, ...]
    left_out: tuple[LeftOut, ...]


def read_policies(settings: Settings) -> Policies:
    """The packs, each proved; raises `FaultyPack` for one of ours, or for the one to follow."""
    found = outside.read(settings.packs)
    if faults := found.faults_of(settings.default_pack):
        raise FaultyPack(faults)
    library = found.library
    if broken := [fault for edition in library.newest() for fault in prove(edition.pack)]:
        raise FaultyPack(broken)
    try:
        library.find(settings.default_pack, today())
    except UnknownPack as error:
        raise BadSettings(f"DEFAULT_PACK: {error}") from None
    practice = outside.read_practice(settings.packs, library)
    left_out = (*found.left_out, *practice.left_out)
    return Policies(library, practice.rehearsals, _own_contacts(settings), left_out)


def today() -> date:
    """The day, in universal time: an entry says no more about when than that."""
    return datetime.now(UTC).date()


def _own_contacts(settings: Settings) -> tuple[Contact, ...]:
    """What CONTACTS_FILE holds; raises `BadSettings`."""
    if settings.contacts_file is None:
        return ()
    try:
        return read_contacts(settings.contacts_file)
    except FaultyPack as error:
        raise BadSettings(f"CONTACTS_FILE: {error}") from None
