"""One database under a deadline: SQLite or PostgreSQL, by the same calls.

Theory. Work runs in a task of its own, and whoever asked waits for it no longer than the
deadline. A driver's own time-out is not enough: SQLite's thread cannot be interrupted while the
disk stands still, and closing its connection waits for it. The task left behind rolls back or
commits by itself, so every write must be one that can be offered again.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, func, select, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DataError, IntegrityError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.patience import within
from bot.register.engines import make_durable, postgresql_pool, sqlite_in_one_go, sqlite_pool
from bot.register.lane import Lane

Result = TypeVar("Result")
Work = Callable[[AsyncConnection], Awaitable[Result]]
Steps = Callable[[Connection], Result]

# Between two statements of a migration there may be a library to import, on a slow machine.
LIMITS = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
SETTINGS = {"register": "DATABASE_URL", "key store": "ENTRY_KEYS_URL"}


class RegisterUnavailable(Exception):
    """The database cannot be reached, is locked, or did not answer in time."""


class Refused(Exception):
    """The database refused these values; the same values will be refused again."""


class WrongDatabaseUrl(ValueError):
    """A setting does not name a database that can be used here."""


class Database:
    """A pool of connections whose every use has a deadline."""

    def __init__(
        self, engine: AsyncEngine, one_way: Engine | None, *, name: str, deadline: float
    ) -> None:
        """Keep the pool, and SQLite's way to run a whole transaction in one go."""
        self.engine = engine
        self._writer = engine.execution_options(writing=True)
        self._one_way = one_way
        self._lane = Lane(name)
        self._name = name
        self._deadline = deadline
        self._left_behind: set[asyncio.Task[Any]] = set()

    @classmethod
    def open(cls, url: str, *, name: str, deadline: float) -> "Database":
        """Prepare a pool for a database named by its address."""
        address = address_of(url, name)
        if address.get_backend_name() == "sqlite":
            _make_file(Path(address.database or ""), name)
            engines = sqlite_pool(address, deadline), sqlite_in_one_go(address, deadline)
            return cls(*engines, name=name, deadline=deadline)
        return cls(postgresql_pool(address, deadline), None, name=name, deadline=deadline)

    @property
    def engines(self) -> tuple[Engine, ...]:
        """Every engine that connects, for whoever listens to them."""
        return (self.engine.sync_engine, *([self._one_way] if self._one_way else []))

    async def read(self, work: Work[Result], *, deadline: float | None = None) -> Result:
        """Run queries."""
        return await self._bounded(self._reading(work, deadline), deadline)

    async def write(
        self, work: Work[Result], *, lock: int | None = None, deadline: float | None = None
    ) -> Result:
        """Run one transaction, alone among those that take the same lock."""
        return await self._bounded(self._writing(work, lock, deadline), deadline)

    async def write_in_one_go(self, steps: Steps[Result], *, lock: int | None = None) -> Result:
        """Run one transaction whose steps need not wait for anything but the database.

        Much quicker than `write` on SQLite, and the same on PostgreSQL.
        """
        one_way = self._one_way
        if one_way is None:
            return await self.write(lambda connection: connection.run_sync(steps), lock=lock)

        def transaction() -> Result:
            with one_way.begin() as connection:
                return steps(connection)

        return await self._bounded(self._lane.run(transaction))

    async def close(self) -> None:
        """Let go of every connection, without waiting for one that hangs."""
        if self._left_behind:
            await asyncio.wait(self._left_behind, timeout=self._deadline)
        await self._bounded(self._dispose())

    async def _dispose(self) -> None:
        if self._one_way is not None:
            await self._lane.run(self._one_way.dispose)
            self._lane.close()
        await self.engine.dispose()

    async def _reading(self, work: Work[Result], seconds: float | None) -> Result:
        async with self.engine.connect() as connection:
            await self._allow(connection, seconds)
            return await work(connection)

    async def _writing(
        self, work: Work[Result], lock: int | None, seconds: float | None
    ) -> Result:
        async with self._writer.begin() as connection:
            await self._allow(connection, seconds)
            # SQLite has one writer at a time in any case.
            if lock is not None and self.engine.dialect.name == "postgresql":
                await connection.execute(select(func.pg_advisory_xact_lock(lock)))
            return await work(connection)

    async def _allow(self, connection: AsyncConnection, seconds: float | None) -> None:
        """Give this transaction more time than the connection's own limits."""
        if seconds is not None and self.engine.dialect.name == "postgresql":
            for limit in LIMITS:
                await connection.execute(text(f"SET LOCAL {limit} = {int(seconds * 1000)}"))

    async def _bounded(
        self, work: Coroutine[Any, Any, Result], deadline: float | None = None
    ) -> Result:
        task = asyncio.create_task(work)
        seconds = deadline or self._deadline
        try:
            with suppress(TimeoutError):
                async with within(seconds):
                    await asyncio.wait({task})
        finally:
            if not task.done():
                self._leave_behind(task)
        if not task.done():
            raise RegisterUnavailable(f"The {self._name} did not answer in {seconds:g} s.")
        return self._result(task)

    def _result(self, task: asyncio.Task[Result]) -> Result:
        """Take the result, and keep statements, values and paths out of any error."""
        try:
            return task.result()
        except (SQLAlchemyError, OSError) as error:
            if _is_refusal(error):
                raise Refused(f"The {self._name} refused a row ({_cause(error)}).") from None
            message = f"The {self._name} cannot be used now ({_cause(error)})."
            raise RegisterUnavailable(message) from None

    def _leave_behind(self, task: asyncio.Task[Any]) -> None:
        task.cancel()
        self._left_behind.add(task)
        task.add_done_callback(self._forget)

    def _forget(self, task: asyncio.Task[Any]) -> None:
        self._left_behind.discard(task)
        if not task.cancelled():
            # Nobody waits for this error any more, and asyncio complains unless it is looked at.
            task.exception()


