"""A database under a deadline: slow, cancelled, unreachable and misnamed."""

import asyncio
import stat
import time
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.register.database import Database, RegisterUnavailable
from bot.register.store import Register
from tests.bot.register.drafts import a_draft

# About a second of work that SQLite cannot be talked out of.
SLOW = text(
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000000)"
    " SELECT count(*) FROM n"
)


async def test_a_slow_query_answers_by_the_deadline(tmp_path: Path) -> None:
    database = Database.open(f"sqlite:///{tmp_path}/x.db", name="register", deadline=0.2)
    await database.read(lambda connection: connection.execute(text("SELECT 1")))
    began = time.monotonic()

    with pytest.raises(RegisterUnavailable, match=r"The register did not answer in 0.2 s\."):
        await database.read(lambda connection: connection.execute(SLOW))

    assert time.monotonic() - began < 0.5
    await database.read(lambda connection: connection.execute(text("SELECT 1")))
    await asyncio.sleep(1.0)
    await database.close()


async def test_cancelled_readers_leave_the_pool_whole(register: Register) -> None:
    await register.append(a_draft())
    tasks = [asyncio.create_task(register.find("check-1")) for _ in range(60)]
    for task in tasks[::2]:
        await asyncio.sleep(0.0005)
        task.cancel()

    results = await asyncio.gather(*tasks, return_exceptions=True)

    answered = [result for result in results if isinstance(result, tuple)]
    assert len(answered) >= 30
    assert all(len(found) == 1 for found in answered)
    assert len(await register.find("check-1")) == 1


async def test_a_file_is_for_its_owner_only(tmp_path: Path) -> None:
    database = Database.open(f"sqlite:///{tmp_path}/new/x.db", name="register", deadline=1.0)

    await database.write(lambda connection: connection.execute(text("CREATE TABLE t (a)")))

    modes = {stat.S_IMODE(file.stat().st_mode) for file in (tmp_path / "new").iterdir()}
    assert modes == {0o600}
    await database.close()


async def test_commits_wait_for_the_disk(tmp_path: Path) -> None:
    database = Database.open(f"sqlite:///{tmp_path}/x.db", name="register", deadline=1.0)
    pragmas = ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "trusted_schema")

    async def work(connection: AsyncConnection) -> list[object]:
        return [await connection.scalar(text(f"PRAGMA {pragma}")) for pragma in pragmas]

    values = await database.read(work)

    assert values == ["wal", 2, 1, 1, 0]
    await database.close()


async def test_an_unreachable_server_is_one_plain_line() -> None:
    url = "postgresql://share:hunter2@127.0.0.1:9/register"
    database = Database.open(url, name="register", deadline=1.0)

    with pytest.raises(RegisterUnavailable) as caught:
        await database.read(lambda connection: connection.execute(text("SELECT 1")))

    assert str(caught.value).startswith("The register cannot be used now (")
    assert "hunter2" not in str(caught.value)
    assert "\n" not in str(caught.value)
    await database.close()


async def test_a_damaged_file_is_one_plain_line(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_bytes(b"not a database at all" * 200)
    database = Database.open(f"sqlite:///{tmp_path}/x.db", name="register", deadline=1.0)

    with pytest.raises(RegisterUnavailable, match=r"^The register cannot be used now \(\w+\)\.$"):
        await database.read(lambda connection: connection.execute(text("SELECT 1")))

    await database.close()


@pytest.mark.parametrize(
    "url",
    [
        "postgres://share@localhost/register",
        "postgresql://share@localhost/register?sslmode=require",
        "postgresql+asyncpg://share@localhost/register",
    ],
)
async def test_every_spelling_of_postgresql_is_understood(url: str) -> None:
    database = Database.open(url, name="register", deadline=1.0)

    assert database.engine.url.drivername == "postgresql+asyncpg"
    assert database.engine.url.query.get("ssl") == ("require" if "ssl" in url else None)
    await database.close()


def test_a_folder_in_the_way_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(RegisterUnavailable, match=r"^The key store's file cannot be made \(\w+\)"):
        Database.open(f"sqlite:///{tmp_path}/file/x.db", name="key store", deadline=1.0)
