"""A thread of our own that does one piece of work after another.

Theory. A transaction on SQLite is a dozen calls that each take microseconds, and a wait for the
disk. To hand each call to a thread and wait for it costs more than the call; to hand over the
whole transaction costs it once. The thread is a daemon: a disk that stands still must not keep
the process from ending.
"""

import asyncio
import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any, TypeVar

Result = TypeVar("Result")
Work = tuple[Callable[[], Any], asyncio.Future[Any]]


class Lane:
    """Takes work from the event loop, and gives each result back to it."""

    def __init__(self, name: str) -> None:
        """Start nothing yet."""
        self._name = name
        self._queue: SimpleQueue[Work | None] = SimpleQueue()
        self._thread: threading.Thread | None = None

    async def run(self, work: Callable[[], Result]) -> Result:
        """Do this after what came before it; whoever stops waiting does not stop the work."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._go_on, name=self._name, daemon=True)
            self._thread.start()
        told: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._queue.put((work, told))
        return await told

    def close(self) -> None:
        """Let the thread end when it has done what it was given."""
        if self._thread is not None:
            self._queue.put(None)
            self._thread = None

    def _go_on(self) -> None:
        while (item := self._queue.get()) is not None:
            work, told = item
            try:
                result, error = work(), None
            except BaseException as raised:  # noqa: BLE001
                # Whatever it was belongs to whoever waits for it.
                result, error = None, raised
            try:
                told.get_loop().call_soon_threadsafe(_tell, told, result, error)
            except RuntimeError:
                # The loop has ended, and with it everybody who could have been told.
                return


def _tell(told: asyncio.Future[Any], result: Any, error: BaseException | None) -> None:
    if told.done():
        return
    if error is None:
        told.set_result(result)
    else:
        told.set_exception(error)
