"""The register: append to it, and read what stands in it."""

import asyncio
from collections.abc import AsyncIterator, Sequence

from sqlalchemy import ColumnElement, Executable, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.keys import Keyring
from bot.register.appender import Appender
from bot.register.canonical import canonical
from bot.register.database import Database
from bot.register.entries import AlreadyRecorded, Appended, Draft, Entry, Erased
from bot.register.erasing import Erasing
from bot.register.erasures import Erasure
from bot.register.heads import Heads
from bot.register.keystore import KeyStore, open_text
from bot.register.posts import Post
from bot.register.rows import read_entries
from bot.register.schema import bring_up_to_date
from bot.register.signing import Signer
from bot.register.tables import entries, erasures, sealed_texts

DEADLINE = 2.0
# Making tables on a slow disk, or waiting for another process that does.
PREPARING_DEADLINE = 30.0
PAGE = 500


class Register:
    """Entries that nobody can alter unseen, in the order in which they were written."""

    def __init__(
        self,
        database: Database,
        keystore: KeyStore,
        keyring: Keyring,
        signer: Signer,
        deadline: float,
    ) -> None:
        """Stand on databases that are up to date already; see `open`."""
        self.database = database
        self.keyring = keyring
        self.keystore = keystore
        self.signer = signer
        self.heads = Heads(database, signer)
        self.erasing = Erasing(database, keystore, signer)
        self.posted = asyncio.Event()
        self._appender = Appender(database, keystore, keyring, signer, self.posted, deadline)

    @classmethod
    async def open(
        cls,
        database_url: str,
        keys_url: str,
        keyring: Keyring,
        signer: Signer,
        *,
        deadline: float = DEADLINE,
    ) -> "Register":
        """Connect, and bring both databases to the schema this version needs."""
        database = Database.open(database_url, name="register", deadline=deadline)
        # Half, so that a key store that hangs leaves time to write the entries without a text.
        keys = Database.open(keys_url, name="key store", deadline=deadline / 2)
        register = cls(database, KeyStore(keys, keyring), keyring, signer, deadline)
        try:
            await bring_up_to_date(database, PREPARING_DEADLINE)
            await register.keystore.prepare(PREPARING_DEADLINE)
        except BaseException:
            await register.close()
            raise
        return register

    async def append(self, draft: Draft) -> Appended:
        """Record a draft; the same draft again finds its entry and writes nothing."""
        appended = await self._appender.append(draft)
        if not appended.new and not await self._says_the_same(appended.entry, draft):
            raise AlreadyRecorded(appended.entry)
        return appended

    async def post(self, posts: Sequence[Post]) -> None:
        """Put rows in the outbox that belong to no entry; a row that is there stays as it is."""
        await self._appender.post(posts)

    async def find(self, check: str) -> tuple[Entry, ...]:
        """Every entry of one check, in order."""
        return await self._in_order(entries.c.check == check)

    async def entry(self, seq: int) -> Entry | None:
        """The entry at one place."""
        found = await self._in_order(entries.c.seq == seq)
        return found[0] if found else None

    async def latest(self, count: int) -> tuple[Entry, ...]:
        """The last entries, newest first."""
        newest_first = select(entries).order_by(entries.c.seq.desc()).limit(count)
        return await self._entries(newest_first)

    async def by_reference(self, reference: str) -> tuple[Entry, ...]:
        """Every entry whose body has this reference, in order."""
        return await self._in_order(entries.c.reference == reference)

    async def export(self) -> AsyncIterator[Entry]:
        """Every entry in order, a page at a time, so that nothing waits for the reader."""
        last = 0
        while page := await self._in_order(entries.c.seq > last, limit=PAGE):
            for entry in page:
                yield entry
            last = page[-1].seq

    async def text(self, entry: Entry) -> str | Erased | None:
        """The free text of an entry; Erased once its key or its sealed form is destroyed."""
        if entry.key is None:
            return None
        sealed = await self._sealed_text(entry.key)
        key = await self.keystore.get(entry.key)
        if sealed is None or key is None:
            return await self._erased(entry.key)
        return open_text(entry.key, key, sealed, entry.text_digest)

    async def ready(self) -> None:
        """Raise RegisterUnavailable unless entries and keys can be read."""
        await self.entry(0)
        await self.keystore.ready()

    async def close(self) -> None:
        """Finish what is being written and let go of both databases."""
        await self._appender.close()
        await self.database.close()
        await self.keystore.close()

    async def _says_the_same(self, entry: Entry, draft: Draft) -> bool:
        if canonical(entry.body) != canonical(draft.body):
            return False
        return await self.text(entry) == draft.text

    async def _erased(self, key: str) -> Erased:
        """What is known of an erasure, from here or from the key store."""
        query = select(erasures).where(erasures.c.key == key)
        row = await self.database.read(
            lambda c: c.run_sync(lambda s: s.execute(query).mappings().first())
        )
        found = Erasure.read(row, key) if row else (await self.keystore.erased([key])).get(key)
        return Erased(found.at, found.policy) if found else Erased()

    async def _sealed_text(self, key: str) -> bytes | None:
        query = select(sealed_texts.c.sealed).where(sealed_texts.c.key == key)

        async def work(connection: AsyncConnection) -> bytes | None:
            return await connection.scalar(query)

        return await self.database.read(work)

    async def _in_order(
        self, condition: ColumnElement[bool], limit: int | None = None
    ) -> tuple[Entry, ...]:
        query = select(entries).where(condition).order_by(entries.c.seq).limit(limit)
        return await self._entries(query)

    async def _entries(self, query: Executable) -> tuple[Entry, ...]:
        return await self.database.read(
            lambda connection: connection.run_sync(read_entries, query)
        )
