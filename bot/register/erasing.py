"""Erases free texts: destroys their keys first, then their sealed forms, and says so for good.

Theory. The key is what matters: once it is gone, every copy and backup of the register holds a
text that nobody can read. The key store notes the erasure in the transaction that destroys the
key; the register follows. Whatever stops the process in between, the sealed text is still there
to be found the next time, and the note in the key store is the one that is believed.
"""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, delete, insert, select

from bot.register.database import Database
from bot.register.erasures import Erasure
from bot.register.forgetting import forget_history
from bot.register.keystore import KeyStore
from bot.register.signing import Signer
from bot.register.tables import entries, erasures, holds, sealed_texts

EVERYTHING = "*"
AT_ONCE = 500

DaysOf = Callable[[str | None], Awaitable[int | None]]
"""How long a workspace keeps its texts, in days; None for as long as the entry."""


@dataclass(frozen=True, slots=True)
class Text:
    """A free text that can still be read, by the entry it belongs to."""

    seq: int
    check: str
    kind: str
    revision: int
    at: date
    reference: str | None
    key: str
    held: bool


@dataclass(frozen=True, slots=True)
class Hold:
    """A check whose texts must be kept; all of them with EVERYTHING for its check."""

    check: str
    since: date
    until: date | None


class Erasing:
    """Finds the texts whose time has come, and erases them."""

    def __init__(self, database: Database, keystore: KeyStore, signer: Signer) -> None:
        """Erase texts of this register whose keys are in this key store."""
        self._database = database
        self._keystore = keystore
        self._signer = signer

    async def due(self, today: date, days_of: DaysOf) -> dict[str, list[Text]]:
        """Texts that are older than their workspace keeps them, by the policy that says so."""
        found: dict[str, list[Text]] = {}
        for workspace in await self._workspaces():
            days = await days_of(workspace)
            if days is None:
                continue
            condition = and_(
                sealed_texts.c.workspace.is_not_distinct_from(workspace),
                entries.c.at <= today - timedelta(days=days),
            )
            texts = await self.texts(condition)
            if texts:
                found.setdefault(f"retention of {days} days", []).extend(texts)
        return found

    async def of(self, check: str) -> list[Text]:
        """The texts of one check."""
        return await self.texts(entries.c.check == check)

    async def erase(
        self, texts: Sequence[Text], policy: str, today: date
    ) -> tuple[list[Text], list[Text]]:
        """Erase those that no legal hold keeps; which were erased, and which are held."""
        held = await self._held_now([text.check for text in texts])
        free = [text for text in texts if text.check not in held]
        for start in range(0, len(free), AT_ONCE):
            some = free[start : start + AT_ONCE]
            records = [Erasure.signed(self._signer, text.key, today, policy) for text in some]
            noted = await self._keystore.erase(records)
            await self._database.write_in_one_go(partial(_forget, noted=noted))
        if free:
            await self._keystore.forget_history()
            await forget_history(self._database)
        return free, [text for text in texts if text.check in held]

    async def hold(self, check: str, today: date) -> None:
        """Keep the texts of a check, whatever the schedule says, until it is released."""
        await self._database.write_in_one_go(lambda c: _hold(c, check, today, None))

    async def release(self, check: str, today: date) -> bool:
        """Let the schedule go on; False when there was no hold."""
        if check not in {hold.check for hold in await self.holds() if hold.until is None}:
            return False
        await self._database.write_in_one_go(lambda c: _hold(c, check, None, today))
        return True

    async def holds(self) -> list[Hold]:
        """Every hold there is or was."""
        query = select(holds).order_by(holds.c.since, holds.c.check)
        rows = await self._read(query)
        return [Hold(**row) for row in rows]

    async def texts(self, condition: ColumnElement[bool]) -> list[Text]:
        """Texts that are still there, in the order of their entries."""
        columns = ("seq", "check", "kind", "revision", "at", "reference", "key")
        query = (
            select(*(entries.c[name] for name in columns))
            .join(sealed_texts, sealed_texts.c.key == entries.c.key)
            .where(condition)
            .order_by(entries.c.seq)
        )
        rows = await self._read(query)
        held = await self._held_now([row["check"] for row in rows])
        return [Text(**row, held=row["check"] in held) for row in rows]

    async def _workspaces(self) -> list[str | None]:
        rows = await self._read(select(sealed_texts.c.workspace).distinct())
        return [row["workspace"] for row in rows]

    async def _held_now(self, checks: Iterable[str]) -> set[str]:
        held = {hold.check for hold in await self.holds() if hold.until is None}
        return {check for check in checks if EVERYTHING in held or check in held}

    async def _read(self, query: Select[Any]) -> list[dict[str, Any]]:
        return await self._database.read(
            lambda c: c.run_sync(lambda s: [dict(row) for row in s.execute(query).mappings()])
        )


def _forget(connection: Connection, noted: Sequence[Erasure]) -> None:
    """Delete the sealed texts, and note the same here as in the key store."""
    keys = [erasure.key for erasure in noted]
    connection.execute(delete(sealed_texts).where(sealed_texts.c.key.in_(keys)))
    known = set(connection.scalars(select(erasures.c.key).where(erasures.c.key.in_(keys))))
    rows = [erasure.values() for erasure in noted if erasure.key not in known]
    if rows:
        connection.execute(insert(erasures), rows)


def _hold(connection: Connection, check: str, since: date | None, until: date | None) -> None:
    before = connection.execute(select(holds).where(holds.c.check == check)).mappings().first()
    began = since or (before["since"] if before else None)
    connection.execute(delete(holds).where(holds.c.check == check))
    connection.execute(insert(holds), {"check": check, "since": began, "until": until})
