"""Kill -9 under load: what was acknowledged stands, in the register and in the channel, once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.soak import soaking
from tests.faults.writing import DATABASES, writers

CYCLES = 4


@pytest.mark.slow
@pytest.mark.parametrize("database", DATABASES)
async def test_kill_nine_under_load_loses_nothing_and_repeats_nothing(
    tmp_path: Path, database: str
) -> None:
    async with soaking(tmp_path, database, seed=5) as soak:
        found = await soak.run(CYCLES)

    assert found.wrong == []
    assert found.acknowledged > CYCLES
    assert soak.crowd.pressed_again > 0


@pytest.mark.slow
async def test_stopping_under_load_loses_nothing_and_ends_well(tmp_path: Path) -> None:
    async with soaking(tmp_path, "sqlite", seed=6) as soak:
        found = await soak.run(CYCLES, gently=True)

    assert found.wrong == []
    assert found.acknowledged > CYCLES


@pytest.mark.slow
@pytest.mark.parametrize("database", DATABASES)
async def test_a_process_that_only_writes_may_be_killed_at_any_moment(database: str) -> None:
    assert await writers(database, cycles=10, seed=7)
