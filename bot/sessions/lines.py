"""Connections to Redis: one conversation at a time each, and trusted only while clean."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Protocol, cast

from hiredis import pack_command
from redis.asyncio import Connection, RedisCluster, SSLConnection
from redis.asyncio.cluster import ClusterNode
from redis.asyncio.connection import AbstractConnection
from redis.asyncio.retry import Retry
from redis.asyncio.sentinel import Sentinel
from redis.backoff import NoBackoff

from bot.sessions.address import Address, Nodes, Sentinels, Server

# A command and its reply, as Redis takes and gives them.
Command = tuple[str | bytes | int, ...]
Reply = Any

# Sentinels are asked one after another, so a silent one may not use up the caller's deadline.
SENTINEL_SECONDS = 0.25


class Line(Protocol):
    """A way to put commands to Redis and read every reply, in order."""

    async def ask(self, commands: Sequence[Command]) -> list[Reply]: ...

    async def drop(self) -> None: ...

    async def close(self) -> None: ...


def open_line(address: Address, places: int) -> Line:
    """Choose the line for an address; nothing is connected until the first question."""
    match address:
        case Server(options):
            return ServerLine(_server(options))
        case Sentinels():
            return ServerLine(_primary(address))
        case Nodes():
            return ClusterLine(address, places)


class ServerLine:
    """Connections to one server, kept for the next caller only when every reply was read.

    The stock pool takes a connection back whatever became of the call, and counts on every path
    having tidied up. Here a call that was cancelled, refused or cut short loses its connection,
    so that no reply is ever left for the next caller to find.
    """

    def __init__(self, connect: Callable[[], Awaitable[AbstractConnection]]) -> None:
        self._connect = connect
        self._idle: list[AbstractConnection] = []
        self._generation = 0

    async def ask(self, commands: Sequence[Command]) -> list[Reply]:
        """Send the commands together and read one reply for each."""
        generation = self._generation
        connection = await self._take()
        try:
            await connection.send_packed_command(_packed(commands))
            replies = [await connection.read_response() for _ in commands]
        except BaseException:
            await connection.disconnect(nowait=True)
            raise
        if generation == self._generation:
            self._idle.append(connection)
        else:
            await connection.disconnect(nowait=True)
        return replies

    async def drop(self) -> None:
        """Let every connection go, those in use as soon as they come back."""
        self._generation += 1
        idle, self._idle = self._idle, []
        for connection in idle:
            await connection.disconnect(nowait=True)

    async def close(self) -> None:
        """Close what is open."""
        idle, self._idle = self._idle, []
        self._generation += 1
        await asyncio.gather(*(connection.disconnect() for connection in idle))

    async def _take(self) -> AbstractConnection:
        while self._idle:
            connection = self._idle.pop()
            # Readable before anything was asked: the server hung up, or somebody's reply is left.
            if not await connection.can_read():
                return connection
            await connection.disconnect(nowait=True)
        return await self._connect()


class ClusterLine:
    """A Redis cluster; redis-py finds the node of each key."""

    def __init__(self, address: Nodes, places: int) -> None:
        self._cluster = RedisCluster(
            startup_nodes=[ClusterNode(host, port) for host, port in address.hosts],
            max_connections=places * 2,
            **_quick(address.options),
        )
        self._cluster.set_response_callback("HGETALL", _as_sent)

    async def ask(self, commands: Sequence[Command]) -> list[Reply]:
        """Ask each command's node at the same time, for their keys may live apart."""
        asking = (self._cluster.execute_command(*command) for command in commands)
        return list(await asyncio.gather(*asking))

    async def drop(self) -> None:
        """Forget nodes and connections; the next question looks for them again."""
        await self._cluster.aclose()

    async def close(self) -> None:
        """Close what is open."""
        await self._cluster.aclose()


def _packed(commands: Sequence[Command]) -> bytes:
    # hiredis declares a tuple of one; it takes any number.
    pack = cast(Callable[[Command], bytes], pack_command)
    return b"".join(pack(command) for command in commands)


def _as_sent(response: Reply, **_: object) -> Reply:
    return response


def _server(options: dict[str, Any]) -> Callable[[], Awaitable[AbstractConnection]]:
    settings = _quick(options)
    kind = cast(type[AbstractConnection], settings.pop("connection_class", Connection))

    async def connect() -> AbstractConnection:
        return await _opened(kind(**settings))

    return connect


def _primary(address: Sentinels) -> Callable[[], Awaitable[AbstractConnection]]:
    asking = {
        "socket_timeout": SENTINEL_SECONDS,
        "socket_connect_timeout": SENTINEL_SECONDS,
    }
    settings = _quick(address.options)
    kind = SSLConnection if settings.pop("ssl", False) else Connection

    async def connect() -> AbstractConnection:
        # Made for one question: a client kept for the next would hold dead connections.
        sentinel = Sentinel(address.hosts, sentinel_kwargs=_quick(asking))  # type: ignore[no-untyped-call]
        try:
            host, port = await sentinel.discover_master(address.service)
        finally:
            await sentinel.aclose()
        return await _opened(kind(host=host, port=port, **settings))

    return connect


def _quick(options: dict[str, Any]) -> dict[str, Any]:
    # No retries: they would outlast any deadline, and run a write twice when a reply is lost.
    # RESP2 is cheaper to read, and no CLIENT SETINFO: Redis 6.2 does not know it.
    ours = {"protocol": 2, "driver_info": None, "retry": Retry(NoBackoff(), 0)}
    return {"socket_timeout": None, "socket_connect_timeout": None, **options, **ours}


async def _opened(connection: AbstractConnection) -> AbstractConnection:
    try:
        await connection.connect()  # type: ignore[no-untyped-call]
    except BaseException:
        await connection.disconnect(nowait=True)
        raise
    return connection
