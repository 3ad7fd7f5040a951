"""A register on each engine it runs on, empty at the start of each test."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.register.store import Register
from tests.bot.register.drafts import KEYRING, SIGNER
from tests.postgresql import PostgreSQL


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the register and the keys of its texts live."""

    register: str
    keys: str


@pytest.fixture
def files(tmp_path: Path) -> Addresses:
    return Addresses(f"sqlite:///{tmp_path}/register.db", f"sqlite:///{tmp_path}/keys.db")


@pytest.fixture(params=["sqlite", "postgresql"])
async def addresses(request: pytest.FixtureRequest, files: Addresses) -> AsyncIterator[Addresses]:
    """Empty databases on each engine; every contract test takes this."""
    if request.param == "sqlite":
        yield files
        return
    server: PostgreSQL = request.getfixturevalue("postgresql_server")
    async with server.database() as register, server.database() as keys:
        yield Addresses(register, keys)


@pytest.fixture
async def register(addresses: Addresses) -> AsyncIterator[Register]:
    register = await Register.open(addresses.register, addresses.keys, KEYRING, SIGNER)
    yield register
    await register.close()
