"""The load generator: plain sockets and one selector, so that it is never what is measured.

One thread drives every connection. Each has one request under way at a time, as a practitioner
has; the next is made from the answer to the one before.
"""

from __future__ import annotations

import selectors
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

PATIENCE = 30.0


class ServerFellSilent(Exception):
    """No connection had an answer for a long time, or the server hung up."""


class Unexpected(Exception):
    """An answer is not the one that the request asked for, so nothing was measured."""


class Source(Protocol):
    """What one connection asks for."""

    def next(self, answer: bytes | None) -> bytes | None:
        """The next request after the body of the last answer; None at the end."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What a run came to; `busy` is the share of the time in which the generator worked."""

    seconds: float
    latencies: tuple[float, ...]
    busy: float

    @property
    def requests(self) -> int:
        """How many were answered."""
        return len(self.latencies)

    @property
    def per_second(self) -> float:
        """How many were answered in a second."""
        return self.requests / self.seconds

    def latency(self, share: float) -> float:
        """The seconds within which this share of the requests was answered."""
        return self.latencies[min(int(self.requests * share), self.requests - 1)]


def run(port: int, sources: Sequence[Source]) -> Measured:
    """Drive one connection for each source until all have come to their end."""
    connections = [_Connection(port, source) for source in sources]
    started, used = time.perf_counter(), time.process_time()
    _drive(connections)
    seconds, busy = time.perf_counter() - started, time.process_time() - used
    latencies = [latency for connection in connections for latency in connection.latencies]
    return Measured(seconds, tuple(sorted(latencies)), busy / seconds)


def _drive(connections: Sequence[_Connection]) -> None:
    with selectors.DefaultSelector() as waiting:
        for connection in connections:
            if connection.ask(None):
                waiting.register(connection.socket, selectors.EVENT_READ, connection)
        while waiting.get_map():
            ready = waiting.select(PATIENCE)
            if not ready:
                raise ServerFellSilent
            for key, _ in ready:
                connection = key.data
                answer = connection.answer()
                if answer is not None and not connection.ask(answer):
                    waiting.unregister(connection.socket)


class _Connection:
    """One keep-alive connection with at most one request under way."""

    def __init__(self, port: int, source: Source) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.latencies: list[float] = []
        self._source = source
        self._received = b""
        self._asked_at = 0.0

    def ask(self, answer: bytes | None) -> bool:
        """Send the next request; False when there is none."""
        request = self._source.next(answer)
        if request is None:
            self.socket.close()
            return False
        self._asked_at = time.perf_counter()
        self.socket.sendall(request)
        return True

    def answer(self) -> bytes | None:
        """Read what has come; the body, once it is whole."""
        piece = self.socket.recv(262_144)
        if not piece:
            raise ServerFellSilent
        self._received += piece
        head, end, body = self._received.partition(b"\r\n\r\n")
        if not end or len(body) < _content_length(head):
            return None
        self.latencies.append(time.perf_counter() - self._asked_at)
        if not head.startswith(b"HTTP/1.1 200"):
            raise Unexpected(head.partition(b"\r\n")[0].decode())
        self._received = b""
        return body


def _content_length(head: bytes) -> int:
    _, _, rest = head.lower().partition(b"content-length:")
    return int(rest.partition(b"\r\n")[0])
