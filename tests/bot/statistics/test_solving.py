"""Linear programming that is right, by comparison with trying everything."""

from __future__ import annotations

import itertools
import random

import pytest

from bot.statistics.solving import Impossible, reach
from bot.statistics.tables import Range

Sums = list[tuple[list[int], Range]]


def tried(target: list[int], sums: Sums, most: int) -> tuple[int, int] | None:
    """The same by trying every whole number up to a limit."""
    found = []
    for values in itertools.product(range(most + 1), repeat=len(target)):
        reached = [sum(c * v for c, v in zip(parts, values, strict=True)) for parts, _ in sums]
        if all(
            low <= value and (high is None or value <= high)
            for value, (_, (low, high)) in zip(reached, sums, strict=True)
        ):
            found.append(sum(c * v for c, v in zip(target, values, strict=True)))
    return (min(found), max(found)) if found else None


@pytest.mark.parametrize("seed", range(80))
def test_it_reaches_as_far_as_trying_everything(seed: int) -> None:
    dice = random.Random(seed)
    unknowns, most = dice.randint(1, 4), 5
    sums: Sums = [([1] * unknowns, (0, most))]
    for _ in range(dice.randint(0, 4)):
        parts = [dice.randint(0, 1) for _ in range(unknowns)]
        low = dice.randint(0, 3)
        sums.append((parts, (low, dice.choice((None, low, low + 2)))))
    target = [dice.randint(0, 1) for _ in range(unknowns)]

    expected = tried(target, sums, most)

    if expected is None:
        with pytest.raises(Impossible):
            reach(target, sums)
        return
    low, high = reach(target, sums)
    assert high is not None
    # Fractions may reach a little further than whole numbers do.
    assert 0 <= expected[0] - low <= 1
    assert 0 <= high - expected[1] <= 1


def test_what_nothing_limits_has_no_most() -> None:
    assert reach([1, 0], [([0, 1], (2, 3))]) == (0, None)
    assert reach([1, 1], [([1, 0], (4, None)), ([0, 1], (0, 3))]) == (4, None)


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(Impossible):
        reach([1], [([1], (3, None)), ([1], (0, 2))])
