"""What a turn writes down: register entries, and the posts that go out because of them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.keys import Keyring
from bot.metrics import Metrics
from bot.outbox import Outbox, Post
from bot.register.canonical import Json
from bot.register.database import RegisterUnavailable
from bot.register.entries import Draft, Kind
from bot.register.store import Register
from bot.sessions import Owner
from bot.workspaces import Workspace
from dialogs import reminder
from dialogs.record import advice_body, decision_body
from dialogs.session import Session
from dialogs.summary import Summary
from dialogs.turn import Effect, PostAdvice, RecordAdvice, RecordDecision
from policies.model import Pack


@dataclass(frozen=True, slots=True)
class Practitioner:
    """Who is asking. `address` is where a direct message reaches them, if the surface has one.

    `name` is what the platform calls them; it is kept only where their workspace has chosen so.
    """

    surface: str
    tenant: str
    person: str = field(repr=False)
    address: str | None = field(default=None, repr=False)
    name: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Visitor:
    """A practitioner with their pseudonyms, and what their workspace has chosen."""

    who: Practitioner
    owner: Owner
    workspace: Workspace


@dataclass(frozen=True, slots=True)
class Room:
    """Where the summaries of a surface go; without a channel, to the one of the workspace."""

    surface: str
    channel: str | None = None


@dataclass(frozen=True, slots=True)
class Recorder:
    """Writes the effects of a turn, each at most once, however often it is told to."""

    register: Register
    outbox: Outbox
    keyring: Keyring
    rooms: Mapping[str, Room]
    today: Callable[[], date]
    metrics: Metrics

    async def carry_out(self, by: Visitor, pack: Pack, session: Session, effect: Effect) -> None:
        """Write one effect; raises `AlreadyRecorded` or `RegisterUnavailable`."""
        match effect:
            case RecordAdvice():
                body = advice_body(pack, session, effect.advice)
                posts = (
                    *self._direct_message(by.who, session, body),
                    *self._reminder(by, session),
                )
                await self._append("advice", by, session, effect.revision, body, posts)
            case RecordDecision():
                body = decision_body(pack, session, effect.advice, effect.decision)
                said = effect.summary
                posts = await self._summary(by, session, said, effect.revision) if said else ()
                words = _sealed_words(by, session, effect.decision.words)
                await self._append("decision", by, session, effect.revision, body, posts, words)
                await self._let_go(by, session)
            case PostAdvice():
                await self.register.post(await self._summary(by, session, effect.summary, 0))

    async def _append(
        self,
        kind: Kind,
        by: Visitor,
        session: Session,
        revision: int,
        body: dict[str, Json],
        posts: tuple[Post, ...],
        words: str | None = None,
    ) -> None:
        signed = {**body, "by": self.keyring.mark(by.owner[0], session.check)}
        if session.named:
            signed["named"] = True
        workspace = f"{by.who.surface}:{by.who.tenant}"
        draft = Draft(kind, session.check, revision, self.today(), signed, words, posts, workspace)
        if (await self.register.append(draft)).new:
            self.metrics.entries.labels(kind).inc()

    def _direct_message(
        self, who: Practitioner, session: Session, body: Mapping[str, Any]
    ) -> tuple[Post, ...]:
        """The advice to keep, for surfaces that have a direct message; closed values only."""
        if who.address is None:
            return ()
        answers = {step["question"]: step["answer"] for step in body["path"]}
        kept = {key: body[key] for key in ("digest", "passed", "reference")}
        return (
            Post(
                check=session.check,
                purpose="advice",
                surface=who.surface,
                tenant=who.tenant,
                channel=None,
                body={**kept, "answers": answers},
                at=self.today(),
                recipient=who.address,
            ),
        )

    async def _let_go(self, by: Visitor, session: Session) -> None:
        """Nobody is to be reminded any more; where that fails, the reminder finds the decision."""
        if by.who.address is not None:
            with suppress(RegisterUnavailable):
                await self.outbox.let_go(_reminder_of(session.check))

    def _reminder(self, by: Visitor, session: Session) -> tuple[Post, ...]:
        """One for each check, with its first advice, as long as no decision is recorded."""
        if by.who.address is None or session.decided or not by.workspace.reminders:
            return ()
        today = self.today()
        return (
            Post(
                check=session.check,
                purpose="reminder",
                surface=by.who.surface,
                tenant=by.who.tenant,
                channel=None,
                body={"reference": session.reference},
                at=today,
                recipient=by.who.address,
                due=reminder.due(today).timestamp(),
                id=_reminder_of(session.check),
            ),
        )

    async def _summary(
        self, by: Visitor, session: Session, summary: Summary, revision: int
    ) -> tuple[Post, ...]:
        """The summary for the team's channel; it edits the one that this check has there."""
        room = self.rooms[by.who.surface]
        earlier = [row for row in await self.outbox.of(session.check) if row.purpose == "summary"]
        name = f"summary/{session.check}/{session.advised}/{revision}"
        post = Post(
            check=session.check,
            purpose="summary",
            surface=room.surface,
            tenant=by.who.tenant,
            channel=room.channel or by.workspace.summary_channel,
            body={
                "title": summary.title,
                "reference": summary.reference,
                "lines": [list(line) for line in summary.lines],
                "kind": "decision" if revision else "advice",
                "revision": revision or session.advised,
            },
            at=self.today(),
            owner=by.who.address if room.surface == by.who.surface else None,
            edits=earlier[-1].id if earlier else None,
            id=hashlib.sha256(name.encode()).hexdigest()[:32],
        )
        return (post,)


def _reminder_of(check: str) -> str:
    """The id of a check's reminder, so that there is never a second one."""
    return hashlib.sha256(f"reminder/{check}".encode()).hexdigest()[:32]


def _sealed_words(by: Visitor, session: Session, reasons: str) -> str | None:
    """What stands beside a decision under a key of its own, so that it can be erased.

    Who decided is among it where the workspace has chosen so: an entry's body is for good.
    """
    named = f"Decided by {by.who.name}." if session.named and by.who.name else ""
    return "\n".join(part for part in (named, reasons) if part) or None
