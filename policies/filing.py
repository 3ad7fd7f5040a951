"""Reads packs and standing advice from TOML, and says what is wrong with those it refuses."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from policies import limits
from policies.model import Contact, Pack, Standing, Value

Shape = TypeVar("Shape", bound=Value)
Filed = TypeVar("Filed", Pack, Standing)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with a pack: the file, the node in it, and what to do."""

    file: str
    node: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        """One line, as an author reads it."""
        return f"{self.file}: {self.node}: {self.problem} {self.remedy}"


def fault(pack: Pack, node: str, problem: str, remedy: str) -> Fault:
    """A fault of this pack, with the file it stands in."""
    return Fault(f"{pack.id}/{pack.version}.toml", node, problem, remedy)


class FaultyPack(Exception):
    """A pack cannot be used; `faults` says where and what to do, one line each."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


def read_contacts(file: Path) -> tuple[Contact, ...]:
    """An organisation's own contacts, laid over a pack's by role; raises `FaultyPack`."""

    class Contacts(Value):
        contacts: tuple[Contact, ...]

    return parse(file, Contacts).contacts


def read_files(folder: Path) -> tuple[list[Pack], list[Standing]]:
    """Read and validate every file below a folder; raise `FaultyPack` with all faults at once."""
    faults: list[Fault] = []
    packs = list(_parse_all(sorted(folder.glob("packs/*/*.toml")), Pack, faults))
    standing = list(_parse_all(sorted(folder.glob("standing/*/*.toml")), Standing, faults))
    if not packs or not standing:
        remedy = "Point to a folder that holds packs/<id>/<date>.toml and standing/."
        faults.append(Fault(str(folder), "folder", "No pack or no standing advice here.", remedy))
    if faults:
        raise FaultyPack(faults)
    return packs, standing


def _parse_all(files: list[Path], model: type[Filed], faults: list[Fault]) -> Iterator[Filed]:
    for file in files:
        try:
            yield _filed(file, parse(file, model))
        except FaultyPack as fault:
            faults.extend(fault.faults)


def parse(file: Path, model: type[Shape]) -> Shape:
    """Read one TOML file as a value of this shape; raises `FaultyPack`."""
    try:
        raw = file.read_bytes()
        if len(raw) > limits.PACK_BYTES:
            problem = f"The file has {len(raw):,} bytes, more than {limits.PACK_BYTES:,}."
            raise FaultyPack([Fault(str(file), "file", problem, "Split the pack.")])
        return model.model_validate(tomllib.loads(raw.decode()))
    except OSError as error:
        raise FaultyPack(
            [Fault(str(file), "file", f"Cannot be read: {error.strerror}.", "Check the path.")]
        ) from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise FaultyPack(
            [Fault(str(file), "file", f"Not TOML: {error}.", "Mend it there.")]
        ) from None
    except ValidationError as error:
        raise FaultyPack(
            Fault(
                str(file),
                ".".join(map(str, problem["loc"])) or "file",
                f"{problem['msg']}.",
                "See policies/model.py for what may stand here.",
            )
            for problem in error.errors(include_url=False, include_input=False)
        ) from None


def _filed(file: Path, value: Filed) -> Filed:
    """Hold a file's name and folder to what the file says of itself."""
    name = value.filed_under
    if (file.parent.name, file.stem) != (name, value.version.isoformat()):
        problem = f"It says it is {name} of {value.version}."
        remedy = f"File it as {name}/{value.version}.toml."
        raise FaultyPack([Fault(str(file), "version", problem, remedy)])
    return value
