"""A relay for each test, with release slots of ten minutes, or with none."""

import base64
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot.enquiries.stage import Stage, staged


def keys() -> str:
    return base64.urlsafe_b64encode(os.urandom(32)).decode()


@pytest.fixture
async def stage(redis_url: str, tmp_path: Path) -> AsyncIterator[Stage]:
    async with staged(redis_url, tmp_path, keys()) as opened:
        yield opened


@pytest.fixture
async def hasty(redis_url: str, tmp_path: Path) -> AsyncIterator[Stage]:
    async with staged(redis_url, tmp_path, keys(), seconds=0) as opened:
        yield opened
