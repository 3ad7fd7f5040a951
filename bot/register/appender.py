"""The one way into the register: whoever waits is written together, in one transaction.

Theory. A commit costs one wait for the disk, however many entries it holds. So the first caller
is written at once, those who come meanwhile wait, and all of them (up to a limit) are the next
group. Each gets a result of their own.

A group is first written in hope: that none of it stands already, and, while no other process has
been seen to write, that the register ends where this one left it. The database refuses what
would be there twice or leave a gap; then the group is written with a look first, alone among all
processes, and at last one by one, so that a draft that comes twice, or a bad one, costs its
neighbours nothing but time.

A caller who stops waiting before their group is begun is left out of it; later than that, their
entry is written with the others. Either way an entry is there or not, and the same draft may
be offered again.
"""

import asyncio
from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import Connection

from bot.keys import Keyring
from bot.patience import Patience
from bot.register.database import Database, Refused, RegisterUnavailable
from bot.register.entries import Appended, Draft
from bot.register.keystore import KeyStore, SealedText, seal_text
from bot.register.posts import Post, insert_posts
from bot.register.rows import Identity, Sealed, insert_entries, last_place, standing
from bot.register.signing import Signer

GROUP_LIMIT = 64
# Any constant will do, as long as every writer of one PostgreSQL database takes the same.
APPEND_LOCK = 0x5368_6172_6543_686B


class DraftRefused(ValueError):
    """A draft or post holds something that the register cannot keep."""


@dataclass(frozen=True, slots=True)
class _Written:
    """What came of a whole group."""

    appended: Mapping[Identity, Appended]
    posted: bool
    last: int


@dataclass(frozen=True, slots=True, eq=False)
class _Waiting:
    """One caller: a draft with its posts, or posts alone."""

    draft: Draft | None
    posts: tuple[Post, ...]
    told: asyncio.Future[_Written]


@dataclass(slots=True)
class _Ending:
    """Where the register ended when we wrote last, and whether anybody else was seen to write."""

    last: int | None = None
    alone: bool = False

    def hoped(self) -> int | None:
        """Where it is worth hoping that the register still ends."""
        return self.last if self.alone else None

    def looked(self, found: int) -> None:
        """Compare with what was found."""
        self.alone = found == self.last


