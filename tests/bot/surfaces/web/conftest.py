"""The web surface on a real server, with everything real behind it."""

from collections.abc import AsyncIterator

import pytest

from tests.bot.surfaces.web.visitor import Visitor, posting, served, visiting
from tests.bot.world import World


@pytest.fixture
async def url(real: World) -> AsyncIterator[str]:
    async with posting(real), served(real.conversation, real.panel) as address:
        yield address


@pytest.fixture
async def visitor(url: str) -> AsyncIterator[Visitor]:
    async with visiting(url) as opened:
        yield opened
