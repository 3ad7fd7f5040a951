"""The thread of our own: work in order, results and faults to whoever waits, and no more."""

import asyncio
import threading
import time
from functools import partial

import pytest

from bot.register.lane import Lane


async def test_work_is_done_in_order_on_one_thread() -> None:
    lane = Lane("test")
    done: list[tuple[int, int]] = []

    def work(number: int) -> None:
        done.append((number, threading.get_ident()))

    await asyncio.gather(*(lane.run(partial(work, number)) for number in range(9)))

    assert [number for number, _ in done] == list(range(9))
    assert {thread for _, thread in done} != {threading.get_ident()}
    assert len({thread for _, thread in done}) == 1
    lane.close()


async def test_a_fault_belongs_to_whoever_waits() -> None:
    lane = Lane("test")

    results = await asyncio.gather(
        lane.run(lambda: 1), lane.run(lambda: 1 // 0), lane.run(lambda: 3), return_exceptions=True
    )

    assert (results[0], type(results[1]), results[2]) == (1, ZeroDivisionError, 3)
    lane.close()


async def test_whoever_stops_waiting_stops_no_work() -> None:
    lane = Lane("test")
    done: list[str] = []

    def work() -> None:
        time.sleep(0.05)
        done.append("slow")

    slow = asyncio.create_task(lane.run(work))
    await asyncio.sleep(0)

    slow.cancel()
    await lane.run(lambda: done.append("next"))

    assert done == ["slow", "next"]
    with pytest.raises(asyncio.CancelledError):
        await slow
    lane.close()