class Appender:
    """Writes whatever waits, one group after another."""

    def __init__(
        self,
        database: Database,
        keystore: KeyStore,
        keyring: Keyring,
        signer: Signer,
        posted: asyncio.Event,
        deadline: float,
    ) -> None:
        """Set the event whenever there is something new to post."""
        self._database = database
        self._keystore = keystore
        self._keyring = keyring
        self._signer = signer
        self._posted = posted
        self._deadline = deadline
        self._queue: deque[_Waiting] = deque()
        self._writing: asyncio.Task[None] | None = None
        self._closed = False
        self._ending = _Ending()

    async def append(self, draft: Draft) -> Appended:
        """Write a draft, or find the entry that stands under its identity."""
        written = await self._wait(draft, draft.posts)
        return written.appended[draft.identity]

    async def post(self, posts: Sequence[Post]) -> None:
        """Write posts that belong to no entry."""
        await self._wait(None, tuple(posts))

    async def close(self) -> None:
        """Take nothing more and finish what is under way."""
        self._closed = True
        if self._writing is not None:
            await asyncio.wait({self._writing}, timeout=self._deadline)

    async def _wait(self, draft: Draft | None, posts: tuple[Post, ...]) -> _Written:
        if self._closed:
            raise RegisterUnavailable("The register is closed.")
        loop = asyncio.get_running_loop()
        waiting = _Waiting(draft, posts, loop.create_future())
        self._queue.append(waiting)
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_all())
        late = RegisterUnavailable(f"The register did not answer in {self._deadline:g} s.")
        patience = Patience(self._deadline, lambda: _tell_all((waiting,), late))
        try:
            return await waiting.told
        finally:
            patience.cancel()

    async def _write_all(self) -> None:
        while group := self._take():
            await self._write(group)

    def _take(self) -> list[_Waiting]:
        """Take who waits, in order, until two of one identity would meet in a group."""
        group: list[_Waiting] = []
        seen: set[Identity] = set()
        while self._queue and len(group) < GROUP_LIMIT:
            waiting = self._queue[0]
            if waiting.draft is not None and waiting.draft.identity in seen:
                break
            group.append(self._queue.popleft())
            if waiting.draft is not None:
                seen.add(waiting.draft.identity)
        return group

    async def _write(self, group: Sequence[_Waiting]) -> None:
        try:
            texts = await self._sealed_texts(group)
            # Without those who gave up meanwhile, or whose key could not be stored.
            ready = [waiting for waiting in group if not waiting.told.done()]
            await self._commit_somehow(ready, texts)
        except RegisterUnavailable as error:
            _tell_all(group, error)
        finally:
            # Only a fault of ours can leave somebody untold here, and they must not wait for it.
            _tell_all(group, RegisterUnavailable("The register could not write this entry."))

    async def _commit_somehow(
        self, group: Sequence[_Waiting], texts: dict[Identity, SealedText]
    ) -> None:
        with suppress(Refused):
            return await self._commit(group, texts, hoping=True)
        self._ending.alone = False
        with suppress(Refused):
            return await self._commit(group, texts, hoping=False)
        for waiting in group:
            try:
                await self._commit([waiting], texts, hoping=False)
            except Refused as error:
                _tell_all([waiting], DraftRefused(str(error)))
        return None

    async def _commit(
        self, group: Sequence[_Waiting], texts: dict[Identity, SealedText], *, hoping: bool
    ) -> None:
        drafts = [waiting.draft for waiting in group if waiting.draft is not None]
        sealed = [Sealed(draft, texts.get(draft.identity)) for draft in drafts]
        alone = [post for waiting in group if waiting.draft is None for post in waiting.posts]

        hoped = self._ending.hoped() if hoping else None

        def steps(connection: Connection) -> _Written:
            last = last_place(connection) if hoped is None else hoped
            found = {} if hoping else standing(connection, drafts)
            appended = insert_entries(connection, sealed, self._signer, last=last, found=found)
            new = [draft for draft in drafts if appended[draft.identity].new]
            due = [post for draft in new for post in draft.posts]
            posted = insert_posts(connection, self._keyring, (*due, *alone))
            return _Written(appended, posted, last)

        # In hope there is nothing that a lock would guard: the database lets one of two in.
        lock = APPEND_LOCK if hoped is None else None
        written = await self._database.write_in_one_go(steps, lock=lock)
        if hoped is None:
            self._ending.looked(written.last)
        self._ending.last = max([written.last, *map(_place, written.appended.values())])
        for waiting in group:
            if not waiting.told.done():
                waiting.told.set_result(written)
        if written.posted:
            self._posted.set()

    async def _sealed_texts(self, group: Sequence[_Waiting]) -> dict[Identity, SealedText]:
        """Seal the texts of new drafts and store their keys, before anything else is written."""
        authors = [
            waiting for waiting in group if waiting.draft and waiting.draft.text is not None
        ]
        drafts = [waiting.draft for waiting in authors if waiting.draft is not None]
        if not drafts:
            return {}
        found = await self._database.read(lambda connection: connection.run_sync(standing, drafts))
        texts = {
            draft.identity: seal_text(draft.text)
            for draft in drafts
            if draft.text is not None and draft.identity not in found
        }
        try:
            if texts:
                await self._keystore.put(texts.values())
        except RegisterUnavailable as error:
            # Those without a free text do not need the key store.
            _tell_all(authors, error)
        return texts


def _place(appended: Appended) -> int:
    return appended.entry.seq


def _tell_all(group: Sequence[_Waiting], error: Exception) -> None:
    for waiting in group:
        if not waiting.told.done():
            waiting.told.set_exception(error)
