"""Tables of counts as they may be shown: small numbers hidden, the others rounded.

The rule is that of NHS England for counts below national level: 1 to 7 is shown as `*`, 0 as 0,
and everything else is rounded to the nearest 5. `suppressing` hides more where that is not enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import TypeAlias

FEWEST = 8
ROUNDED_TO = 5
HIDDEN = "*"
NOTE = (
    f"{HIDDEN} stands for fewer than {FEWEST}, or for a number that would give another one away. "
    f"All others are rounded to the nearest {ROUNDED_TO}. There are no totals, nothing by person, "
    "by team or by day."
)

Range: TypeAlias = tuple[int, int | None]
"""The least and the most that a number can be; None for no limit."""


class Cover(Enum):
    """How much of a cell is hidden beyond what its own size asks for."""

    OWN = "only if it is small"
    HIDDEN = "that it is not 0 is all that can be seen"
    CLOSED = "not even that"


@dataclass(frozen=True, slots=True)
class Cell:
    """One count, and how it is covered."""

    label: str
    count: int
    cover: Cover = Cover.OWN

    @property
    def small(self) -> bool:
        """Whether this is one of the numbers that must not be found out."""
        return 0 < self.count < FEWEST

    @property
    def shown(self) -> str:
        """What may be seen of it."""
        if self.small or self.cover is not Cover.OWN:
            return HIDDEN
        return str(self.rounded)

    @property
    def rounded(self) -> int:
        """The nearest multiple of five."""
        return (self.count + ROUNDED_TO // 2) // ROUNDED_TO * ROUNDED_TO

    @property
    def range(self) -> Range:
        """What somebody knows who sees it and knows why it is hidden, at the worst."""
        if self.cover is Cover.CLOSED:
            return 0, None
        if self.cover is Cover.HIDDEN:
            return 1, None
        if self.small:
            return 1, FEWEST - 1
        if self.count == 0:
            return 0, 0
        half = ROUNDED_TO // 2
        return max(FEWEST, self.rounded - half), self.rounded + half

    def covered(self, cover: Cover) -> Cell:
        """The same cell with more of it hidden."""
        return replace(self, cover=cover)


@dataclass(frozen=True, slots=True)
class Table:
    """Counts under one heading."""

    title: str
    cells: tuple[Cell, ...]

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """The table as it may be shown."""
        return tuple((cell.label, cell.shown) for cell in self.cells)

    def hiding(self, place: int, cover: Cover) -> Table:
        """The same table with one more cell hidden."""
        cell = self.cells[place].covered(cover)
        return replace(self, cells=(*self.cells[:place], cell, *self.cells[place + 1 :]))

    def closed(self) -> Table:
        """The same table with nothing to be seen in it."""
        return replace(self, cells=tuple(cell.covered(Cover.CLOSED) for cell in self.cells))


@dataclass(frozen=True, slots=True)
class Statistics:
    """Every table. Those of checks, and those of decisions, add up to one number each.

    `departures` has a table for each policy, whose cells overlap: a decision weighs many rules.
    """

    checks: tuple[Table, ...]
    decisions: tuple[Table, ...]
    departures: tuple[Table, ...]

    @property
    def tables(self) -> tuple[Table, ...]:
        """All of them, in the order in which they are read."""
        return (*self.checks, *self.decisions, *self.departures)


def added(ranges: Sequence[Range]) -> Range:
    """What a sum can be whose parts are known within these limits."""
    highs = [high for _, high in ranges if high is not None]
    return sum(low for low, _ in ranges), sum(highs) if len(highs) == len(ranges) else None


def common(ranges: Sequence[Range]) -> Range:
    """What a number can be that is known to lie within all of these limits."""
    highs = [high for _, high in ranges if high is not None]
    return max(low for low, _ in ranges), min(highs, default=None)
