"""Deadlines that a pause of our own process does not use up.

A plain timer that comes due while the process could not run fires as soon as it can, before the
answer that has arrived meanwhile is read. So a deadline is waited out in steps: a pause costs at
most one of them, however long it was, and the answer is read in the next.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

STEPS = 4


class Patience:
    """Calls back when the seconds are over, unless it is cancelled before."""

    def __init__(self, seconds: float, over: Callable[[], None]) -> None:
        """Begin to wait; inside a running loop only."""
        self._step = seconds / STEPS
        self._left = STEPS
        self._over = over
        self._loop = asyncio.get_running_loop()
        self._timer = self._loop.call_later(self._step, self._waited)

    def cancel(self) -> None:
        """Wait no longer."""
        self._timer.cancel()

    def _waited(self) -> None:
        self._left -= 1
        if self._left:
            self._timer = self._loop.call_later(self._step, self._waited)
        else:
            self._over()


@asynccontextmanager
async def within(seconds: float) -> AsyncIterator[None]:
    """Raise `TimeoutError` out of the block when the seconds are over, as asyncio's own does."""
    async with asyncio.timeout(None) as limit:
        now = asyncio.get_running_loop().time
        patience = Patience(seconds, lambda: limit.reschedule(now()))
        try:
            yield
        finally:
            patience.cancel()
