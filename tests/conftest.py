"""What every test may ask for: a real Redis in every form, and a real PostgreSQL."""

from collections.abc import AsyncIterator, Iterator

import pytest
from redis import Redis

from bot.embedded import Embedded
from tests import postgresql
from tests.redis_servers import clustered, watched


@pytest.fixture(scope="session")
async def redis_url(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    async with await Embedded.start(tmp_path_factory.mktemp("redis")) as server:
        # A disk that is busy with a database's tests would hold up Redis, and us with it.
        with Redis.from_url(server.url) as redis:
            redis.config_set("appendonly", "no")
        yield server.url


@pytest.fixture(scope="session")
def sentinel_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with watched(tmp_path_factory.mktemp("sentinel")) as url:
        yield url


@pytest.fixture(scope="session")
def cluster_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folders = (tmp_path_factory.mktemp("node"), tmp_path_factory.mktemp("node"))
    with clustered(folders) as url:
        yield url


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[postgresql.PostgreSQL]:
    with postgresql.running(options=postgresql.QUICK) as server:
        yield server
