"""The packs that may be used here, each proved, and an organisation's own contacts."""

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
from policies.proof import prove


class Policies(NamedTuple):
    """The packs that can be used, an organisation's own contacts, and what was left out."""

    library: Library
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
    return Policies(library, _own_contacts(settings), found.left_out)


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
