"""Builds the parts from the settings, in order, and lets go of them in reverse."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime

import structlog

from bot import health
from bot.conversation import Conversation
from bot.directories import Alone, Directory
from bot.embedded import DidNotStart, Embedded, FolderInUse, NoEngine
from bot.keeping import Keeper
from bot.keys import Keyring
from bot.metrics import Metrics
from bot.notices import Notices, notice_of
from bot.outbox import Drawing, Outbox, Sender
from bot.reception import Reception
from bot.recording import Recorder, Room
from bot.register.database import RegisterUnavailable, WrongDatabaseUrl, address_of
from bot.register.heads import Heads
from bot.register.store import Register
from bot.rooms import Room as Visitable
from bot.rooms.privacy import PrivacyRoom
from bot.sessions import BrokenAddress, Sessions
from bot.sessions.address import read_address
from bot.settings import Settings
from bot.shelf import Shelf
from bot.stopping import BadSettings, CannotStart
from bot.upkeep import Upkeep
from bot.workspaces import Workspace, Workspaces
from policies.filing import FaultyPack, read_contacts
from policies.library import Library, UnknownPack
from policies.model import Contact
from policies.proof import prove

log = structlog.get_logger(__name__)

REGISTER_SECONDS = 0.9
"""A turn's longest wait for the register; with Redis it must stay under Slack's three seconds."""

PANEL = Room("web", "panel")


@dataclass(frozen=True)
class Parts:
    """Everything that a surface or a command works with."""

    settings: Settings
    metrics: Metrics
    register: Register
    outbox: Outbox
    sessions: Sessions
    conversation: Conversation
    senders: dict[str, Sender]
    reception: Reception
    workspaces: Workspaces
    directories: dict[str, Directory]
    drawings: dict[str, Drawing]
    upkeep: Upkeep

    @property
    def probes(self) -> Mapping[str, health.Probe]:
        """What `/readyz` asks."""
        return {"redis": self.sessions.ready, "database": self._database, "packs": self._packs}

    async def _database(self) -> bool:
        try:
            await self.register.ready()
        except RegisterUnavailable:
            return False
        return True

    async def _packs(self) -> bool:
        return bool(self.conversation.shelf.library.editions)


def today() -> date:
    """The day, in universal time: an entry says no more about when than that."""
    return datetime.now(UTC).date()


def read_library(settings: Settings) -> tuple[Library, tuple[Contact, ...]]:
    """The packs, proved, and the organisation's own contacts."""
    library = Library.read()
    faults = [fault for edition in library.newest() for fault in prove(edition.pack)]
    if faults:
        raise FaultyPack(faults)
    try:
        library.find(settings.default_pack, today())
    except UnknownPack as error:
        raise BadSettings(f"DEFAULT_PACK: {error}") from None
    return library, read_own_contacts(settings)


def read_own_contacts(settings: Settings) -> tuple[Contact, ...]:
    """What CONTACTS_FILE holds; raises `BadSettings`."""
    if settings.contacts_file is None:
        return ()
    try:
        return read_contacts(settings.contacts_file)
    except FaultyPack as error:
        raise BadSettings(f"CONTACTS_FILE: {error}") from None


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


@asynccontextmanager
async def build(settings: Settings, *, beside: bool = False) -> AsyncIterator[Parts]:
    """Every part, started in order and stopped in reverse.

    `beside` is for a command that may run next to a server on the same VAR_DIR: it uses that
    server's Redis where there is one.
    """
    library, contacts = read_library(settings)
    keyring, metrics = settings.keyring(), Metrics()
    async with AsyncExitStack() as stack:
        url = await _redis_url(settings, stack, beside=beside)
        sessions = await _sessions(settings, url, keyring)
        stack.push_async_callback(sessions.close)
        register = await stack.enter_async_context(open_register(settings, keyring))
        senders: dict[str, Sender] = {}
        outbox = Outbox(
            register.database, keyring, senders, posted=register.posted, notice=notice_of
        )
        workspaces = _workspaces(settings, register, keyring)
        rooms = {
            "slack": Room("slack"),
            "teams": Room("teams"),
            "web": PANEL,
            "terminal": PANEL,
        }
        recorder = Recorder(register, outbox, keyring, rooms, today, metrics)
        keeper = Keeper(sessions, register, keyring, frozenset(library.by_digest), today)
        shelf = Shelf(library, settings.default_pack, contacts, today)
        conversation = Conversation(shelf, keyring, keeper, recorder, metrics, workspaces)
        directories: dict[str, Directory] = {"web": Alone(), "terminal": Alone()}
        drawings: dict[str, Drawing] = {"notice": Notices(outbox, conversation.emergency).draw}
        reception = Reception(conversation, _rooms(conversation))
        yield Parts(
            settings=settings,
            metrics=metrics,
            register=register,
            outbox=outbox,
            sessions=sessions,
            conversation=conversation,
            senders=senders,
            reception=reception,
            workspaces=workspaces,
            directories=directories,
            drawings=drawings,
            upkeep=Upkeep(Heads(register.database, settings.signer()), settings.checkpoint_file),
        )


def _rooms(conversation: Conversation) -> tuple[Visitable, ...]:
    """What can be visited beyond a check; help lists them in this order."""
    return (PrivacyRoom(conversation),)


def _workspaces(settings: Settings, register: Register, keyring: Keyring) -> Workspaces:
    slack = Workspace(pack=settings.default_pack, summary_channel=settings.summary_channel)
    teams = Workspace(
        pack=settings.default_pack,
        summary_channel=settings.teams_summary_channel,
        adviser_channel=settings.teams_adviser_channel,
    )
    others = Workspace(pack=settings.default_pack)
    defaults = {"slack": slack, "teams": teams}
    return Workspaces(register.database, keyring, defaults, others)


async def _redis_url(settings: Settings, stack: AsyncExitStack, *, beside: bool) -> str:
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


async def _sessions(settings: Settings, url: str, keyring: Keyring) -> Sessions:
    try:
        sessions = Sessions.open(url, keyring, ttl=settings.session_ttl)
    except BrokenAddress as error:
        raise BadSettings(str(error)) from None
    if not await sessions.ready():
        await sessions.close()
        raise CannotStart("Redis does not answer. Is REDIS_URL right, and Redis running?")
    return sessions
