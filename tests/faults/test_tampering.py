"""Tampering by dice: found with its row, each time, and honesty never blamed."""

import random
from pathlib import Path

from tests.faults.tampering import WAYS, Tamperer

TRIALS = 60


async def test_every_alteration_is_found_with_its_row(tmp_path: Path) -> None:
    tamperer = Tamperer(tmp_path, random.Random(11))
    await tamperer.prepare()

    for _ in range(TRIALS):
        await tamperer.trial()
        await tamperer.honest()
    for _ in range(10 * TRIALS):
        tamperer.receipt()

    assert tamperer.tried.well, list(tamperer.tried.lines())
    assert tamperer.tried.trials.keys() == {*WAYS, "a receipt"}
