"""Hides what would give a small number away: by adding, by subtracting, or by what must hold.

Theory. Somebody who sees every table knows more than any one of them says: that the tables of
checks add up to one number and those of decisions to another, that nobody decides without having
checked, and, from the policies themselves, which rules can be weighed together. So for every small
number it is worked out what it could be, given all of that. Unless it could be anything from 1 to
7, one more number is hidden, the smallest that can be seen, and the question is asked again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from bot.statistics.solving import reach
from bot.statistics.tables import (
    FEWEST,
    HIDDEN,
    Cell,
    Cover,
    Range,
    Statistics,
    Table,
    added,
    common,
)

Rules: TypeAlias = Sequence[frozenset[int]]
"""Which cells of a table of rules may be counted together: one set for each kind of decision."""

Kind: TypeAlias = Literal["checks", "decisions", "departures"]
KINDS: tuple[Kind, ...] = ("checks", "decisions", "departures")
DEPARTED = (1, 1)
"""Where the statistics hold how many decisions departed from the advice: table and cell."""


def suppress(statistics: Statistics, rules: Sequence[Rules]) -> Statistics:
    """The same statistics with as much hidden as has to be; `rules` go with `departures`."""
    statistics = _too_few_by_rule(statistics)
    while found := Reader(statistics, rules).finds_out():
        statistics = _with_more_hidden(statistics, *found)
    return statistics


def _too_few_by_rule(statistics: Statistics) -> Statistics:
    """With few departures in all, the mere number of rules among them would say too much."""
    table, cell = DEPARTED
    if not statistics.decisions[table].cells[cell].small:
        return statistics
    return replace(statistics, departures=tuple(each.closed() for each in statistics.departures))


def _with_more_hidden(statistics: Statistics, kind: Kind, place: int) -> Statistics:
    """Hide the smallest number that can still be seen in a table; if there is none, all of it.

    Where a table has nothing left to hide it is another one that gives its numbers away.
    """
    tables: tuple[Table, ...] = getattr(statistics, kind)
    table = tables[place]
    if table == table.closed():
        return _with_more_hidden(statistics, *_next_open(statistics))
    seen = [(c.count, n) for n, c in enumerate(table.cells) if c.shown != HIDDEN and c.count]
    changed = table.hiding(min(seen)[1], Cover.HIDDEN) if seen else table.closed()
    return replace(statistics, **{kind: (*tables[:place], changed, *tables[place + 1 :])})


def _next_open(statistics: Statistics) -> tuple[Kind, int]:
    return next(
        (kind, place)
        for kind in KINDS
        for place, table in enumerate(getattr(statistics, kind))
        if table != table.closed()
    )


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who sees the statistics, knows the policies, and reckons."""

    statistics: Statistics
    rules: Sequence[Rules]

    def finds_out(self) -> tuple[Kind, int] | None:
        """The table in which a small number could be found out, or at least narrowed down."""
        for kind, place, cell, (low, high) in self.knows():
            if cell.small and (low > 1 or (high is not None and high < FEWEST - 1)):
                return kind, place
        return None

    def knows(self) -> Iterator[tuple[Kind, int, Cell, Range]]:
        """For each hidden cell: its kind, the place of its table, and what it could be."""
        for kind in KINDS:
            for place, table in enumerate(getattr(self.statistics, kind)):
                for number, cell in enumerate(table.cells):
                    if cell.shown == HIDDEN:
                        yield kind, place, cell, self._could_be(kind, place, number)

    def _could_be(self, kind: Kind, place: int, number: int) -> Range:
        if kind == "departures":
            target = [int(number in held) for held in self.rules[place]]
            return reach(target, [*self._by_rule(place), self._departures_of(place)])
        ranges = self._ranges(kind, place)
        own = ranges.pop(number)
        (low, high), others = self._whole(kind), added(ranges)
        at_most = None if high is None else high - others[0]
        at_least = 0 if others[1] is None else low - others[1]
        return common([own, (at_least, at_most)])

    def _whole(self, kind: Kind) -> Range:
        """How many checks, or decisions, there can be: nobody decides who has not checked."""
        checks, decisions = (
            common(
                [added(self._ranges(each, n)) for n in range(len(getattr(self.statistics, each)))]
            )
            for each in KINDS[:2]
        )
        if kind == "checks":
            return common([checks, (decisions[0], None)])
        return common([decisions, (0, checks[1])])

    def _ranges(self, kind: Kind, place: int) -> list[Range]:
        """What each cell of a table can be by itself, or by the departures that are counted."""
        ranges = [cell.range for cell in getattr(self.statistics, kind)[place].cells]
        if (kind, place) == ("decisions", DEPARTED[0]):
            ranges[DEPARTED[1]] = common([ranges[DEPARTED[1]], self._departures()])
        return ranges

    def _departures(self, besides: int | None = None) -> Range:
        """How many decisions departed, by the tables of rules alone."""
        places = (place for place in range(len(self.rules)) if place != besides)
        return added([reach([1] * len(self.rules[p]), self._by_rule(p)) for p in places])

    def _by_rule(self, place: int) -> list[tuple[Sequence[int], Range]]:
        """What one table of rules says about how often each kind of decision was taken."""
        cells = self.statistics.departures[place].cells
        return [
            ([int(number in held) for held in self.rules[place]], cell.range)
            for number, cell in enumerate(cells)
        ]

    def _departures_of(self, place: int) -> tuple[Sequence[int], Range]:
        """How many departures there can be under one policy: all of them less the others."""
        table, cell = DEPARTED
        low, high = self.statistics.decisions[table].cells[cell].range
        others = self._departures(besides=place)
        at_least = 0 if others[1] is None else max(0, low - others[1])
        at_most = None if high is None else high - others[0]
        return [1] * len(self.rules[place]), (at_least, at_most)
