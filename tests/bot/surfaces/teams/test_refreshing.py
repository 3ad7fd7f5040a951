"""One fetch at a time; whoever needs it waits for that one, and a failure is no error."""

import asyncio

from bot.surfaces.teams import refreshing
from bot.surfaces.teams.refreshing import NotFetched, Refresher


class Source:
    """Something to fetch that waits until it is let go."""

    def __init__(self) -> None:
        self.asked = 0
        self.begun = asyncio.Event()
        self.let_go = asyncio.Event()
        self.breaks = False

    async def fetch(self) -> float:
        self.asked += 1
        self.begun.set()
        await self.let_go.wait()
        if self.breaks:
            raise NotFetched
        return 3_600.0


async def test_whoever_asks_while_a_fetch_is_under_way_waits_for_that_one() -> None:
    source = Source()
    refresher = Refresher(source.fetch, "made_up")
    refresher.start()
    await source.begun.wait()

    waiting = [asyncio.create_task(each()) for each in (refresher.now, refresher.under_way)]
    await asyncio.sleep(0)
    assert not any(task.done() for task in waiting)
    source.let_go.set()
    await asyncio.gather(*waiting)

    assert source.asked == 1
    await refresher.close()


async def test_with_nothing_under_way_nobody_waits_and_nothing_is_fetched() -> None:
    source = Source()
    refresher = Refresher(source.fetch, "made_up")

    await refresher.under_way()
    await refresher.close()

    assert source.asked == 0


async def test_a_failure_is_told_to_nobody_and_the_next_fetch_is_soon() -> None:
    source = Source()
    source.breaks = True
    source.let_go.set()
    refresher = Refresher(source.fetch, "made_up")

    await refresher.now()
    pauses = [await refresher._fetched() for _ in range(9)]

    assert pauses[0] == 2 * refreshing.FIRST_PAUSE
    assert pauses[-1] == refreshing.LONGEST_PAUSE
    source.breaks = False
    assert await refresher._fetched() == 3_600.0
    source.breaks = True
    assert await refresher._fetched() == refreshing.FIRST_PAUSE


async def test_one_who_gives_up_waiting_stops_the_fetch_for_nobody() -> None:
    source = Source()
    refresher = Refresher(source.fetch, "made_up")
    impatient = asyncio.create_task(refresher.now())
    await source.begun.wait()

    impatient.cancel()
    await asyncio.gather(impatient, return_exceptions=True)
    source.let_go.set()
    await refresher.under_way()

    assert source.asked == 1
    await refresher.close()
