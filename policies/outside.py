"""Packs from outside: an owner's own files, read beside the shipped ones and never instead.

What an owner files is proved like everything else. A pack that cannot be used is left out, with
its faults, and the others stand: one slip must not take every policy away from everybody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from policies.filing import Fault, FaultyPack, file_as_told, parse, read_files
from policies.library import SHIPPED, Edition, Filed, Library, resolve_all, resolve_one
from policies.model import EMERGENCY, Pack, Standing
from policies.practice import Rehearsal, faults_of, read_rehearsals
from policies.proof import prove

PRACTICE = "practice.toml"
"""Beside an owner's pack: made-up cases to rehearse it on."""

ID = re.compile(r"[a-z][a-z0-9-]{0,39}")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file or folder that could not be used: the pack it stands under, and what is wrong."""

    pack: str
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """Every pack that can be used, what had to be left out, and which ids an owner filed."""

    library: Library
    left_out: tuple[LeftOut, ...]
    own: frozenset[str] = frozenset()

    def faults_of(self, pack_id: str) -> tuple[Fault, ...]:
        """What is wrong with files that stand under this pack's id."""
        return tuple(
            fault for left in self.left_out if left.pack == pack_id for fault in left.faults
        )


@dataclass(frozen=True, slots=True)
class Practice:
    """The cases to rehearse on, and what of an owner's is wrong.

    A case that does not fit takes no pack away, so it is left out under no pack's name.
    """

    rehearsals: tuple[Rehearsal, ...]
    left_out: tuple[LeftOut, ...]


def read(folder: Path, shipped: Path = SHIPPED) -> Reading:
    """The shipped packs with those of `<folder>/<id>/<date>.toml`; the folder may be missing.

    Raises `FaultyPack` for a shipped pack that cannot be read.
    """
    packs, standings = read_files(shipped)
    editions = [*resolve_all(packs, standings)]
    ours = {(pack.id, pack.version): pack for pack in packs}
    left_out: list[LeftOut] = []
    theirs = dict(_filed(folder, ours, left_out))
    every = {**ours, **{(pack.id, pack.version): pack for pack in theirs.values()}}
    for file, pack in theirs.items():
        try:
            editions += _proved(file, pack, every, standings)
        except FaultyPack as error:
            left_out.append(LeftOut(pack.id, error.faults))
    editions.sort(key=lambda each: (each.pack.id, each.pack.version, each.standing))
    own = frozenset(pack.id for pack in theirs.values())
    return Reading(Library(tuple(editions)), tuple(left_out), own)


def read_practice(folder: Path, library: Library, shipped: Path = SHIPPED) -> Practice:
    """The shipped cases, after an owner's own in `<folder>/<id>/practice.toml`."""
    ours, theirs, left_out = read_rehearsals(shipped), list[Rehearsal](), list[LeftOut]()
    taken = {case.id for rehearsal in ours for case in rehearsal.cases}
    for file in (place / PRACTICE for place in _places(folder, [])):
        if not file.is_symlink() and not file.exists():
            continue
        try:
            found = _rehearsal(folder, file)
        except FaultyPack as error:
            left_out.append(LeftOut("", error.faults))
            continue
        if faults := tuple(faults_of(found, library, str(file), taken)):
            left_out.append(LeftOut("", faults))
        fresh = tuple(case for case in found.cases if case.id not in taken)
        theirs.append(found.model_copy(update={"cases": fresh}))
        taken |= {case.id for case in fresh}
    return Practice((*theirs, *ours), tuple(left_out))


def _rehearsal(folder: Path, file: Path) -> Rehearsal:
    found = parse(_inside(folder, file), Rehearsal)
    if found.pack != file.parent.name:
        remedy = f"Its folder is {file.parent.name}: name that, or file it elsewhere."
        raise FaultyPack([_fault(file, "pack", f"Is of the pack '{found.pack}'.", remedy)])
    return found


