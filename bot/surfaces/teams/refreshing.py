"""Keeps something that is fetched fresh: in the background, one fetch at a time, with a deadline.

Whoever needs it never waits for more than the one fetch that is under way, and nothing here
blocks the event loop.
"""

import asyncio
from collections.abc import Awaitable, Callable

import aiohttp
import structlog

log = structlog.get_logger(__name__)

SECONDS = 5.0
"""The longest that a fetch may take."""
FIRST_PAUSE, LONGEST_PAUSE = 2.0, 60.0


class NotFetched(Exception):
    """What came is not what was asked for; nothing is kept of it."""


Fetch = Callable[[], Awaitable[float]]
"""Fetches, keeps what it found, and says in how many seconds it should be fetched again."""


class Refresher:
    """Calls a fetch again and again, and once more at once for whoever asks."""

    def __init__(self, fetch: Fetch, what: str) -> None:
        """Fetch nothing yet; `what` stands in the log."""
        self._fetch = fetch
        self._what = what
        self._flight: asyncio.Task[float] | None = None
        self._background: asyncio.Task[None] | None = None
        self._failures = 0

    def start(self) -> None:
        """Begin to fetch in the background."""
        self._background = asyncio.create_task(self._run())

    async def now(self) -> None:
        """Fetch, or wait for the fetch that is under way; a failure is logged, not raised."""
        await asyncio.shield(self._one_flight())

    async def under_way(self) -> None:
        """Wait for the fetch that is under way, if there is one."""
        if self._flight is not None:
            await asyncio.shield(self._flight)

    async def close(self) -> None:
        """Stop fetching."""
        under_way = [task for task in (self._background, self._flight) if task]
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)

    def _one_flight(self) -> asyncio.Task[float]:
        if self._flight is None or self._flight.done():
            self._flight = asyncio.create_task(self._fetched())
        return self._flight

    async def _run(self) -> None:
        while True:
            pause = await asyncio.shield(self._one_flight())
            await asyncio.sleep(pause)

    async def _fetched(self) -> float:
        try:
            async with asyncio.timeout(SECONDS):
                seconds: float = await self._fetch()
        except (TimeoutError, aiohttp.ClientError, NotFetched, OSError) as error:
            log.warning("teams.not_fetched", did=self._what, why=type(error).__name__)
            pause = min(FIRST_PAUSE * 2.0**self._failures, LONGEST_PAUSE)
            self._failures = min(self._failures + 1, 10)
            return pause
        self._failures = 0
        return seconds
