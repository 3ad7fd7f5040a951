"""Pools of connections: to SQLite and to PostgreSQL, each set up to keep what it is given."""

import sqlite3
import time
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Dialect, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool

POOL_SIZE = 5
USED, IDLE_SECONDS = "used", 1.0
# The database gives up a little before the deadline, so that its own answer comes first.
BUSY_SHARE = 0.8
TRIES, PAUSE = 50, 0.01
PRAGMAS = (
    "synchronous = FULL",
    "foreign_keys = ON",
    "secure_delete = ON",
    "trusted_schema = OFF",
)


def make_durable(place: Path) -> None:
    """Have a SQLite file keep a write-ahead log, which it remembers from then on.

    Two that try this at the same moment refuse each other at once, however patient they are.
    """
    for _ in range(TRIES):
        try:
            with closing(sqlite3.connect(place)) as connection:
                connection.execute("PRAGMA journal_mode = WAL")
                return
        except sqlite3.OperationalError:
            time.sleep(PAUSE)
        except sqlite3.DatabaseError:
            # Not a database: whoever asks it something is told so.
            return


def sqlite_pool(address: URL, deadline: float) -> AsyncEngine:
    """Connections that the event loop uses, each through a thread of its own."""
    engine = create_async_engine(
        address,
        connect_args=_patience(deadline),
        hide_parameters=True,
        pool_size=POOL_SIZE,
        max_overflow=0,
    )
    event.listen(engine.sync_engine, "connect", _set_up)
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def sqlite_in_one_go(address: URL, deadline: float) -> Engine:
    """One connection that only its own thread uses."""
    engine = create_engine(
        address.set(drivername="sqlite+pysqlite"),
        connect_args=_patience(deadline),
        hide_parameters=True,
        poolclass=StaticPool,
        execution_options={"writing": True},
    )
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _patience(deadline: float) -> dict[str, Any]:
    # Without isolation_level=None the driver would begin transactions behind our back.
    return {"timeout": deadline * BUSY_SHARE, "isolation_level": None}


def postgresql_pool(address: URL, deadline: float) -> AsyncEngine:
    """Connections whose every statement the server itself gives up in time."""
    limit = str(int(deadline * BUSY_SHARE * 1000))
    settings = {
        "application_name": "share-check",
        "synchronous_commit": "on",
        "statement_timeout": limit,
        "lock_timeout": limit,
        # Somebody who went away in the middle must not hold the register's lock.
        "idle_in_transaction_session_timeout": str(int(deadline * 1000)),
    }
    connect = {"server_settings": settings, "timeout": deadline}
    engine = create_async_engine(
        address,
        connect_args=connect,
        hide_parameters=True,
        pool_size=POOL_SIZE,
        max_overflow=0,
        pool_timeout=deadline,
    )
    event.listen(engine.sync_engine, "checkout", partial(_still_there, engine.dialect))
    event.listen(engine.sync_engine, "checkin", _used)
    return engine


def _still_there(
    dialect: Dialect, connection: Any, record: ConnectionPoolEntry, _proxy: object
) -> None:
    """Replace a connection that was closed, or that does not answer after having been idle.

    To ask each time costs as many round trips as the work itself. One that was closed is known
    to be without asking; whoever finds it gone in mid-air is told so, and may try again.
    """
    if connection.driver_connection.is_closed():
        raise DisconnectionError
    if time.monotonic() - record.info.get(USED, time.monotonic()) < IDLE_SECONDS:
        return
    try:
        alive = dialect.do_ping(connection)
    except dialect.loaded_dbapi.Error as error:
        raise DisconnectionError from error
    if not alive:
        raise DisconnectionError


def _used(_connection: object, record: ConnectionPoolEntry) -> None:
    record.info[USED] = time.monotonic()


def _set_up(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    """Take SQLite's only write lock at once, as a later upgrade could not wait for it."""
    if connection.get_execution_options().get("writing"):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
