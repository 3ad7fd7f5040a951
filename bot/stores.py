"""Opens the stores that the settings name: Redis, and the register with its key store."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from bot.embedded import DidNotStart, Embedded, FolderInUse, NoEngine
from bot.keys import Keyring
from bot.register.database import RegisterUnavailable, WrongDatabaseUrl, address_of
from bot.register.store import Register
from bot.sessions import BrokenAddress, Sessions
from bot.sessions.address import read_address
from bot.settings import Settings
from bot.stopping import BadSettings, CannotStart

REGISTER_SECONDS = 0.9
"""A turn's longest wait for the register; with Redis it must stay under Slack's three seconds."""


def check_addresses(settings: Settings) -> None:
    """Whether the stores' addresses can be read; nothing is connected. Raises `BadSettings`."""
    try:
        address_of(settings.database, "register")
        address_of(settings.entry_keys, "key store")
        if settings.redis_url:
            read_address(settings.redis_url.get_secret_value())
    except (WrongDatabaseUrl, BrokenAddress) as error:
        raise BadSettings(str(error)) from None


@asynccontextmanager
async def open_register(settings: Settings, keyring: Keyring) -> AsyncIterator[Register]:
    """The register with its key store, closed at the end."""
    try:
        register = await Register.open(
            settings.database,
            settings.entry_keys,
            keyring,
            settings.signer(),
            deadline=REGISTER_SECONDS,
        )
    except WrongDatabaseUrl as error:
        raise BadSettings(str(error)) from None
    except (RegisterUnavailable, OSError) as error:
        why = f"{error} Are DATABASE_URL and ENTRY_KEYS_URL right, and the databases running?"
        raise CannotStart(why) from None
    try:
        yield register
    except RegisterUnavailable as error:
        raise CannotStart(str(error)) from None
    finally:
        await register.close()


async def redis_url(settings: Settings, stack: AsyncExitStack, *, beside: bool) -> str:
    """The Redis that is set, or one that runs beside us, or one of our own."""
    if settings.redis_url:
        return settings.redis_url.get_secret_value()
    folder = settings.folder
    if beside and (url := Embedded.beside(folder)):
        return url
    try:
        server = await Embedded.start(folder)
    except (NoEngine, FolderInUse, DidNotStart) as error:
        raise CannotStart(str(error)) from None
    except OSError as error:
        raise BadSettings(f"VAR_DIR: {folder}: {error.strerror}.") from None
    stack.push_async_callback(server.stop)
    return server.url


async def open_sessions(settings: Settings, url: str, keyring: Keyring) -> Sessions:
    """Sessions on a Redis that answers."""
    try:
        sessions = Sessions.open(url, keyring, ttl=settings.session_ttl)
    except BrokenAddress as error:
        raise BadSettings(str(error)) from None
    if not await sessions.ready():
        await sessions.close()
        raise CannotStart("Redis does not answer. Is REDIS_URL right, and Redis running?")
    return sessions
