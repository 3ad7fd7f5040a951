"""A wire in front of a database that can be cut at the worst moment."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit, urlunsplit

COMMIT = b"COMMIT"


@dataclass
class Wire:
    """Passes bytes on; while `losing` is above zero, a commit arrives and its reply does not."""

    port: int
    losing: int = 0
    lost: int = 0
    _listening: asyncio.Server | None = None
    _open: set[asyncio.StreamWriter] = field(default_factory=set)

    def address(self, url: str) -> str:
        """The same database, behind this wire."""
        assert self._listening is not None
        here = self._listening.sockets[0].getsockname()[1]
        place = urlsplit(url)
        return urlunsplit(place._replace(netloc=f"{place.username}@127.0.0.1:{here}"))

    async def _passed(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.port)
        self._open |= {writer, far_writer}
        cut = asyncio.Event()
        back = asyncio.create_task(self._back(far_reader, writer, cut))
        try:
            while data := await reader.read(65_536):
                if self.losing and COMMIT in data:
                    self.losing -= 1
                    self.lost += 1
                    cut.set()
                far_writer.write(data)
                await far_writer.drain()
        except OSError:
            pass
        finally:
            for end in (writer, far_writer):
                end.close()
            self._open -= {writer, far_writer}
            await asyncio.gather(back, return_exceptions=True)

    async def _back(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, cut: asyncio.Event
    ) -> None:
        with suppress(OSError):
            while data := await reader.read(65_536):
                if cut.is_set():
                    # The database has answered, so it has committed; nobody will hear of it.
                    writer.transport.abort()
                    return
                writer.write(data)
                await writer.drain()
        writer.close()

    async def close(self) -> None:
        """Hang up on everybody."""
        assert self._listening is not None
        self._listening.close()
        for writer in self._open:
            writer.transport.abort()


@asynccontextmanager
async def wire_to(port: int) -> AsyncIterator[Wire]:
    """A wire to a port of this machine."""
    wire = Wire(port)
    wire._listening = await asyncio.start_server(wire._passed, "127.0.0.1", 0)
    try:
        yield wire
    finally:
        await wire.close()
