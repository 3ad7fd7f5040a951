"""Reads packs and standing advice from TOML, and says what is wrong with those it refuses."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from policies import limits
from policies.model import Contact, Pack, Standing, Value

Shape = TypeVar("Shape", bound=Value)
Filed = TypeVar("Filed", Pack, Standing)

MOST_FAULTS = 20
MOST_SAID = 300
"""Faults told of one file, and characters of one: a file may be wrong from end to end."""

DEEPEST = 8
"""Tables within tables: the deepest place of a pack, an option's condition, is the sixth."""

CHAIN = re.compile(r"""(?<![\w"'-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){16}""")
"""A key of many parts: the parser would need memory for the square of them before it told us."""

UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
"""Characters that steer a terminal, turn a line around or cannot be seen."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with a pack: the file, the node in it, and what to do."""

    file: str
    node: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        """One line, as an author reads it, whatever a file or a key in it is called."""
        return printable(f"{self.file}: {_cut(self.node)}: {_cut(self.problem)} {self.remedy}")


def printable(text: str) -> str:
    """A text with what a terminal would obey, or nobody can see, written out."""
    return "".join(
        each if each.isprintable() else each.encode("unicode_escape").decode() for each in text
    )


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
            yield file_as_told(file, parse(file, model))
        except FaultyPack as fault:
            faults.extend(fault.faults)


def parse(file: Path, model: type[Shape]) -> Shape:
    """Read one TOML file as a value of this shape; raises `FaultyPack`."""
    data = _loaded(file, _read(file))
    if strange := [*islice(_strange(data), MOST_FAULTS)]:
        raise FaultyPack(
            Fault(str(file), node, problem, "Take it out.") for node, problem in strange
        )
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise FaultyPack(islice(_misfits(file, data, error), MOST_FAULTS)) from None


def _misfits(file: Path, data: dict[str, Any], error: ValidationError) -> Iterator[Fault]:
    """What does not fit the shape: all that a node lacks in one line, then the rest."""
    problems = error.errors(include_url=False, include_input=False)
    lacking: dict[str, list[str]] = {}
    for problem in problems:
        if problem["type"] == "missing":
            *node, name = problem["loc"]
            lacking.setdefault(_named(data, tuple(node)) or "file", []).append(str(name))
    for place, names in lacking.items():
        said = f"Does not say: {', '.join(names)}."
        yield Fault(str(file), place, said, "See policies/README.md for an example.")
    for problem in problems:
        if problem["type"] != "missing":
            place = _named(data, problem["loc"]) or "file"
            remedy = "See policies/model.py for what may stand here."
            yield Fault(str(file), place, f"{problem['msg']}.", remedy)


def _read(file: Path) -> bytes:
    """The bytes of an ordinary file, and never more of them than a pack may have."""
    try:
        if not file.is_file() and file.exists() and not file.is_dir():
            # A pipe or a device would keep us waiting, or never end.
            raise FaultyPack([Fault(str(file), "file", "Not an ordinary file.", "Take it out.")])
        size = file.stat().st_size
        with file.open("rb") as opened:
            raw = opened.read(limits.PACK_BYTES + 1)
    except OSError as error:
        raise FaultyPack(
            [Fault(str(file), "file", f"Cannot be read: {error.strerror}.", "Check the path.")]
        ) from None
    if len(raw) > limits.PACK_BYTES:
        problem = f"The file has {size:,} bytes, more than {limits.PACK_BYTES:,}."
        raise FaultyPack([Fault(str(file), "file", problem, "Split the pack.")])
    return raw


def _loaded(file: Path, raw: bytes) -> dict[str, Any]:
    try:
        text = raw.decode()
        if text.startswith("\ufeff"):
            # Some editors write one, and TOML's own words for it help nobody.
            problem = "Starts with a byte-order mark (at line 1): save it as plain UTF-8."
        elif chain := CHAIN.search(text):
            line = text.count("\n", 0, chain.start()) + 1
            problem = f"Nested too deep (at line {line})."
        else:
            return tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        problem = f"Not UTF-8 (at line {line}): {error.reason}."
    except RecursionError:
        problem = "Nested too deep."
    except ValueError as error:
        # Besides faults of TOML, a number with more digits than Python reads.
        last = raw.count(b"\n") + 1
        end = f"(at line {last}, where it ends)"
        problem = f"Not TOML: {error}.".replace("(at end of document)", end)
    raise FaultyPack([Fault(str(file), "file", problem, "Mend it there.")])


def _strange(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What no pack needs: depth, and characters that steer a terminal or turn a line around."""
    waiting: list[tuple[tuple[str | int, ...], Any]] = [((), data)]
    while waiting:
        place, value = waiting.pop()
        if len(place) > DEEPEST:
            yield _named(data, place), "Nested too deep."
        elif isinstance(value, dict):
            waiting += [((*place, key), inner) for key, inner in value.items()]
        elif isinstance(value, list):
            waiting += [((*place, number), inner) for number, inner in enumerate(value)]
        elif isinstance(value, str) and (found := UNSEEN.search(value)):
            name = unicodedata.name(found[0], "a control character").lower()
            problem = f"Holds U+{ord(found[0]):04X} ({name}), which nobody can see."
            yield _named(data, place), problem


def _named(data: Any, place: tuple[str | int, ...]) -> str:
    """A place in a file, with the ids of what stands there rather than its numbers."""
    names: list[str] = []
    for part in place:
        try:
            data = data[part]
        except (LookupError, TypeError):
            data = None
        name = str(part)
        if isinstance(part, int) and isinstance(data, dict):
            called = (data.get(key) for key in ("id", "value", "role", "term"))
            name = next((each for each in called if isinstance(each, str)), name)
        names.append(name)
    return ".".join(names)


def _cut(text: str) -> str:
    return text if len(text) <= MOST_SAID else f"{text[:MOST_SAID]} …"


def file_as_told(file: Path, value: Filed) -> Filed:
    """Hold a file's name and folder to what the file says of itself."""
    name = value.filed_under
    if (file.parent.name, file.name) != (name, f"{value.version}.toml"):
        problem = f"It says it is {name} of {value.version}."
        remedy = f"File it as {name}/{value.version}.toml."
        raise FaultyPack([Fault(str(file), "version", problem, remedy)])
    return value
