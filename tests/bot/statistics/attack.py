"""Somebody who wants the small numbers: tries every register that would print the same tables.

Nothing here is shared with the code under attack but what is printed and what is public: which
cells may be 1 to 7, how rounding works, and which rules a policy weighs together. It does not
reckon with limits as the code does, it searches.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from bot.statistics.tables import Cell, Cover, Statistics, Table

MOST = 120
"""No register here is larger; a number without a limit is tried up to this."""


def printed(cell: Cell) -> frozenset[int]:
    """Every number that would be printed like it, for somebody who knows why it is hidden."""
    if cell.cover is Cover.CLOSED:
        return frozenset(range(MOST))
    if cell.cover is Cover.HIDDEN:
        return frozenset(range(1, MOST))
    if 1 <= cell.count <= 7:
        return frozenset(range(1, 8))
    return frozenset(n for n in range(MOST) if n == cell.count == 0 or _rounds(n, cell.count))


def _rounds(number: int, other: int) -> bool:
    return number >= 8 and other >= 8 and round(number / 5) == round(other / 5)


def totals(cells: Sequence[Cell]) -> frozenset[int]:
    """Every sum that these cells could have."""
    found = frozenset({0})
    for cell in cells:
        found = frozenset(a + b for a in found for b in printed(cell) if a + b < MOST)
    return found


def fits(statistics: Statistics, kind: str, place: int, number: int, guess: int) -> bool:
    """Whether one cell of checks or decisions could be this number, for all that is printed."""
    checks = _all_of(statistics.checks)
    decisions = _all_of(statistics.decisions)
    table: Table = getattr(statistics, kind)[place]
    others = totals([cell for n, cell in enumerate(table.cells) if n != number])
    wholes = {guess + other for other in others}
    mine, theirs = (checks, decisions) if kind == "checks" else (decisions, checks)
    for whole in wholes & mine:
        if kind == "checks" and any(n <= whole for n in theirs):
            return True
        if kind == "decisions" and any(n >= whole for n in theirs):
            return True
    return False


def _all_of(tables: Sequence[Table]) -> frozenset[int]:
    return frozenset.intersection(*(totals(table.cells) for table in tables))


def guesses(
    cells: Sequence[Cell], kinds: Sequence[frozenset[int]], departed: Cell
) -> list[set[int]]:
    """For each cell of one table of rules, every number that some register would print so."""
    found: list[set[int]] = [set() for _ in cells]
    wanted = [printed(cell) for cell in cells]
    for counts in _registers(wanted, kinds, printed(departed)):
        for number, times in enumerate(counts):
            found[number].add(times)
    return found


def _registers(
    wanted: Sequence[frozenset[int]], kinds: Sequence[frozenset[int]], whole: frozenset[int]
) -> Iterator[tuple[int, ...]]:
    """The counts by rule of every register that fits, each set of counts once."""
    limit = max(whole)
    limits = tuple(max(numbers) for numbers in wanted)

    @cache
    def after(left: int, counts: tuple[int, ...], total: int) -> frozenset[tuple[int, ...]]:
        if left == len(kinds):
            good = total in whole and all(n in w for n, w in zip(counts, wanted, strict=True))
            return frozenset({counts}) if good else frozenset()
        found: frozenset[tuple[int, ...]] = frozenset()
        for times in range(limit - total + 1):
            more = tuple(n + times * (r in kinds[left]) for r, n in enumerate(counts))
            if any(n > most for n, most in zip(more, limits, strict=True)):
                break
            found |= after(left + 1, more, total + times)
        return found

    yield from after(0, (0,) * len(wanted), 0)
