"""Where people and tenants are reached on a platform that has to be told: always the newest.

A row is found by a pseudonym that needs our key, and what it holds is sealed, so the table alone
says nothing about who uses the bot.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.keys import Keyring, Unopenable
from bot.register.database import Database, Refused
from bot.register.tables import references

Names = Sequence[str]
"""What one subject goes by under each of the keys, the current key's first."""


class References:
    """Sealed values by pseudonym, each the newest that was kept."""

    def __init__(self, database: Database, keyring: Keyring) -> None:
        """Stand on a database that is up to date already."""
        self._database = database
        self._keyring = keyring

    async def keep(self, names: Names, value: bytes, at: date) -> None:
        """Put a value in the place of what was kept, under whichever of the names."""
        sealed = self._keyring.seal(value, _sealed_as(names[0]))
        try:
            await self._database.write(lambda held: _put(held, names, sealed, at))
        except Refused:
            # Somebody else put it there between our look and our insert: now there is a row.
            await self._database.write(lambda held: _put(held, names, sealed, at))

    async def find(self, names: Names) -> bytes | None:
        """What was kept; None for nothing, or for what no key of ours opens any more."""
        query = select(references.c.name, references.c.sealed).where(references.c.name.in_(names))

        async def work(connection: AsyncConnection) -> dict[str, bytes]:
            return {row.name: row.sealed for row in await connection.execute(query)}

        found = await self._database.read(work)
        for name in names:
            if name in found:
                try:
                    return self._keyring.open(found[name], _sealed_as(name))
                except Unopenable:
                    continue
        return None

    async def forget(self, names: Names) -> None:
        """Let go of a value."""
        statement = delete(references).where(references.c.name.in_(names))

        async def work(connection: AsyncConnection) -> None:
            await connection.execute(statement)

        await self._database.write(work)


async def _put(connection: AsyncConnection, names: Names, sealed: bytes, at: date) -> None:
    name, *older = names
    if older:
        await connection.execute(delete(references).where(references.c.name.in_(older)))
    values = {"sealed": sealed, "at": at}
    changed = update(references).where(references.c.name == name).values(values)
    if (await connection.execute(changed)).rowcount == 0:
        await connection.execute(insert(references).values(name=name, **values))


def _sealed_as(name: str) -> str:
    return f"reference:{name}"
