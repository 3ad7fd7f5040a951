"""Exact linear programming over small systems: how far a number can be pinned down from sums.

The simplex method with Bland's rule, over fractions, so that no answer depends on rounding. The
systems are those of one policy's rules: some dozen unknowns.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from bot.statistics.tables import Range

Row = list[Fraction]


class Impossible(ValueError):
    """No numbers fit."""


def reach(target: Sequence[int], sums: Sequence[tuple[Sequence[int], Range]]) -> Range:
    """The least and the most that a sum can be, when other sums of the same unknowns are known.

    A sum is a coefficient for each unknown; no unknown is below zero.
    """
    most = _System(sums).most(target)
    least = _System(sums).most([-part for part in target])
    assert least is not None
    return math.ceil(-least), None if most is None else math.floor(most)


class _System:
    """A tableau: one row for each limit, one column for each unknown and each row's slack."""

    def __init__(self, sums: Sequence[tuple[Sequence[int], Range]]) -> None:
        limits: list[tuple[Row, Fraction]] = []
        for parts, (low, high) in sums:
            if high is not None:
                limits.append(([Fraction(part) for part in parts], Fraction(high)))
            if low > 0:
                limits.append(([Fraction(-part) for part in parts], Fraction(-low)))
        self._unknowns = len(sums[0][0])
        self._width = self._unknowns + len(limits)
        # One more column than there are unknowns and slacks, for the way to a first solution.
        self._rows = [
            [*parts, *_slack(place, len(limits)), Fraction(-1), limit]
            for place, (parts, limit) in enumerate(limits)
        ]
        self._basis = [self._unknowns + place for place in range(len(limits))]

    def most(self, target: Sequence[int]) -> Fraction | None:
        """The most that a sum can be; None where nothing limits it. Raises `Impossible`."""
        self._begin()
        wanted = [Fraction(part) for part in target]
        rest = [Fraction(0)] * (self._width + 1 - self._unknowns)
        return self._climb([*wanted, *rest], self._width)

    def _begin(self) -> None:
        """Go to a corner at which every limit is kept."""
        worst = min(range(len(self._rows)), key=lambda r: self._rows[r][-1], default=None)
        if worst is None or self._rows[worst][-1] >= 0:
            return
        self._pivot(worst, self._width)
        short = [Fraction(0)] * self._width + [Fraction(-1)]
        if self._climb(short, self._width + 1) != 0:
            raise Impossible
        if self._width in self._basis:
            row = self._basis.index(self._width)
            column = next(c for c in range(self._width) if self._rows[row][c] != 0)
            self._pivot(row, column)

    def _climb(self, wanted: Row, width: int) -> Fraction | None:
        while True:
            column = next((c for c in range(width) if self._gain(wanted, c) > 0), None)
            if column is None:
                values = zip(self._basis, self._rows, strict=True)
                return sum((wanted[b] * row[-1] for b, row in values), Fraction(0))
            steps = [
                (row[-1] / row[column], self._basis[place], place)
                for place, row in enumerate(self._rows)
                if row[column] > 0
            ]
            if not steps:
                return None
            self._pivot(min(steps)[2], column)

    def _gain(self, wanted: Row, column: int) -> Fraction:
        if column in self._basis:
            return Fraction(0)
        spent = (wanted[b] * row[column] for b, row in zip(self._basis, self._rows, strict=True))
        return wanted[column] - sum(spent, Fraction(0))

    def _pivot(self, place: int, column: int) -> None:
        by = self._rows[place][column]
        chosen = self._rows[place] = [part / by for part in self._rows[place]]
        for other, row in enumerate(self._rows):
            if other != place and row[column] != 0:
                times = row[column]
                self._rows[other] = [a - times * b for a, b in zip(row, chosen, strict=True)]
        self._basis[place] = column


def _slack(place: int, number: int) -> Row:
    return [Fraction(int(place == other)) for other in range(number)]
