"""The only file that knows every part: builds them from the settings, starts and stops them."""

from __future__ import annotations

import asyncio
import gc
import signal
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial

import structlog
from aiohttp import web

from bot import health
from bot.conversation import Conversation
from bot.embedded import DidNotStart, Embedded, FolderInUse, NoEngine
from bot.keys import Keyring
from bot.metrics import Metrics
from bot.outbox import Outbox, Sender
from bot.panel import PanelSender, RegisterPanel, register_mark
from bot.recording import Recorder, Room
from bot.register.database import RegisterUnavailable, WrongDatabaseUrl
from bot.register.store import Register
from bot.sessions import BrokenAddress, Sessions
from bot.settings import Settings
from bot.stopping import BadSettings, CannotStart
from policies.filing import FaultyPack, read_contacts
from policies.library import Library, UnknownPack
from policies.model import Contact
from policies.proof import prove

log = structlog.get_logger(__name__)

REGISTER_SECONDS = 0.9
"""A turn's longest wait for the register; with Redis it must stay under Slack's three seconds."""

DRAIN_SECONDS = 5.0
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
        return bool(self.conversation.library.editions)


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


@asynccontextmanager
async def open_register(settings: Settings, keyring: Keyring) -> AsyncIterator[Register]:
    """The register with its key store, closed at the end."""
    try:
        register = await Register.open(
            settings.database, settings.entry_keys, keyring, deadline=REGISTER_SECONDS
        )
    except WrongDatabaseUrl as error:
        raise BadSettings(f"DATABASE_URL or ENTRY_KEYS_URL: {error}") from None
    except (RegisterUnavailable, OSError) as error:
        raise CannotStart(f"{error} Is DATABASE_URL right, and the database running?") from None
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
        outbox = Outbox(register.database, keyring, senders, posted=register.posted)
        rooms = {
            "slack": Room("slack", settings.summary_channel),
            "web": PANEL,
            "terminal": PANEL,
        }
        recorder = Recorder(register, outbox, keyring, rooms, today, metrics)
        conversation = Conversation(
            library, settings.default_pack, contacts, keyring, sessions, recorder, metrics, today
        )
        yield Parts(settings, metrics, register, outbox, sessions, conversation, senders)


async def serve(settings: Settings, say: Callable[[str], None]) -> None:
    """Run until SIGTERM or SIGINT: take nothing more, finish turns, leave the rest for later."""
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    async with build(settings) as parts, _answering(parts) as address:
        for warning in (*settings.warnings(), await parts.sessions.policy_warning()):
            if warning:
                log.warning("settings.doubtful", why=warning)
        sending = asyncio.create_task(parts.outbox.run())
        # The libraries' objects live as long as we do; the collector need not look at them again.
        # What a turn makes is freed by counting, so the collector may come by less often.
        gc.collect()
        gc.freeze()
        gc.set_threshold(20_000, 20, 20)
        say(f"Share Check is ready: {address}")
        await stop.wait()
        log.info("server.stopping")
        await parts.outbox.close()
        await sending


@asynccontextmanager
async def _answering(parts: Parts) -> AsyncIterator[str]:
    """An HTTP server with every surface that is set up; yields its address."""
    settings = parts.settings
    application = web.Application(client_max_size=256 * 1024)
    health.attach(application, parts.metrics, parts.probes, parts.outbox)
    async with AsyncExitStack() as stack:
        await _attach_surfaces(application, parts, stack)
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=DRAIN_SECONDS)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        site = web.TCPSite(runner, settings.host, settings.port)
        try:
            await site.start()
        except OSError as error:
            where = f"{settings.host}:{settings.port}"
            why = f"Cannot listen on {where} ({error.strerror})."
            raise CannotStart(f"{why} Stop what is there, or set PORT.") from None
        port = runner.addresses[0][1]
        host = f"[{settings.host}]" if ":" in settings.host else settings.host
        yield f"http://{host}:{port}"


async def _attach_surfaces(
    application: web.Application, parts: Parts, stack: AsyncExitStack
) -> None:
    """Add the surfaces that the settings ask for; a surface's libraries load only then."""
    settings, conversation = parts.settings, parts.conversation
    if settings.web:
        from bot.surfaces.web import attach as attach_web

        attach_web(application, conversation, RegisterPanel(parts.register, parts.outbox))
        parts.senders["web"] = PanelSender(parts.register)
    if settings.slack_bot_token and settings.slack_signing_secret:
        from bot.surfaces.slack import SlackSettings
        from bot.surfaces.slack import attach as attach_slack

        slack = attach_slack(
            application,
            conversation,
            SlackSettings(
                bot_token=settings.slack_bot_token.get_secret_value(),
                signing_secret=settings.slack_signing_secret.get_secret_value(),
                api_url=settings.slack_api_url,
            ),
        )
        stack.push_async_callback(slack.close)
        parts.senders["slack"] = slack.sender(partial(register_mark, parts.register))


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
        raise BadSettings(f"REDIS_URL: {error}") from None
    if not await sessions.ready():
        await sessions.close()
        raise CannotStart("Redis does not answer. Is REDIS_URL right, and Redis running?")
    return sessions
