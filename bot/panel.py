"""What the web surface shows beside a check: the channel's summaries, and the register growing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import structlog

from bot.outbox import Drawing, Outbox, Row, Sent
from bot.outbox.notices import held_words
from bot.register import checkpoints
from bot.register.checkpoints import Checkpoint
from bot.register.entries import Entry
from bot.register.kept_tree import Altered
from bot.register.store import Register
from bot.statistics import Statistics, gather
from dialogs.fields import CHOICE
from dialogs.pages import PageView
from dialogs.summary import MARK, VERDICTS
from policies.library import Library
from policies.model import Verdict

log = structlog.get_logger(__name__)

MOST = 20
ADVISERS = ("enquiry", "enquiry_reminder")
"""What is posted to the advisers' room."""


@dataclass(frozen=True, slots=True)
class PostedSummary:
    """A summary as it stands in the channel."""

    reference: str
    title: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One entry of the register, as a line."""

    seq: int
    kind: str
    reference: str
    day: str
    verdict: str
    decision: str
    mark: str


def mark_of(entry: Entry) -> str:
    """The register's mark on an entry: its place, and the start of its commitment."""
    return str(checkpoints.mark_of(entry))


@dataclass(frozen=True, slots=True)
class RegisterPanel:
    """Reads the panel from the register and the outbox."""

    register: Register
    outbox: Outbox
    drawings: Mapping[str, Drawing] = field(default_factory=dict)

    async def advisers(self) -> Sequence[PageView]:
        """What stands in the advisers' room, newest first, as it is now."""
        rows = await self.outbox.sent("web", MOST, ADVISERS)
        drawn = [await self.drawings[row.purpose](row) for row in rows if row.edits is None]
        return tuple(page for page in drawn if page is not None)

    async def statistics(self, library: Library) -> Statistics:
        """How often what was advised and decided, with small numbers hidden."""
        return await gather(self.register.export(), library)

    async def owes(self) -> bool:
        """Whether something is still on its way to this page."""
        waiting = await self.outbox.list("waiting")
        return any(row.surface == "web" for row in waiting)

    async def summaries(self) -> Sequence[PostedSummary]:
        """The newest summaries, each check once, as its newest edit."""
        shown: dict[str, PostedSummary] = {}
        for row in await self.outbox.sent("web", MOST):
            posted = posted_summary(row)
            shown.setdefault(posted.reference, posted)
        return tuple(shown.values())

    async def held(self, check: str) -> str:
        """What is to be said about a summary that does not go out; nothing about one that does."""
        return held_words(await self.outbox.of(check))

    async def entries(self) -> Sequence[EntryLine]:
        """The newest entries, newest first."""
        return tuple(_line(entry) for entry in await self.register.latest(MOST))


@dataclass(frozen=True, slots=True)
class PanelSender:
    """Posts to the channel of the web surface, which is the outbox's own list of what was sent."""

    register: Register

    async def send(self, row: Row, *, retry: bool) -> Sent:  # noqa: ARG002
        """There is nothing that could be lost on the way, so nothing to look for again."""
        if row.purpose != "summary":
            return Sent(None)
        return Sent(await register_mark(self.register, row))


async def register_mark(register: Register, row: Row) -> str:
    """The mark of the entry that a summary speaks of, with a head of the register over it.

    So a copy of the head leaves for the channel with every summary.
    """
    for entry in reversed(await register.find(row.check)):
        if (entry.kind, entry.revision) == (row.body["kind"], row.body["revision"]):
            return str(checkpoints.mark_of(entry, await _head(register, entry)))
    return "not found"


async def _head(register: Register, entry: Entry) -> Checkpoint | None:
    """The head that the mark carries; none from a register in which something is wrong."""
    try:
        return await register.heads.covering(entry.seq)
    except Altered as altered:
        log.critical("register.altered", why=str(altered))
        return None


def posted_summary(row: Row) -> PostedSummary:
    """A row of the outbox as the summary that it posted."""
    lines = tuple((str(label), str(value)) for label, value in row.body["lines"])  # type: ignore[union-attr,misc]
    mark = (MARK, row.message or "")
    return PostedSummary(str(row.body["reference"]), str(row.body["title"]), (*lines, mark))


def _line(entry: Entry) -> EntryLine:
    decision = entry.body.get("decision")
    return EntryLine(
        seq=entry.seq,
        kind=entry.kind,
        reference=str(entry.body["reference"]),
        day=entry.at.isoformat(),
        verdict=VERDICTS[Verdict(str(entry.body["verdict"]))],
        decision=CHOICE.label_of(str(decision)) if decision else "",
        mark=mark_of(entry),
    )
