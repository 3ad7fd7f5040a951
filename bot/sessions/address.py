"""Where Redis is: one server, a Sentinel's primary or a cluster, read from a URL."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import SplitResult, unquote, urlsplit

from redis.asyncio.connection import parse_url

T = TypeVar("T")

CHAINED = ("redis+sentinel", "rediss+sentinel", "redis+cluster", "rediss+cluster")


class BrokenAddress(ValueError):
    """REDIS_URL cannot be read; the message never repeats it, for it may hold a password."""


@dataclass(frozen=True, slots=True)
class Server:
    """One Redis server, with redis-py's words for how to connect."""

    options: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sentinels:
    """Sentinels that know which server is the primary of a service."""

    hosts: tuple[tuple[str, int], ...]
    service: str
    options: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Nodes:
    """Some nodes of a Redis cluster; the rest are found through them."""

    hosts: tuple[tuple[str, int], ...]
    options: dict[str, Any]


Address = Server | Sentinels | Nodes


def read_address(url: str) -> Address:
    """Read redis://, rediss://, unix://, redis+sentinel:// or redis+cluster://."""
    scheme = url.partition("://")[0]
    if scheme not in CHAINED:
        return Server(_or_broken(lambda: dict(parse_url(url))))
    parts = _or_broken(lambda: urlsplit(url))
    hosts = _or_broken(lambda: _hosts(parts, 26379 if "sentinel" in scheme else 6379))
    if "cluster" in scheme:
        return Nodes(hosts, _options(parts))
    service, _, database = parts.path.strip("/").partition("/")
    if not service:
        raise BrokenAddress("REDIS_URL names no Sentinel service: add it as /service/0.")
    number = _or_broken(lambda: int(database or "0"))
    return Sentinels(hosts, service, {**_options(parts), "db": number})


def _hosts(parts: SplitResult, port: int) -> tuple[tuple[str, int], ...]:
    chain = parts.netloc.rpartition("@")[2].split(",")
    found = [urlsplit(f"//{host}") for host in chain]
    if not all(host.hostname for host in found):
        raise ValueError("a host is missing")
    return tuple((host.hostname or "", host.port or port) for host in found)


def _options(parts: SplitResult) -> dict[str, Any]:
    user, _, password = parts.netloc.rpartition("@")[0].partition(":")
    options: dict[str, Any] = {"ssl": True} if parts.scheme.startswith("rediss") else {}
    if user:
        options["username"] = unquote(user)
    if password:
        options["password"] = unquote(password)
    return options


def _or_broken(read: Callable[[], T]) -> T:
    try:
        return read()
    except ValueError:
        # The cause is left out on purpose: it may quote the URL with its password.
        raise BrokenAddress(
            "REDIS_URL cannot be read: use redis://, rediss://, unix://, "
            "redis+sentinel://host:port,host:port/service/0 or redis+cluster://host:port."
        ) from None
