"""An empty register on each engine, and workers of its outbox that a test puts together."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.outbox import Outbox, Sender
from bot.register.store import Register
from tests.bot.outbox.channels import Clock, Make, files_in
from tests.bot.register.drafts import KEYRING, SIGNER
from tests.postgresql import PostgreSQL


@pytest.fixture(params=["sqlite", "postgresql"])
async def places(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[tuple[str, str]]:
    """Empty databases on each engine: the register, and the keys of its texts."""
    if request.param == "sqlite":
        yield files_in(tmp_path)
        return
    server: PostgreSQL = request.getfixturevalue("postgresql_server")
    async with server.database() as register, server.database() as keys:
        yield register, keys


@pytest.fixture
async def register(places: tuple[str, str]) -> AsyncIterator[Register]:
    register = await Register.open(*places, KEYRING, SIGNER)
    yield register
    await register.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def make(register: Register, clock: Clock) -> Make:
    def made(sender: Sender) -> Outbox:
        senders = {"slack": sender}
        return Outbox(register.database, KEYRING, senders, posted=register.posted, now=clock)

    return made
