"""A relay on real stores with a clock of its own, and channels that remember what was posted."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.checks.recording import Practitioner
from bot.conversation import Shown
from bot.enquiries.relay import Relay, open_relay
from bot.outbox import Outbox, Row, Sent
from bot.reception import Reception
from bot.rooms import Visit
from bot.rooms.enquiries import EnquiriesRoom
from bot.workspaces import Workspace, Workspaces
from dialogs.pages import FormView, PageView, Section, Way
from tests.bot.world import World, world

TENANT = "T0TENANT"
CHANNEL = "C0ADVISERS"
WEDNESDAY = datetime(2026, 11, 25, 10, 3, 7, tzinfo=UTC)
QUESTION = "May I tell the school what the neighbour said?"
SLOT = 600
DUTY = "01632 960001"


def person(name: str, surface: str = "slack", tenant: str = TENANT) -> Practitioner:
    address = None if surface in ("web", "terminal") else f"U0{name.upper()}"
    return Practitioner(surface, tenant, name, address=address)


ASKER, OTHER, ADVISER, SECOND = (person(name) for name in ("asker", "other", "lead", "second"))


@dataclass
class People:
    """Who is in the advisers' channel, as the platform would say."""

    advisers: set[str] = field(default_factory=lambda: {"lead", "second"})
    count: int | None = 240

    async def is_admin(self, who: Practitioner) -> bool:
        return False

    async def is_member(self, who: Practitioner, channel: str) -> bool:
        return channel == CHANNEL and who.person in self.advisers

    async def members(self, tenant: str) -> int | None:
        return self.count

    async def hindrance(self, tenant: str, channel: str) -> str:
        return ""


@dataclass
class Clock:
    """A time that moves when it is told to."""

    at: datetime = WEDNESDAY

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **spans: float) -> None:
        self.at += timedelta(**spans)


@dataclass
class Channels:
    """Draws rows when they are sent, as every surface does, and keeps what came of it."""

    relay: Relay
    posted: list[tuple[Row, PageView]] = field(default_factory=list)

    async def send(self, row: Row, *, retry: bool) -> Sent:
        page = await self.relay.cards.drawings[row.purpose](row)
        if page is None:
            return Sent(None)
        self.posted.append((row, page))
        return Sent(f"{row.recipient or row.channel}/{len(self.posted)}")

    @property
    def cards(self) -> list[PageView]:
        return [page for row, page in self.posted if row.purpose == "enquiry" and not row.edits]

    @property
    def edits(self) -> list[PageView]:
        return [page for row, page in self.posted if row.purpose == "enquiry" and row.edits]

    @property
    def notices(self) -> list[tuple[str | None, PageView]]:
        found = [(row, page) for row, page in self.posted if row.purpose == "enquiry_notice"]
        return [(row.recipient, page) for row, page in found]

    @property
    def reminders(self) -> list[PageView]:
        return [page for row, page in self.posted if row.purpose == "enquiry_reminder"]


@dataclass
class Stage:
    """The room with everything that it stands on."""

    world: World
    relay: Relay
    room: EnquiriesRoom
    reception: Reception
    outbox: Outbox
    channels: Channels
    people: People
    clock: Clock
    folder: Path

    async def open(self, who: Practitioner, text: str = "ask") -> PageView | FormView:
        return _view(await self.reception.open(who, text))

    async def go(
        self, who: Practitioner, verb: str, value: str = "", **form: str
    ) -> PageView | FormView:
        filling = {name: (text,) for name, text in form.items()}
        visit = Visit(verb, value, filling)
        return _view(await self.reception.visit(who, self.room.name, visit))

    async def press(
        self, who: Practitioner, view: PageView | FormView, verb: str
    ) -> PageView | FormView:
        way = ways_of(view)[verb]
        return await self.go(who, verb, way.value)

    async def preview(
        self, who: Practitioner = ASKER, words: str = QUESTION, back: str = "code", **more: str
    ) -> PageView | FormView:
        form = {"words": words, "back": back, "when": "slot", **more}
        return await self.go(who, "preview", "", **form)

    async def ask(
        self, who: Practitioner = ASKER, words: str = QUESTION, back: str = "code", **more: str
    ) -> str:
        """A whole question; its code."""
        sent = await self.press(who, await self.preview(who, words, back, **more), "send")
        return ways_of(sent)["read"].value

    async def answer(
        self, who: Practitioner, enquiry: str, words: str = "Yes, tell them."
    ) -> None:
        preview = await self.go(
            who, "preview_answer", enquiry, words=words, role="safeguarding_lead"
        )
        await self.press(who, preview, "send")

    async def pass_slot(self) -> None:
        """Let the slot end, and everything that is due go out."""
        self.clock.forward(seconds=SLOT)
        await self.settle()

    async def settle(self) -> None:
        await self.relay.releases.tick()
        await self.outbox.drain()
        await self.relay.releases.tick()
        await self.outbox.drain()

    @property
    def newest(self) -> str:
        """The id that advisers know the newest question by."""
        return ways_of(self.channels.cards[-1])["open"].value


@asynccontextmanager
async def staged(
    redis_url: str,
    folder: Path,
    keys: str,
    *,
    seconds: int = SLOT,
    databases: tuple[str, str] | None = None,
) -> AsyncIterator[Stage]:
    async with world(redis_url, folder, keys=keys, databases=databases) as real:
        clock, people = Clock(), People()
        chosen = Workspace(
            pack="briefing-2018", adviser_channel=CHANNEL, duty_number="01632 960001"
        )
        nobody = {"teams": Workspace(pack="briefing-2018")}
        workspaces = Workspaces(real.register.database, real.register.keyring, nobody, chosen)
        relay = open_relay(
            real.register,
            real.sessions,
            workspaces,
            {"slack": people, "web": people},
            real.conversation.metrics,
            emergency=lambda: real.conversation.emergency,
            now=clock,
            seconds=seconds,
        )
        channels = Channels(relay)
        outbox = Outbox(
            real.register.database,
            real.register.keyring,
            {"slack": channels, "web": channels},
            posted=real.register.posted,
            addresses=relay.cards.addresses,
        )
        room = EnquiriesRoom(real.conversation, relay)
        reception = Reception(real.conversation, (room,))
        yield Stage(real, relay, room, reception, outbox, channels, people, clock, folder)


def ways_of(view: PageView | FormView) -> Mapping[str, Way]:
    within = [way for section in view.sections for way in section.ways]
    return {way.verb: way for way in (*view.ways, *within)}


def text_of(view: PageView | FormView) -> str:
    parts: tuple[Section, ...] = view.sections
    if isinstance(view, FormView):
        parts = (*parts, *view.after)
    return "\n".join(line for part in parts for line in (part.heading, *part.lines, *part.bullets))


def _view(shown: Shown) -> PageView | FormView:
    assert isinstance(shown.view, PageView | FormView), shown.view
    return shown.view
