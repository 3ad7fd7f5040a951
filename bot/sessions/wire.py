"""One connection to a Redis server, shared by every caller; replies go to whoever asked, in order.

Theory. Redis answers in the order in which it is asked. So callers need not wait for one another:
each leaves a place in a queue, and the next reply belongs to the first place. A caller who gives
up leaves the place behind, and its reply is read and thrown away: it never reaches the next one.
Anything that does not fit (a reply too many, bytes that are no reply) ends the connection.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any, cast

from hiredis import ProtocolError, Reader, pack_command
from redis.asyncio.connection import AbstractConnection
from redis.exceptions import BusyLoadingError, NoScriptError, RedisError, ResponseError
from redis.exceptions import ConnectionError as NoConnection

# A command and its reply, as Redis takes and gives them.
Command = tuple[str | bytes | int, ...]
Reply = Any

SILENT_SECONDS = 1.5
"""After this long without an answer a connection is not asked again: it may lead nowhere."""

NOTHING_YET = object()
KINDS: dict[str, type[RedisError]] = {"NOSCRIPT": NoScriptError, "LOADING": BusyLoadingError}


class _Place:
    """A caller's place in the queue."""

    __slots__ = ("answered", "due", "replies", "since")

    def __init__(self, due: int, since: float, answered: asyncio.Future[list[Reply]]) -> None:
        self.due, self.since, self.answered = due, since, answered
        self.replies: list[Reply] = []

    def fill(self, reply: Reply) -> bool:
        """Take the next reply, and say whether it was the last one due."""
        self.replies.append(reply)
        if len(self.replies) < self.due:
            return False
        refused = next((each for each in self.replies if isinstance(each, RedisError)), None)
        if self.answered.done():
            pass  # Whoever asked has given up.
        elif refused:
            self.answered.set_exception(refused)
        else:
            self.answered.set_result(self.replies)
        return True


class Wire(asyncio.Protocol):
    """Asks Redis over a connection that redis-py has opened and introduced.

    redis-py knows how to get to a server (sockets, TLS, passwords, databases). From then on its
    streams and locks would cost more than Redis itself.
    """

    def __init__(self, connection: AbstractConnection) -> None:
        """Take over the transport of an open connection."""
        assert connection._writer is not None
        self._connection = connection
        self._loop = asyncio.get_running_loop()
        self._transport = connection._writer.transport
        self._transport.set_protocol(self)
        self._reader = Reader(replyError=_refusal, notEnoughData=NOTHING_YET)
        self._places: deque[_Place] = deque()
        self._unsent: list[bytes] = []
        self._lost = False

    @property
    def usable(self) -> bool:
        """Whether the next question may go along here."""
        if self._lost or self._transport.is_closing():
            return False
        return not self._places or self._loop.time() - self._places[0].since < SILENT_SECONDS

    async def ask(self, commands: Sequence[Command]) -> list[Reply]:
        """Send the commands together; every reply, or the first refusal among them."""
        place = _Place(len(commands), self._loop.time(), self._loop.create_future())
        self._places.append(place)
        # Whoever else asks in this turn of the loop goes along: one call of the kernel for all,
        # and Redis, which may share our core, is woken once.
        if not self._unsent:
            self._loop.call_soon(self._send)
        self._unsent.append(_packed(commands))
        return await place.answered

    async def close(self) -> None:
        """Hang up; whoever still waits is told."""
        self.connection_lost(None)
        await self._connection.disconnect(nowait=True)

    def _send(self) -> None:
        unsent, self._unsent = self._unsent, []
        if not self._lost:
            self._transport.write(b"".join(unsent))

    def data_received(self, data: bytes) -> None:
        """Hand out what has come."""
        try:
            self._reader.feed(data)
            while (reply := self._reader.gets()) is not NOTHING_YET:
                if self._places[0].fill(reply):
                    self._places.popleft()
        except (ProtocolError, IndexError):
            self._transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002
        """Tell everybody who waits; whether their command was carried out is not known."""
        self._lost = True
        while self._places:
            answered = self._places.popleft().answered
            if not answered.done():
                answered.set_exception(NoConnection("Redis hung up."))


def _packed(commands: Sequence[Command]) -> bytes:
    # hiredis declares a tuple of one; it takes any number.
    pack = cast(Callable[[Command], bytes], pack_command)
    return b"".join([pack(command) for command in commands])


def _refusal(text: str) -> RedisError:
    return KINDS.get(text.partition(" ")[0], ResponseError)(text)
