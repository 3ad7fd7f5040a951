"""One connection for every caller: whose reply is whose, and when it is not trusted any more."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import pytest
from redis.asyncio import Connection
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as NoConnection
from redis.exceptions import NoScriptError, ResponseError

from bot.sessions import wire as wires
from bot.sessions.wire import Wire

PING = ("PING",)
Answers = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def wire_to(answers: Answers) -> AsyncIterator[Wire]:
    """A wire to a server that answers as it is told to."""
    writers: list[asyncio.StreamWriter] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers.append(writer)
        await answers(reader, writer)

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    connection = Connection(
        host=host, port=port, protocol=2, driver_info=None, retry=Retry(NoBackoff(), 0)
    )
    await connection.connect()  # type: ignore[no-untyped-call]
    wire = Wire(connection)
    try:
        yield wire
    finally:
        await wire.close()
        for writer in writers:
            writer.close()
        server.close()


def says(*replies: bytes) -> Answers:
    """One reply for each piece that comes in."""

    async def answers(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for reply in replies:
            await reader.read(1_000)
            writer.write(reply)

    return answers


async def silence(_: asyncio.StreamReader, __: asyncio.StreamWriter) -> None:
    """Take everything and answer nothing."""


async def test_a_reply_that_nobody_waits_for_reaches_nobody_else() -> None:
    async with wire_to(says(b"", b"$4\r\nmine\r\n$6\r\nyours!\r\n")) as wire:
        gone = asyncio.create_task(wire.ask([("GET", "mine")]))
        await asyncio.sleep(0.02)
        gone.cancel()

        assert await wire.ask([("GET", "yours")]) == [b"yours!"]
        assert wire.usable


async def test_several_commands_have_their_replies_in_order() -> None:
    async with wire_to(says(b"+one\r\n+t", b"wo\r\n")) as wire:
        both = asyncio.create_task(wire.ask([PING, PING]))
        await asyncio.sleep(0.02)
        assert not both.done()
        later = asyncio.create_task(wire.ask([PING]))

        assert await both == [b"one", b"two"]
        later.cancel()


@pytest.mark.parametrize(
    ("said", "meant"),
    [(b"-NOSCRIPT no such script\r\n", NoScriptError), (b"-OOM no memory\r\n", ResponseError)],
)
async def test_a_refusal_is_raised_and_the_wire_goes_on(said: bytes, meant: type) -> None:
    async with wire_to(says(said + b"+fine\r\n", b"+again\r\n")) as wire:
        with pytest.raises(meant):
            await wire.ask([PING, PING])

        assert await wire.ask([PING]) == [b"again"]


@pytest.mark.parametrize("strange", [b"+one\r\n+too many\r\n", b"what is this\r\n"])
async def test_what_does_not_fit_ends_the_wire(strange: bytes) -> None:
    async with wire_to(says(strange)) as wire:
        with suppress(NoConnection):
            await wire.ask([PING])
        await asyncio.sleep(0.02)

        assert not wire.usable


async def test_everybody_who_waits_hears_that_redis_hung_up() -> None:
    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1_000)
        writer.close()

    async with wire_to(hang_up) as wire:
        told = await asyncio.gather(*(wire.ask([PING]) for _ in range(5)), return_exceptions=True)

    assert [type(each) for each in told] == [NoConnection] * 5


async def test_a_silent_wire_is_not_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wires, "SILENT_SECONDS", 0.05)
    async with wire_to(silence) as wire:
        waiting = asyncio.create_task(wire.ask([PING]))
        usable = [wire.usable]
        await asyncio.sleep(0.07)
        usable.append(wire.usable)

        assert usable == [True, False]
        waiting.cancel()
