"""A clock that a test moves, and platforms that do as they are told."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from bot.outbox import Outbox, Outcome, Row, Sender, Sent

Make = Callable[[Sender], Outbox]
"""Makes a worker that sends through this."""


class Clock:
    """Stands still until a test moves it."""

    def __init__(self) -> None:
        self.time = 1_000_000.0

    def __call__(self) -> float:
        return self.time


class Channel:
    """A platform that does as its script says, and then posts everything."""

    def __init__(self, *script: Outcome | Exception) -> None:
        self.script = list(script)
        self.asked: list[Row] = []
        self.retries: list[bool] = []
        self.posted: list[str] = []

    async def send(self, row: Row, *, retry: bool) -> Outcome:
        self.asked.append(row)
        self.retries.append(retry)
        outcome = self.script.pop(0) if self.script else Sent(f"m-{row.body['name']}")
        if isinstance(outcome, Exception):
            raise outcome
        if isinstance(outcome, Sent):
            self.posted.append(str(row.body["name"]))
        return outcome


class Hanging:
    """A platform that never answers."""

    def __init__(self) -> None:
        self.begun = asyncio.Event()

    async def send(self, row: Row, *, retry: bool) -> Outcome:
        self.begun.set()
        await asyncio.Event().wait()
        return Sent(None)


async def until(happened: Callable[[], bool]) -> None:
    async with asyncio.timeout(5.0):
        while not happened():  # noqa: ASYNC110 - the worker has nobody to tell
            await asyncio.sleep(0.01)


def files_in(folder: Path) -> tuple[str, str]:
    return f"sqlite:///{folder}/register.db", f"sqlite:///{folder}/keys.db"
