"""Builds the parts from the settings, in order, and lets go of them in reverse."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import structlog

from bot import health
from bot.checks.keeping import Keeper
from bot.checks.recording import Recorder, Room
from bot.checks.shelf import Shelf
from bot.conversation import Conversation
from bot.directories import Alone, Directory
from bot.enquiries.relay import Relay, open_relay
from bot.furnishing import drawings_of, rooms_of
from bot.keys import Keyring
from bot.library import read_policies, today
from bot.metrics import Metrics
from bot.outbox import Address, Drawing, Outbox, Sender
from bot.outbox.notices import notice_of
from bot.reception import Reception
from bot.register.database import RegisterUnavailable
from bot.register.store import Register
from bot.retention import Retention
from bot.sessions import Sessions
from bot.settings import Settings
from bot.stores import open_register, open_sessions, redis_url
from bot.upkeep import Upkeep
from bot.workspaces import Workspace, Workspaces
from policies.outside import LeftOut

log = structlog.get_logger(__name__)

PANEL = Room("web", "panel")
ROOMS = {"slack": Room("slack"), "teams": Room("teams"), "web": PANEL, "terminal": PANEL}
ADVISERS = "advisers"
"""The advisers' room beside the pages of the web surface."""


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
    relay: Relay

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


@asynccontextmanager
async def build(settings: Settings, *, beside: bool = False) -> AsyncIterator[Parts]:
    """Every part, started in order and stopped in reverse.

    `beside` is for a command that may run next to a server on the same VAR_DIR: it uses that
    server's Redis where there is one.
    """
    library, rehearsals, contacts, left_out = read_policies(settings)
    _say_left_out(left_out)
    keyring, metrics = settings.keyring(), Metrics()
    async with AsyncExitStack() as stack:
        url = await redis_url(settings, stack, beside=beside)
        sessions = await open_sessions(settings, url, keyring)
        stack.push_async_callback(sessions.close)
        register = await stack.enter_async_context(open_register(settings, keyring))
        senders: dict[str, Sender] = {}
        addresses: dict[str, Address] = {}
        outbox = Outbox(
            register.database,
            keyring,
            senders,
            posted=register.posted,
            notice=notice_of,
            addresses=addresses,
        )
        workspaces = _workspaces(settings, register, keyring)
        recorder = Recorder(register, outbox, keyring, ROOMS, today, metrics)
        keeper = Keeper(sessions, register, keyring, frozenset(library.by_digest), today)
        shelf = Shelf(library, settings.default_pack, contacts, today)
        conversation = Conversation(shelf, keyring, keeper, recorder, metrics, workspaces)
        directories: dict[str, Directory] = {"web": Alone(), "terminal": Alone()}
        relay = _relay(settings, register, sessions, conversation, directories)
        drawings = {**drawings_of(outbox, register, conversation), **relay.cards.drawings}
        addresses |= relay.cards.addresses
        rooms = rooms_of(conversation, relay, directories, rehearsals)
        reception = Reception(conversation, rooms)
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
            upkeep=_upkeep(settings, register, workspaces),
            relay=relay,
        )


def _say_left_out(left_out: Iterable[LeftOut]) -> None:
    for left in left_out:
        why, count = str(left.faults[0]), len(left.faults)
        log.warning("pack.left_out", pack=left.pack, why=why, count=count)


def _relay(
    settings: Settings,
    register: Register,
    sessions: Sessions,
    conversation: Conversation,
    directories: Mapping[str, Directory],
) -> Relay:
    return open_relay(
        register,
        sessions,
        conversation.workspaces,
        directories,
        conversation.metrics,
        emergency=lambda: conversation.emergency,
        now=lambda: datetime.now(UTC),
        seconds=settings.release_seconds,
    )


def _upkeep(settings: Settings, register: Register, workspaces: Workspaces) -> Upkeep:
    retention = Retention(register.erasing, workspaces, settings.retention, today)
    return Upkeep(register.heads, retention, settings.checkpoint_file)


def _workspaces(settings: Settings, register: Register, keyring: Keyring) -> Workspaces:
    slack = Workspace(
        pack=settings.default_pack,
        summary_channel=settings.summary_channel,
        adviser_channel=settings.adviser_channel,
        retention_days=settings.retention,
    )
    teams = Workspace(
        pack=settings.default_pack,
        summary_channel=settings.teams_summary_channel,
        adviser_channel=settings.teams_adviser_channel,
        retention_days=settings.retention,
    )
    beside = Workspace(
        pack=settings.default_pack, adviser_channel=ADVISERS, retention_days=settings.retention
    )
    defaults = {"slack": slack, "teams": teams}
    return Workspaces(register.database, keyring, defaults, beside)
