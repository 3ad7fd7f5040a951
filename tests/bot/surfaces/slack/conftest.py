"""One stage for all tests of the surface; each test brings people of its own."""

from collections.abc import AsyncIterator

import pytest

from bot.outbox import Sender
from tests.bot.surfaces.slack.stage import Stage, set_up
from tests.fakes.slack import FakeSlack


@pytest.fixture(scope="session")
async def whole_stage(
    redis_url: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Stage]:
    async with set_up(redis_url, tmp_path_factory.mktemp("slack")) as stage:
        yield stage


@pytest.fixture
async def stage(whole_stage: Stage) -> AsyncIterator[Stage]:
    yield whole_stage
    whole_stage.slack.heal()
    whole_stage.slack.channel("C0TEAM").is_archived = False


@pytest.fixture
def sender(stage: Stage) -> Sender:
    return stage.parts.senders["slack"]


@pytest.fixture
def slack(stage: Stage) -> FakeSlack:
    return stage.slack
