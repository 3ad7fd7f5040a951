"""What a turn writes down: register entries, and the posts that go out because of them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.keys import Keyring
from bot.metrics import Metrics
from bot.outbox import Outbox, Post
from bot.register.canonical import Json
from bot.register.entries import Draft, Kind
from bot.register.store import Register
from dialogs.record import advice_body, decision_body
from dialogs.session import Session
from dialogs.summary import Summary
from dialogs.turn import Effect, PostAdvice, RecordAdvice, RecordDecision
from policies.model import Pack


@dataclass(frozen=True, slots=True)
class Practitioner:
    """Who is asking. `address` is where a direct message reaches them, if the surface has one."""

    surface: str
    tenant: str
    person: str = field(repr=False)
    address: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Room:
    """Where the summaries of a surface go: which surface posts them, and to which channel."""

    surface: str
    channel: str | None


@dataclass(frozen=True, slots=True)
class Recorder:
    """Writes the effects of a turn, each at most once, however often it is told to."""

    register: Register
    outbox: Outbox
    keyring: Keyring
    rooms: Mapping[str, Room]
    today: Callable[[], date]
    metrics: Metrics

    async def carry_out(
        self, who: Practitioner, owner: str, pack: Pack, session: Session, effect: Effect
    ) -> None:
        """Write one effect; raises `AlreadyRecorded` or `RegisterUnavailable`."""
        match effect:
            case RecordAdvice():
                body = advice_body(pack, session, effect.advice)
                posts = self._direct_message(who, session, body)
                await self._append("advice", who, owner, session, effect.revision, body, posts)
            case RecordDecision():
                body = decision_body(pack, session, effect.advice, effect.decision)
                said = effect.summary
                posts = await self._summary(who, session, said, effect.revision) if said else ()
                words = effect.decision.words or None
                await self._append(
                    "decision", who, owner, session, effect.revision, body, posts, words
                )
            case PostAdvice():
                await self.register.post(await self._summary(who, session, effect.summary, 0))

    async def _append(
        self,
        kind: Kind,
        who: Practitioner,
        owner: str,
        session: Session,
        revision: int,
        body: dict[str, Json],
        posts: tuple[Post, ...],
        words: str | None = None,
    ) -> None:
        signed = {**body, "by": self.keyring.mark(owner, session.check)}
        workspace = f"{who.surface}:{who.tenant}"
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

    async def _summary(
        self, who: Practitioner, session: Session, summary: Summary, revision: int
    ) -> tuple[Post, ...]:
        """The summary for the team's channel; it edits the one that this check has there."""
        room = self.rooms[who.surface]
        earlier = [row for row in await self.outbox.of(session.check) if row.purpose == "summary"]
        name = f"summary/{session.check}/{session.advised}/{revision}"
        post = Post(
            check=session.check,
            purpose="summary",
            surface=room.surface,
            tenant=who.tenant,
            channel=room.channel,
            body={
                "title": summary.title,
                "reference": summary.reference,
                "lines": [list(line) for line in summary.lines],
                "kind": "decision" if revision else "advice",
                "revision": revision or session.advised,
            },
            at=self.today(),
            edits=earlier[-1].id if earlier else None,
            id=hashlib.sha256(name.encode()).hexdigest()[:32],
        )
        return (post,)
