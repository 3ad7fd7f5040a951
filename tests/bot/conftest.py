"""A world for each test: its own register, and a Redis shared by all under other names.

What needs no world takes a database of its own, and a clock that it moves itself.
"""

import base64
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.register.database import Database
from bot.register.schema import bring_up_to_date
from tests.bot.clock import Clock
from tests.bot.world import World, world


@pytest.fixture
async def real(redis_url: str, tmp_path: Path) -> AsyncIterator[World]:
    keys = base64.urlsafe_b64encode(os.urandom(32)).decode()
    async with world(redis_url, tmp_path, keys=keys) as opened:
        yield opened


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = Database.open(f"sqlite:///{tmp_path}/register.db", name="register", deadline=2.0)
    await bring_up_to_date(opened, 10.0)
    yield opened
    await opened.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()
