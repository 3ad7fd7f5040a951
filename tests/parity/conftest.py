"""The surfaces side by side, each with everything real behind it."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

import pytest

from bot.conversation import Practitioner
from bot.logs import configure
from bot.outbox import Outbox
from bot.register.store import Register
from tests.bot.surfaces.slack.stage import set_up
from tests.bot.surfaces.teams import stage as teams
from tests.bot.surfaces.web.visitor import served, visiting
from tests.bot.world import world
from tests.parity.drivers import AtSlack, AtTeams, AtTerminal, AtWeb
from tests.parity.seen import Driver


@dataclass(frozen=True, slots=True)
class Place:
    """A surface that follows a pack, with what it writes; `somebody` is new there each time."""

    somebody: Callable[[], Driver]
    register: Register
    outbox: Outbox


Opening: TypeAlias = Callable[[str], AbstractAsyncContextManager[Place]]

SURFACES = ("slack", "teams", "web", "terminal")


@pytest.fixture(scope="session", autouse=True)
def quiet() -> None:
    """A hundred thousand turns need not be told one by one."""
    configure("error")


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """In memory where that can be: of a disk that stalls, every surface would tell."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder of its own in it
    if not memory.is_dir():
        yield tmp_path
        return
    with TemporaryDirectory(dir=memory) as made:
        yield Path(made)


@pytest.fixture(params=SURFACES)
def opening(request: pytest.FixtureRequest, redis_url: str, folder: Path) -> Opening:
    """One surface after the other."""

    @asynccontextmanager
    async def at_slack(pack_id: str) -> AsyncIterator[Place]:
        async with set_up(redis_url, folder, default_pack=pack_id) as stage:
            parts = stage.parts
            yield Place(lambda: AtSlack(stage.person()), parts.register, parts.outbox)

    @asynccontextmanager
    async def at_teams(pack_id: str) -> AsyncIterator[Place]:
        async with teams.set_up(redis_url, folder, default_pack=pack_id) as stage:
            parts = stage.parts
            yield Place(lambda: AtTeams(stage.person()), parts.register, parts.outbox)

    @asynccontextmanager
    async def at_web(pack_id: str) -> AsyncIterator[Place]:
        async with world(redis_url, folder, pack=pack_id) as real:
            opened = served(real.conversation, real.panel)
            async with opened as url, visiting(url) as visitor:
                yield Place(lambda: AtWeb(visitor), real.register, real.outbox)

    @asynccontextmanager
    async def at_terminal(pack_id: str) -> AsyncIterator[Place]:
        async with world(redis_url, folder, pack=pack_id) as real:
            conversation = real.conversation
            who = Practitioner("terminal", "local", "somebody")
            yield Place(lambda: AtTerminal(conversation, who), real.register, real.outbox)

    openings = {"slack": at_slack, "teams": at_teams, "web": at_web, "terminal": at_terminal}
    found: Opening = openings[request.param]
    return found
