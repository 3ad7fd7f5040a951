"""Erases free texts whose time has come, each workspace by its own schedule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bot.register.erasing import Erasing, Text
from bot.workspaces import Workspaces


@dataclass(frozen=True, slots=True)
class Erased:
    """What came of one policy: the texts that were erased, and those that a legal hold keeps."""

    policy: str
    texts: tuple[Text, ...]
    held: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Retention:
    """How long each workspace keeps its texts; `days` where it has chosen nothing."""

    erasing: Erasing
    workspaces: Workspaces
    days: int | None
    today: Callable[[], date]

    async def purge(self) -> list[Erased]:
        """Erase what is due; raises `RegisterUnavailable`, with what was done before done."""
        done = []
        for policy, texts in (await self.due()).items():
            erased, held = await self.erasing.erase(texts, policy, self.today())
            done.append(Erased(policy, tuple(erased), tuple(held)))
        return done

    async def due(self) -> dict[str, list[Text]]:
        """Texts that are older than their workspace keeps them, by policy."""
        return await self.erasing.due(self.today(), self._days_of)

    async def _days_of(self, workspace: str | None) -> int | None:
        """What the workspace chose; never what is only supposed while that cannot be read."""
        if workspace is None:
            return self.days
        surface, _, tenant = workspace.partition(":")
        choices = await self.workspaces.choices(surface, tenant)
        days: int | None = choices.get("retention_days", self.days)
        return days
