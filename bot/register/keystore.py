"""The keys of free texts, in a database of their own, and the sealing that uses them.

Theory. Every free text has a key that is kept apart from it, wrapped by the keyring. To destroy
the key is to erase the text from every copy and backup of the register at once. The key is
stored before the text, as a key without a text opens nothing, while a text without a key would
be lost on the day it is written.
"""

import hashlib
import secrets
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.keys import Keyring, Unopenable, new_key, open_with, seal_with
from bot.register.database import Database
from bot.register.erasures import Erasure
from bot.register.forgetting import forget_history
from bot.register.tables import KEY_STORE, destroyed_keys, entry_keys

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

        def steps(connection: Connection) -> None:
            connection.execute(insert(entry_keys), rows)

        await self._database.write_in_one_go(steps)

    async def get(self, key_id: str) -> bytes | None:
        """Give a key back, or None when it was destroyed."""
        query = select(entry_keys.c.wrapped).where(entry_keys.c.id == key_id)

        async def work(connection: AsyncConnection) -> bytes | None:
            return await connection.scalar(query)

        wrapped = await self._database.read(work)
        return None if wrapped is None else self._keyring.open(wrapped, _key_name(key_id))

    async def erase(self, erasures: Sequence[Erasure]) -> list[Erasure]:
        """Destroy keys for good; the record of each that stands, which may be an earlier one."""
        return await self._database.write_in_one_go(lambda c: _erase(c, erasures))

    async def forget_history(self) -> None:
        """Have the files let go of the keys that were destroyed."""
        await forget_history(self._database, entry_keys)

    async def erased(
        self, key_ids: Collection[str], deadline: float | None = None
    ) -> dict[str, Erasure]:
        """The records of those keys that were destroyed."""
        return await self._database.read(
            lambda c: c.run_sync(_records, list(key_ids)), deadline=deadline
        )

    async def looked_over(
        self, key_ids: Collection[str], deadline: float | None = None
    ) -> tuple[set[str], set[str]]:
        """Those keys that are not here, destroyed or not, and those that cannot be opened."""
        query = select(entry_keys.c.id, entry_keys.c.wrapped).where(
            entry_keys.c.id.in_(list(key_ids))
        )
        there = await self._database.read(
            lambda c: c.run_sync(lambda s: {row.id: row.wrapped for row in s.execute(query)}),
            deadline=deadline,
        )
        closed = {key for key, wrapped in there.items() if not self._opens(key, wrapped)}
        return set(key_ids) - there.keys(), closed

    async def count(self, deadline: float | None = None) -> int:
        """How many keys there are."""
        query = select(func.count()).select_from(entry_keys)
        found = await self._database.read(lambda c: c.scalar(query), deadline=deadline)
        return int(found or 0)

    def _opens(self, key_id: str, wrapped: object) -> bool:
        try:
            return isinstance(wrapped, bytes) and bool(
                self._keyring.open(wrapped, _key_name(key_id))
            )
        except Unopenable:
            return False

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


def _erase(connection: Connection, erasures: Sequence[Erasure]) -> list[Erasure]:
    keys = [erasure.key for erasure in erasures]
    before = _records(connection, keys)
    rows = [erasure.values("id") for erasure in erasures if erasure.key not in before]
    if rows:
        connection.execute(insert(destroyed_keys), rows)
    connection.execute(delete(entry_keys).where(entry_keys.c.id.in_(keys)))
    return [before.get(erasure.key, erasure) for erasure in erasures]


def _records(connection: Connection, key_ids: Collection[str]) -> dict[str, Erasure]:
    query = select(destroyed_keys).where(destroyed_keys.c.id.in_(key_ids))
    rows = connection.execute(query).mappings()
    return {row["id"]: Erasure.read(row, row["id"]) for row in rows}
