"""Retention: a workspace's own schedule, the setting's where it has none, and once a day."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.register.database import RegisterUnavailable
from bot.register.entries import Erased
from bot.register.store import Register
from bot.retention import Retention
from bot.upkeep import Upkeep
from bot.workspaces import Workspace, Workspaces
from tests.bot.register.drafts import KEYRING, SIGNER, TODAY, a_draft

LATER = TODAY + timedelta(days=100)


@pytest.fixture
async def register(tmp_path: Path) -> AsyncIterator[Register]:
    address = f"sqlite:///{tmp_path}"
    opened = await Register.open(f"{address}/register.db", f"{address}/keys.db", KEYRING, SIGNER)
    yield opened
    await opened.close()


def workspaces(register: Register) -> Workspaces:
    return Workspaces(register.database, KEYRING, {}, Workspace(pack="england-2024"))


def retention(register: Register, days: int | None) -> Retention:
    return Retention(register.erasing, workspaces(register), days, lambda: LATER)


async def write(register: Register, check: str, workspace: str | None) -> None:
    draft = a_draft(check, text="Because.")
    object.__setattr__(draft, "workspace", workspace)
    await register.append(draft)


@pytest.mark.parametrize(
    ("setting", "chosen", "gone"),
    [
        (None, None, False),
        (50, None, True),
        (101, None, False),
        (None, 50, True),
        (50, 101, False),
    ],
)
async def test_a_workspace_is_asked_before_the_setting(
    register: Register,
    setting: int | None,
    chosen: int | None,
    gone: bool,  # noqa: FBT001
) -> None:
    await write(register, "check", "slack:T1")
    if chosen is not None:
        choices = {"retention_days": chosen}
        await workspaces(register).change("slack", "T1", "U1", choices)

    done = await retention(register, setting).purge()

    assert [erased.policy for erased in done] == (
        [f"retention of {chosen or setting} days"] if gone else []
    )
    [entry] = await register.find("check")
    assert isinstance(await register.text(entry), Erased) is gone


async def test_a_workspace_that_keeps_texts_for_good_is_left_alone(register: Register) -> None:
    await write(register, "check", "slack:T1")
    await workspaces(register).change("slack", "T1", "U1", {"retention_days": None})

    assert await retention(register, 1).purge() == []


async def test_a_choice_that_cannot_be_read_is_never_guessed(register: Register) -> None:
    await write(register, "check", "slack:T1")
    broken = Retention(register.erasing, _Unreadable(), 1, lambda: LATER)  # type: ignore[arg-type]

    with pytest.raises(RegisterUnavailable):
        await broken.purge()

    [entry] = await register.find("check")
    assert await register.text(entry) == "Because."


class _Unreadable:
    """Choices in a database that does not answer."""

    async def choices(self, surface: str, tenant: str) -> dict[str, object]:
        raise RegisterUnavailable("Not now.")


async def test_upkeep_erases_what_is_due_once_a_day(register: Register) -> None:
    await write(register, "check", None)
    keeping = Upkeep(register.heads, retention(register, 50))
    keeping.close()

    await keeping.run()
    await keeping._purge()

    [entry] = await register.find("check")
    assert await register.text(entry) == Erased(LATER, "retention of 50 days")
