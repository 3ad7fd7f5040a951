"""A register with one check in it, made once: tests of commands read it, or alter a copy."""

import shutil
from pathlib import Path

import pytest

from tests.bot.server import CHECK, run


@pytest.fixture(scope="session")
def carried_through(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder where one check of the briefing was carried through; nobody alters it."""
    folder = tmp_path_factory.mktemp("carried-through")
    ended = run(folder, "check", stdin=CHECK, DEFAULT_PACK="briefing-2018")
    assert ended.returncode == 0, ended.stderr
    return folder


@pytest.fixture
def folder(carried_through: Path, tmp_path: Path) -> Path:
    """A copy of it, to do with as one likes."""
    return shutil.copytree(carried_through, tmp_path, dirs_exist_ok=True)
