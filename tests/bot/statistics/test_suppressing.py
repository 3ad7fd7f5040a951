"""Nobody finds a small number out by adding and subtracting what is shown."""

from __future__ import annotations

import random

import pytest

from bot.statistics.suppressing import Reader, Rules, suppress
from bot.statistics.tables import FEWEST, HIDDEN, Cell, Cover, Statistics, Table
from tests.bot.statistics.attack import fits, guesses

SMALL = range(1, FEWEST)


def table(*counts: int) -> Table:
    return Table("Made up", tuple(Cell(f"row {n}", count) for n, count in enumerate(counts)))


def statistics(
    checks: tuple[Table, ...], decisions: tuple[Table, ...], departures: tuple[Table, ...] = ()
) -> Statistics:
    return Statistics(checks, decisions, departures)


def split(dice: random.Random, whole: int, parts: int) -> Table:
    """A table that adds up to a whole, often with a few small cells."""
    weights = [dice.choice((0.0, 0.05, 0.3, 1.0, 3.0)) + 0.001 for _ in range(parts)]
    found = dice.choices(range(parts), weights, k=whole)
    return table(*(found.count(part) for part in range(parts)))


def made(dice: random.Random) -> tuple[Statistics, list[Rules]]:
    """Statistics of a register that could be, with one policy of three rules."""
    checks = dice.choice((0, 1, 3, 6, 9, 14, 30, 60))
    decisions = dice.randint(0, checks)
    departed = dice.randint(0, min(decisions, 16))
    kinds = dice.sample([frozenset(s) for s in ((), (0,), (0, 1), (1, 2), (0, 1, 2), (2,))], 3)
    taken = dice.choices(kinds, k=departed)
    by_rule = table(*(sum(rule in held for held in taken) for rule in range(3)))
    return (
        statistics(
            (split(dice, checks, 5), split(dice, checks, dice.randint(1, 3))),
            (split(dice, decisions, 4), table(decisions - departed, departed)),
            (by_rule,),
        ),
        [kinds],
    )


@pytest.mark.parametrize("seed", range(60))
def test_every_small_number_could_be_any_from_one_to_seven(seed: int) -> None:
    before, rules = made(random.Random(seed))

    shown = suppress(before, rules)

    for kind in ("checks", "decisions"):
        for place, each in enumerate(getattr(shown, kind)):
            for number, cell in enumerate(each.cells):
                if 0 < cell.count < FEWEST:
                    assert cell.shown == HIDDEN
                    possible = {n for n in SMALL if fits(shown, kind, place, number, n)}
                    assert possible == set(SMALL), (kind, place, number, shown)


@pytest.mark.parametrize("seed", range(60))
def test_departures_by_rule_are_safe_from_a_search(seed: int) -> None:
    before, [rules] = made(random.Random(seed))

    shown = suppress(before, [rules])

    departed = shown.decisions[1].cells[1]
    if departed.count < FEWEST or departed.cover is not Cover.OWN:
        assert departed.count == 0 or departed.shown == HIDDEN
        return
    found = guesses(shown.departures[0].cells, rules, departed)
    for cell, possible in zip(shown.departures[0].cells, found, strict=True):
        assert cell.count in possible
        if 0 < cell.count < FEWEST:
            assert possible >= set(SMALL), shown


def test_the_attack_finds_what_hiding_small_numbers_alone_gives_away() -> None:
    plain = statistics((table(20, 40, 3), table(60, 3)), (table(0, 0), table(0, 0)))
    leaking = statistics((table(9, 1), table(10)), (table(0, 0), table(0, 0)))

    assert {n for n in SMALL if fits(plain, "checks", 1, 1, n)} == set(SMALL)
    assert {n for n in SMALL if fits(leaking, "checks", 0, 1, n)} < set(SMALL)
    shown = suppress(leaking, [])
    assert [cell.shown for cell in shown.checks[0].cells] == [HIDDEN, HIDDEN]


def test_a_number_that_two_tables_give_away_is_covered_in_both() -> None:
    before = statistics((table(1, 2), table(3)), (table(0, 0), table(0, 0)))

    shown = suppress(before, [])

    assert all(s == HIDDEN for each in shown.checks for _, s in each.rows)
    assert Reader(shown, []).finds_out() is None


def test_large_numbers_are_rounded_and_shown() -> None:
    before = statistics((table(100, 52, 0), table(152)), (table(90, 8), table(61, 37)))

    assert [each.rows for each in suppress(before, []).checks] == [
        (("row 0", "100"), ("row 1", "50"), ("row 2", "0")),
        (("row 0", "150"),),
    ]


def test_a_handful_of_departures_is_not_told_by_rule() -> None:
    by_rule = table(5, 0)
    before = statistics((table(100), table(100)), (table(60, 40), table(95, 5)), (by_rule,))

    shown = suppress(before, [[frozenset({0}), frozenset()]])

    assert shown.departures[0].rows == (("row 0", HIDDEN), ("row 1", HIDDEN))


def test_no_departures_are_no_secret() -> None:
    before = statistics((table(100), table(100)), (table(60, 40), table(100, 0)), (table(0, 0),))

    shown = suppress(before, [[frozenset({0}), frozenset()]])

    assert shown.departures[0].rows == (("row 0", "0"), ("row 1", "0"))
