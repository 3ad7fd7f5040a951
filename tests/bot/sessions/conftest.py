"""Sessions over every kind of Redis, and over the plain server that tests look into."""

import secrets
from collections.abc import AsyncIterator, Iterator

import pytest
from redis import Redis

from bot.keys import Keyring
from bot.sessions import Owner, Sessions

OLD_KEY, NEW_KEY = secrets.token_bytes(32), secrets.token_bytes(32)


@pytest.fixture
def keyring() -> Keyring:
    return Keyring((OLD_KEY,))


@pytest.fixture
def owner(keyring: Keyring) -> Owner:
    return keyring.owners("slack", "T1", secrets.token_hex(4))


@pytest.fixture(params=["server", "sentinel", "cluster"])
def url(request: pytest.FixtureRequest) -> str:
    fixture = {"server": "redis_url", "sentinel": "sentinel_url", "cluster": "cluster_url"}
    return str(request.getfixturevalue(fixture[request.param]))


@pytest.fixture
async def sessions(url: str, keyring: Keyring) -> AsyncIterator[Sessions]:
    opened = Sessions.open(url, keyring)
    yield opened
    await opened.close()


@pytest.fixture
async def rotated(url: str) -> AsyncIterator[tuple[Sessions, Keyring]]:
    keyring = Keyring((NEW_KEY, OLD_KEY))
    opened = Sessions.open(url, keyring)
    yield opened, keyring
    await opened.close()


@pytest.fixture
def redis(redis_url: str) -> Iterator[Redis]:
    with Redis.from_url(redis_url) as client:
        yield client


@pytest.fixture
async def on_server(redis_url: str, keyring: Keyring) -> AsyncIterator[Sessions]:
    opened = Sessions.open(redis_url, keyring)
    yield opened
    await opened.close()
