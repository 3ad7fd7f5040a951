"""Where the app is installed: tokens sealed for their workspace, erased when taken back."""

from dataclasses import replace

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from structlog.testing import capture_logs

from bot.installations import FRESH_SECONDS, Installations
from bot.keys import Keyring
from bot.register.database import Database
from bot.register.tables import installations
from tests.bot.clock import Clock

OLD, NEW = b"o" * 32, b"n" * 32


@pytest.fixture
def installed(database: Database, clock: Clock) -> Installations:
    return Installations(database, Keyring((OLD,)), "slack", clock)


async def rows(database: Database) -> list[tuple[object, ...]]:
    async def work(connection: AsyncConnection) -> list[tuple[object, ...]]:
        return [tuple(row) for row in await connection.execute(select(installations))]

    return await database.read(work)


async def test_a_token_is_kept_sealed_for_its_workspace(
    installed: Installations, database: Database
) -> None:
    await installed.put("T1", "xoxb-secret")

    assert await installed.token("T1") == "xoxb-secret"
    assert await installed.token("T2") is None
    assert "xoxb" not in str(await rows(database))


async def test_a_token_opens_for_no_other_workspace(
    installed: Installations, database: Database
) -> None:
    await installed.put("T1", "xoxb-secret")

    async def swap(connection: AsyncConnection) -> None:
        await connection.execute(update(installations).values(tenant="T2"))

    await database.write(swap)
    with capture_logs() as logged:
        assert await installed.token("T2") is None
    assert [line["event"] for line in logged] == ["installations.unreadable"]


async def test_a_rotated_key_still_opens_it(installed: Installations) -> None:
    await installed.put("T1", "xoxb-secret")
    rotated = replace(installed, keyring=Keyring((NEW, OLD)))

    assert await rotated.token("T1") == "xoxb-secret"


async def test_a_token_taken_back_is_erased_and_its_row_stays(
    installed: Installations, database: Database, clock: Clock
) -> None:
    await installed.put("T1", "xoxb-secret")
    clock.now += 10

    await installed.gone("T1", clock.now)
    await installed.gone("T9", clock.now)

    assert await installed.token("T1") is None
    [row] = await rows(database)
    assert row[:3] == ("slack", "T1", "gone")
    assert row[4] is None


async def test_installing_again_puts_a_new_token_in_its_place(
    installed: Installations, clock: Clock
) -> None:
    await installed.put("T1", "xoxb-first")
    await installed.gone("T1", clock.now + 1)
    clock.now += 5
    await installed.put("T1", "xoxb-second")

    await installed.gone("T1", clock.now - 3)

    assert await installed.token("T1") == "xoxb-second"


async def test_another_process_hears_of_it_soon(installed: Installations, clock: Clock) -> None:
    elsewhere = replace(installed)
    await installed.put("T1", "xoxb-secret")
    assert await elsewhere.token("T1") == "xoxb-secret"

    await installed.gone("T1", clock.now)
    before = await elsewhere.token("T1")
    clock.now += FRESH_SECONDS + 1

    assert before == "xoxb-secret"
    assert await elsewhere.token("T1") is None


async def test_many_workspaces_are_not_remembered_for_ever(
    installed: Installations, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.installations.MOST_KEPT", 2)
    for tenant in ("T1", "T2", "T3"):
        await installed.put(tenant, f"xoxb-{tenant}")
        assert await installed.token(tenant) == f"xoxb-{tenant}"

    assert len(installed._kept) == 1
