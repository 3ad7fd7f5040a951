"""What somebody kept outside of the register: checkpoints, receipts and marks in a file."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.register.checkpoints import (
    Checkpoint,
    Mark,
    NotACheckpoint,
    read_checkpoint,
    read_mark,
)


class NotEvidence(ValueError):
    """A file holds something else than what the register can be held against."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Heads and marks that the register must agree with."""

    checkpoints: tuple[Checkpoint, ...] = ()
    marks: tuple[Mark, ...] = ()
    receipts: tuple[dict[str, Any], ...] = ()
    """As they were read: their checkpoints are among the others, the rest is to be checked."""

    @property
    def reaches(self) -> int:
        """The last entry that any of it speaks of."""
        sizes = [head.size for head in self.checkpoints]
        sizes += [max(mark.seq, mark.size or 0) for mark in self.marks]
        return max(sizes, default=0)


def read_evidence(text: str) -> Evidence:
    """Read one checkpoint or receipt, or a line for each checkpoint, receipt or mark."""
    heads: list[Checkpoint] = []
    marks: list[Mark] = []
    receipts: list[dict[str, Any]] = []
    for place, item in _items(text):
        found = read_mark(item) if isinstance(item, str) else None
        if found is not None:
            marks.append(found)
            continue
        try:
            if isinstance(item, dict) and "checkpoint" in item:
                heads.append(read_checkpoint(item["checkpoint"]))
                receipts.append(item)
            else:
                heads.append(read_checkpoint(item))
        except NotACheckpoint:
            where = f"Line {place}" if place else "What it holds"
            raise NotEvidence(
                f"{where} is not a checkpoint, a receipt or a register mark."
            ) from None
    if not heads and not marks:
        raise NotEvidence("It is empty.")
    return Evidence(tuple(heads), tuple(marks), tuple(receipts))


def _items(text: str) -> Iterator[tuple[int, object]]:
    """The file's one JSON value, or the value of each line that is not empty, with its number."""
    whole = _json(text)
    if not isinstance(whole, str):
        yield 0, whole
        return
    for place, line in enumerate(text.splitlines(), 1):
        if line.strip():
            yield place, _json(line)


def _json(text: str) -> object:
    try:
        return json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        return text
