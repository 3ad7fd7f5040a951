"""The road to Redis: one deadline on every call, one kind of failure, and a rest after a stall."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from redis.exceptions import (
    ConnectionError as NoConnection,
)
from redis.exceptions import (
    NoScriptError,
    RedisClusterException,
    RedisError,
)

from bot.patience import within
from bot.sessions.address import read_address
from bot.sessions.lines import open_line
from bot.sessions.script import Script
from bot.sessions.wire import Command, Reply

T = TypeVar("T")

DEADLINE_SECONDS = 0.9
REST_SECONDS = 1.0
PLACES = 32


class Unavailable(Exception):
    """Redis did not answer, or not in time, or not with what was asked; trying again is safe."""


class Road:
    """Every call to Redis goes along here.

    A call that outlives its deadline closes the road for a second, so that a stalled Redis
    costs a practitioner one wait and not one a screen; then a single caller tries it again.
    """

    def __init__(self, url: str) -> None:
        self._line = open_line(read_address(url), PLACES)
        self._places = asyncio.Semaphore(PLACES)
        self._rests_until = 0.0

    async def ask(self, *commands: Command) -> list[Reply]:
        """Read: one round trip, and once more over new connections where the old had died."""

        async def read() -> list[Reply]:
            try:
                return await self._line.ask(commands)
            except RedisError as refusal:
                if not _died(refusal):
                    raise
                await self._line.drop()
                return await self._line.ask(commands)

        return await self._travel(read)

    async def run(self, script: Script, keys: tuple[str, ...], *arguments: str | bytes) -> Reply:
        """Write by a script, never twice on our own account."""
        rest = (len(keys), *keys, *arguments)

        async def write() -> Reply:
            try:
                [reply] = await self._line.ask([("EVALSHA", script.digest, *rest)])
            except NoScriptError:
                [reply] = await self._line.ask([("EVAL", script.text, *rest)])
            return reply

        return await self._travel(write)

    async def drop(self) -> None:
        """Trust no connection that is open now."""
        await self._line.drop()

    async def close(self) -> None:
        """Close every connection."""
        await self._line.close()

    async def _travel(self, journey: Callable[[], Awaitable[T]]) -> T:
        clock = asyncio.get_running_loop().time
        self._refuse_while_resting(clock())
        under_way = False
        try:
            async with within(DEADLINE_SECONDS), self._places:
                under_way = True
                reply = await journey()
        except TimeoutError as stall:
            # Waiting for a place says that we are busy, not that Redis is slow.
            if under_way:
                self._rests_until = clock() + REST_SECONDS
            raise Unavailable("Redis did not answer in time.") from stall
        except (RedisError, RedisClusterException) as refusal:
            if _died(refusal):
                await self._line.drop()
            raise Unavailable(f"Redis refused the call: {type(refusal).__name__}.") from refusal
        self._rests_until = 0.0
        return reply

    def _refuse_while_resting(self, now: float) -> None:
        if not self._rests_until:
            return
        if now < self._rests_until:
            raise Unavailable("Redis did not answer a moment ago.")
        self._rests_until = now + REST_SECONDS


def _died(refusal: Exception) -> bool:
    # READONLY comes wrapped in the script's own error: a primary that has become a replica.
    return isinstance(refusal, NoConnection) or "READONLY" in str(refusal)
