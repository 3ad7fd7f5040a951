"""A deadline counts the time in which an answer could have been read, and no other."""

import asyncio
import time

import pytest

from bot.patience import STEPS, Patience, within


async def test_what_takes_too_long_is_given_up() -> None:
    begun = time.monotonic()
    with pytest.raises(TimeoutError):
        async with within(0.2):
            await asyncio.Event().wait()
    assert time.monotonic() - begun >= 0.2


async def test_what_ends_in_time_is_left_alone() -> None:
    async with within(0.02):
        pass
    await asyncio.sleep(0.05)


async def test_an_answer_that_came_in_a_pause_is_read() -> None:
    answer = asyncio.get_running_loop().create_future()

    async with within(0.4):
        asyncio.get_running_loop().call_later(0.1, answer.set_result, "read")
        time.sleep(0.6)  # noqa: ASYNC251 - the whole process stands still
        assert await answer == "read"


async def test_a_pause_costs_one_step() -> None:
    over = asyncio.Event()
    Patience(0.2, over.set)
    time.sleep(0.5)  # noqa: ASYNC251 - the whole process stands still
    await asyncio.sleep(0)
    resumed = time.monotonic()
    await over.wait()
    assert time.monotonic() - resumed >= 0.2 * (STEPS - 1) / STEPS * 0.9


async def test_somebody_else_who_cancels_is_obeyed() -> None:
    async def wait() -> None:
        async with within(10):
            await asyncio.Event().wait()

    waiting = asyncio.create_task(wait())
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
