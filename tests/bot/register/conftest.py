"""A register on each engine it runs on, empty at the start of each test."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.register.store import Register
from tests.bot.register.drafts import KEYRING, SIGNER


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the register and the keys of its texts live."""

    register: str
    keys: str


@pytest.fixture
def files(tmp_path: Path) -> Addresses:
    return Addresses(f"sqlite:///{tmp_path}/register.db", f"sqlite:///{tmp_path}/keys.db")


@pytest.fixture(params=["sqlite"])
def addresses(request: pytest.FixtureRequest, files: Addresses) -> Addresses:
    """Empty databases on the engine named by the parameter; every contract test takes this."""
    assert request.param == "sqlite"
    return files


@pytest.fixture
async def register(addresses: Addresses) -> AsyncIterator[Register]:
    register = await Register.open(addresses.register, addresses.keys, KEYRING, SIGNER)
    yield register
    await register.close()