def _is_refusal(error: BaseException) -> bool:
    """Tell values that the database will never take from one that cannot be asked now."""
    # asyncpg's errors arrive without a class of their own, but with PostgreSQL's code.
    code = getattr(getattr(error, "orig", None), "sqlstate", None) or ""
    return isinstance(error, IntegrityError | DataError) or code.startswith(("22", "23"))


def _cause(error: BaseException) -> str:
    cause = getattr(error, "orig", None) or error
    return f"{type(cause).__name__} {getattr(cause, 'sqlstate', None) or ''}".strip()


def address_of(url: str, name: str) -> URL:
    """Read a database's address; raises `WrongDatabaseUrl`."""
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        raise WrongDatabaseUrl(f"{SETTINGS[name]}: the address cannot be read.") from None
    match address.drivername:
        case "sqlite" | "sqlite+aiosqlite" if address.database not in {None, "", ":memory:"}:
            return address.set(drivername="sqlite+aiosqlite")
        case "postgres" | "postgresql" | "postgresql+asyncpg":
            return _asyncpg(address)
    raise WrongDatabaseUrl(
        f"{SETTINGS[name]}: must be a sqlite:/// file or a postgresql:// address."
    )


def _asyncpg(address: URL) -> URL:
    """Say libpq's sslmode in asyncpg's word for it."""
    address = address.set(drivername="postgresql+asyncpg")
    if "sslmode" not in address.query:
        return address
    mode = address.query["sslmode"]
    return address.difference_update_query(["sslmode"]).update_query_dict({"ssl": mode})


def _make_file(place: Path, name: str) -> None:
    """Make a file for its owner only, which SQLite's files beside it take after."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.touch(mode=0o600)
    except OSError as error:
        raise RegisterUnavailable(f"The {name}'s file cannot be made ({_cause(error)}).") from None
    make_durable(place)
