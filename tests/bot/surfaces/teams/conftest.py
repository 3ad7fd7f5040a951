"""One stage for all tests of the surface; each test brings people of its own."""

from collections.abc import AsyncIterator

import pytest

from tests.bot.surfaces.teams.stage import Stage, set_up
from tests.fakes.teams import FakeTeams


@pytest.fixture(scope="session")
async def whole_stage(
    redis_url: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Stage]:
    async with set_up(redis_url, tmp_path_factory.mktemp("teams")) as stage:
        yield stage


@pytest.fixture
async def stage(whole_stage: Stage) -> AsyncIterator[Stage]:
    yield whole_stage
    whole_stage.teams.heal()
    for conversation in whole_stage.teams.conversations.values():
        conversation.refuses = None


@pytest.fixture
def teams(stage: Stage) -> FakeTeams:
    return stage.teams