def read_draft(file: Path, folder: Path, shipped: Path = SHIPPED) -> Edition:
    """One pack from a file anywhere, resolved as if it stood among the owner's own."""
    pack = parse(file, Pack)
    packs, standings = read_files(shipped)
    ours = {(each.id, each.version): each for each in packs}
    theirs = {(each.id, each.version): each for _, each in _filed(folder, ours, [])}
    return [*resolve_one(pack, {**ours, **theirs}, standings)][-1]


def _proved(file: Path, pack: Pack, filed: Filed, standings: list[Standing]) -> list[Edition]:
    """Its editions, each proved; raises `FaultyPack`, with the file as its owner finds it."""
    faults: Iterable[Fault]
    try:
        editions = [*resolve_one(pack, filed, standings)]
    except FaultyPack as error:
        editions, faults = [], error.faults
    else:
        faults = prove(editions[-1].pack)
    if faults:
        raise FaultyPack(replace(fault, file=str(file)) for fault in faults)
    return editions


def _filed(folder: Path, ours: Filed, left_out: list[LeftOut]) -> Iterator[tuple[Path, Pack]]:
    """Every pack that can be read; what cannot goes to the list of what is left out."""
    for file in _files(folder, left_out):
        try:
            pack = file_as_told(file, parse(_inside(folder, file), Pack))
            _is_new(file, pack, ours)
        except FaultyPack as error:
            left_out.append(LeftOut(file.parent.name, error.faults))
        else:
            yield file, pack


def _files(folder: Path, left_out: list[LeftOut]) -> Iterator[Path]:
    """The files that look like packs. Hidden ones are an editor's or a volume's own."""
    for place in _places(folder, left_out):
        for file in _entries(place, left_out):
            if _is_pack(file) and file.name != PRACTICE:
                yield file


def _places(folder: Path, left_out: list[LeftOut]) -> Iterator[Path]:
    """The folders that a pack's files stand in."""
    for entry in _entries(folder, left_out):
        if entry.is_dir() and ID.fullmatch(entry.name):
            yield entry
        elif entry.is_dir() or _is_pack(entry):
            problem = "Not where a pack is filed."
            remedy = "File it as <id>/<date>.toml, the id in small letters, digits and hyphens."
            left_out.append(LeftOut("", (_fault(entry, "file", problem, remedy),)))


def _entries(folder: Path, left_out: list[LeftOut]) -> list[Path]:
    try:
        return sorted(entry for entry in folder.iterdir() if not entry.name.startswith("."))
    except FileNotFoundError:
        return []
    except OSError as error:
        problem = f"Cannot be read: {error.strerror}."
        fault = _fault(folder, "folder", problem, "Check the path.")
        left_out.append(LeftOut(folder.name, (fault,)))
        return []


def _is_pack(file: Path) -> bool:
    return file.suffix.lower() == ".toml"


def _inside(folder: Path, file: Path) -> Path:
    """The file itself, wherever links lead within the folder; raises `FaultyPack` beyond it."""
    try:
        real = file.resolve(strict=True)
    except (OSError, RuntimeError):
        problem = "A link that leads nowhere."
    else:
        if real.is_relative_to(folder.resolve()):
            return file
        problem = "A link that leads out of the folder."
    raise FaultyPack([_fault(file, "file", problem, "Put the file itself here.")])


def _is_new(file: Path, pack: Pack, ours: Filed) -> None:
    """What is ours stays ours: a version in force, and whom to call in an emergency."""
    if (pack.id, pack.version) in ours:
        problem = "This version comes with Share Check, and a version in force is never edited."
        raise FaultyPack([_fault(file, "version", problem, "File yours under a later date.")])
    if any(contact.role == EMERGENCY for contact in pack.contacts):
        problem = "Replaces whom to call in an emergency."
        raise FaultyPack([_fault(file, f"contacts.{EMERGENCY}", problem, "Take it out.")])


def _fault(file: Path, node: str, problem: str, remedy: str) -> Fault:
    return Fault(str(file), node, problem, remedy)
