"""A world for each test: its own register, and a Redis shared by all under other names."""

import base64
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot.world import World, world


@pytest.fixture
async def real(redis_url: str, tmp_path: Path) -> AsyncIterator[World]:
    keys = base64.urlsafe_b64encode(os.urandom(32)).decode()
    async with world(redis_url, tmp_path, keys=keys) as opened:
        yield opened
