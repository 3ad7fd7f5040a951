"""Every surface shows what the engine shows: the same words, options, order and verdict."""

import pytest

from tests.parity.conftest import Opening
from tests.parity.seen import Driver, Seen, differences
from tests.parity.walks import Step, editions, shown_by_the_engine, walks

PARTS = 4
"""A pack with many paths is walked in parts, so that they can run side by side."""


def parts() -> list[tuple[str, int]]:
    """Each pack, with each of its parts."""
    many = [(e.pack.id, len(walks(e.pack.id)) > 500) for e in editions()]
    return [(pack, part) for pack, large in many for part in range(PARTS if large else 1)]


async def take(driver: Driver, step: Step | None) -> Seen:
    match step:
        case None:
            return await driver.begin()
        case Step("answer", value):
            return await driver.answer(value)
        case Step("confirm"):
            return await driver.confirm()
        case _:
            return await driver.go_on()


def test_over_two_thousand_paths_are_walked_and_take_every_arrow() -> None:
    assert sum(len(walks(edition.pack.id)) for edition in editions()) > 2_000
    for edition in editions():
        pack = edition.pack
        taken = {step for path in walks(pack.id) for step in path.answers.items()}
        offered = {(q.id, option.value) for q in pack.questions for option in q.options}
        assert taken == offered
        assert {path.outcome.id for path in walks(pack.id)} == {o.id for o in pack.outcomes}


@pytest.mark.slow
@pytest.mark.parametrize(("pack_id", "part"), parts())
async def test_every_path_shows_what_the_engine_shows(
    opening: Opening, pack_id: str, part: int
) -> None:
    [edition] = [edition for edition in editions() if edition.pack.id == pack_id]
    every = walks(pack_id)
    ours = every[part::PARTS] if len(every) > 500 else every
    walked = 0

    async with opening(pack_id) as place:
        for path in ours:
            driver = place.somebody()
            for step, view in shown_by_the_engine(edition.pack, path):
                seen = await take(driver, step)
                found = differences(view, seen)
                assert not found, f"{path.answers}: {found}"
            walked += 1

    assert walked == len(ours) > 0
