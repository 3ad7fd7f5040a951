"""The real parts behind a surface, each of which a test may break: Redis, register, outbox."""

import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.checks.keeping import Keeper
from bot.checks.recording import Recorder, Room
from bot.checks.shelf import Shelf
from bot.conversation import Conversation, Practitioner, Shown
from bot.keys import Keyring
from bot.metrics import Metrics
from bot.outbox import Outbox, Row, Sender
from bot.panel import PanelSender, RegisterPanel
from bot.register.entries import Entry
from bot.register.signing import Signer
from bot.register.store import Register
from bot.sessions import Sessions
from bot.workspaces import Workspace, Workspaces
from dialogs.events import Answered, Confirmed, Decided, Deciding, Posted
from dialogs.views import DangerView, QuestionView
from policies.library import Library

TODAY = date(2026, 11, 22)
KEYS = base64.urlsafe_b64encode(b"a" * 32).decode()
SIGNER = Signer((b"s" * 32,))
SHARE = {"choice": ("share",), "kinds": ("concern",), "receiver": ("childrens_social_care",)}
LIBRARY = Library.read()


def practitioner(person: str = "ayesha", surface: str = "web") -> Practitioner:
    return Practitioner(surface, "test", person)


@dataclass
class World:
    """A conversation with everything it stands on."""

    sessions: Sessions
    register: Register
    outbox: Outbox
    conversation: Conversation
    senders: dict[str, Sender]

    @property
    def panel(self) -> RegisterPanel:
        return RegisterPanel(self.register, self.outbox)

    async def entries(self) -> list[Entry]:
        return [entry async for entry in self.register.export()]

    async def rows(self) -> tuple[Row, ...]:
        return await self.outbox.list()

    async def answer(self, who: Practitioner, shown: Shown, *values: str) -> Shown:
        """Answer the questions that come, in order."""
        for value in values:
            assert isinstance(shown.view, DangerView | QuestionView)
            assert shown.check is not None
            event = Answered(shown.turn, shown.view.asked.id, value)
            shown = await self.conversation.take(who, shown.check, event)
        return shown

    async def advised(self, who: Practitioner, *values: str) -> Shown:
        """A check from its beginning to its advice."""
        shown = await self.answer(who, await self.conversation.begin(who), *values)
        assert shown.check is not None
        return await self.conversation.take(who, shown.check, Confirmed(shown.turn))

    async def decided(self, who: Practitioner, shown: Shown, *, post: bool = True) -> Shown:
        """From the advice to a recorded decision."""
        assert shown.check is not None
        take = self.conversation.take
        shown = await take(who, shown.check, Deciding(shown.turn))
        shown = await take(who, str(shown.check), Decided(shown.turn, SHARE))
        return await take(who, str(shown.check), Posted(shown.turn, post=post))


@asynccontextmanager
async def world(
    redis_url: str,
    folder: Path,
    *,
    pack: str = "briefing-2018",
    keys: str = KEYS,
    databases: tuple[str, str] | None = None,
) -> AsyncIterator[World]:
    """Open everything on a real Redis and real databases; SQLite files, if none are named."""
    keyring, metrics = Keyring.parse(keys), Metrics()
    sessions = Sessions.open(redis_url, keyring)
    files = (f"sqlite:///{folder}/register.db", f"sqlite:///{folder}/keys.db")
    register = await Register.open(*(databases or files), keyring, SIGNER)
    senders: dict[str, Sender] = {"web": PanelSender(register)}
    outbox = Outbox(register.database, keyring, senders, posted=register.posted)
    panel = Room("web", "panel")
    rooms = {"web": panel, "terminal": panel, "slack": Room("slack")}
    slack = Workspace(pack=pack, summary_channel="C0SUMMARIES")
    workspaces = Workspaces(register.database, keyring, {"slack": slack}, Workspace(pack=pack))
    recorder = Recorder(register, outbox, keyring, rooms, lambda: TODAY, metrics)
    keeper = Keeper(sessions, register, keyring, frozenset(LIBRARY.by_digest), lambda: TODAY)
    shelf = Shelf(LIBRARY, pack, (), lambda: TODAY)
    conversation = Conversation(shelf, keyring, keeper, recorder, metrics, workspaces)
    try:
        yield World(sessions, register, outbox, conversation, senders)
    finally:
        await sessions.close()
        await register.close()
