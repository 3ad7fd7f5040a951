"""The keys of enquiries, in the key store beside those of the register's free texts.

They are kept by their random ids, so that the order in which they came shows nowhere in the file.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.keys import Keyring, new_key
from bot.register.database import Database
from bot.register.forgetting import forget_history
from bot.register.tables import enquiry_keys


class EnquiryKeys:
    """Where the keys of enquiries are kept until they are destroyed."""

    def __init__(self, database: Database, keyring: Keyring) -> None:
        """Keep them in this database, wrapped by this keyring."""
        self._database = database
        self._keyring = keyring

    async def make(self) -> tuple[str, bytes]:
        """A new key, stored before anything is sealed with it; its id and itself."""
        key_id, key = secrets.token_hex(16), new_key()
        row = {"id": key_id, "wrapped": self._keyring.seal(key, _name(key_id))}

        async def work(connection: AsyncConnection) -> None:
            await connection.execute(insert(enquiry_keys), row)

        await self._database.write(work)
        return key_id, key

    async def get(self, key_id: str | None) -> bytes | None:
        """A key, or None when it was destroyed."""
        if key_id is None:
            return None
        query = select(enquiry_keys.c.wrapped).where(enquiry_keys.c.id == key_id)

        async def work(connection: AsyncConnection) -> bytes | None:
            return await connection.scalar(query)

        wrapped = await self._database.read(work)
        return None if wrapped is None else self._keyring.open(wrapped, _name(key_id))

    async def destroy(self, key_ids: Iterable[str | None]) -> None:
        """Make what these keys sealed unreadable, for good and in every copy."""
        gone = tuple(key_id for key_id in key_ids if key_id is not None)
        if not gone:
            return
        statement = delete(enquiry_keys).where(enquiry_keys.c.id.in_(gone))

        async def work(connection: AsyncConnection) -> None:
            await connection.execute(statement)

        await self._database.write(work)
        await forget_history(self._database, enquiry_keys)


def _name(key_id: str) -> str:
    return f"enquiry-key:{key_id}"
