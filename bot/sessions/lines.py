"""The ways to Redis: one server, the primary that a Sentinel names, or a cluster."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Protocol, cast

from redis.asyncio import Connection, RedisCluster, SSLConnection
from redis.asyncio.cluster import ClusterNode
from redis.asyncio.connection import AbstractConnection
from redis.asyncio.retry import Retry
from redis.asyncio.sentinel import Sentinel
from redis.backoff import NoBackoff

from bot.sessions.address import Address, Nodes, Sentinels, Server
from bot.sessions.wire import Command, Reply, Wire

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
    """One server, over one connection that is opened again whenever it is lost."""

    def __init__(self, connect: Callable[[], Awaitable[AbstractConnection]]) -> None:
        self._connect = connect
        self._connecting = asyncio.Lock()
        self._wire: Wire | None = None

    async def ask(self, commands: Sequence[Command]) -> list[Reply]:
        """Send the commands together and read one reply for each."""
        wire = self._wire
        if wire is None or not wire.usable:
            wire = await self._connected()
        return await wire.ask(commands)

    async def drop(self) -> None:
        """Hang up; the next question goes along a new connection."""
        wire, self._wire = self._wire, None
        if wire is not None:
            await wire.close()

    async def close(self) -> None:
        """Close what is open."""
        await self.drop()

    async def _connected(self) -> Wire:
        async with self._connecting:
            if self._wire is None or not self._wire.usable:
                await self.drop()
                self._wire = Wire(await self._connect())
            return self._wire


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
