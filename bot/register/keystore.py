"""The keys of free texts, in a database of their own, and the sealing that uses them.

Theory. Every free text has a key that is kept apart from it, wrapped by the keyring. To destroy
the key is to erase the text from every copy and backup of the register at once. The key is
stored before the text, as a key without a text opens nothing, while a text without a key would
be lost on the day it is written.
"""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import delete, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.keys import Keyring, Unopenable, new_key, open_with, seal_with
from bot.register.database import Database
from bot.register.tables import KEY_STORE, entry_keys

KEY_STORE_LOCK = 0x5368_6172_654B_6579


@dataclass(frozen=True, slots=True)
class SealedText:
    """A free text under a key of its own."""

    key_id: str
    key: bytes = field(repr=False)
    sealed: bytes = field(repr=False)

    @property
    def digest(self) -> str:
        """What the commitment says about the text."""
        return digest_of(self.sealed)


class KeyStore:
    """Where the keys of free texts are kept until they are destroyed."""

    def __init__(self, database: Database, keyring: Keyring) -> None:
        """Keep the keys of free texts in this database, wrapped by this keyring."""
        self._database = database
        self._keyring = keyring

    @property
    def database(self) -> Database:
        """Where the keys are."""
        return self._database

    async def prepare(self, deadline: float) -> None:
        """Make the table if this database is new."""
        await self._database.write(_create, lock=KEY_STORE_LOCK, deadline=deadline)

    async def put(self, texts: Iterable[SealedText]) -> None:
        """Keep the key of each text."""
        rows = [
            {"id": item.key_id, "wrapped": self._keyring.seal(item.key, _key_name(item.key_id))}
            for item in texts
        ]

        async def work(connection: AsyncConnection) -> None:
            await connection.execute(insert(entry_keys), rows)

        await self._database.write(work)

    async def get(self, key_id: str) -> bytes | None:
        """Give a key back, or None when it was destroyed."""
        query = select(entry_keys.c.wrapped).where(entry_keys.c.id == key_id)

        async def work(connection: AsyncConnection) -> bytes | None:
            return await connection.scalar(query)

        wrapped = await self._database.read(work)
        return None if wrapped is None else self._keyring.open(wrapped, _key_name(key_id))

    async def destroy(self, key_ids: Iterable[str]) -> None:
        """Make the texts of these keys unreadable, for good."""
        statement = delete(entry_keys).where(entry_keys.c.id.in_(tuple(key_ids)))

        async def work(connection: AsyncConnection) -> None:
            await connection.execute(statement)

        await self._database.write(work)
        await self._database.read(_forget_history)

    async def ready(self) -> None:
        """Raise RegisterUnavailable unless keys can be read."""
        await self.get("")

    async def close(self) -> None:
        """Let go of the database."""
        await self._database.close()


def seal_text(plain: str) -> SealedText:
    """Seal a free text under a fresh key."""
    key_id, key = secrets.token_hex(16), new_key()
    sealed = seal_with(key, plain.encode(errors="surrogatepass"), _text_name(key_id))
    return SealedText(key_id, key, sealed)


def open_text(key_id: str, key: bytes, sealed: bytes, digest: str | None) -> str:
    """Read a free text, if it is the one that was recorded."""
    if digest_of(sealed) != digest:
        raise Unopenable("A recorded text is not the one its entry was made with.")
    return open_with(key, sealed, _text_name(key_id)).decode(errors="surrogatepass")


def digest_of(sealed: bytes) -> str:
    """Name the sealed form of a text."""
    return hashlib.sha256(sealed).hexdigest()


def _key_name(key_id: str) -> str:
    return f"entry-key:{key_id}"


def _text_name(key_id: str) -> str:
    return f"entry-text:{key_id}"


async def _create(connection: AsyncConnection) -> None:
    await connection.run_sync(KEY_STORE.create_all)


async def _forget_history(connection: AsyncConnection) -> None:
    """Empty SQLite's write-ahead log, which would still hold the key for a while."""
    if connection.dialect.name == "sqlite":
        await connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
