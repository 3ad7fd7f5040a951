"""One turn of a check, whatever the surface: load, advance, record, save, and say what to show.

The order matters. What must not be lost is recorded before the session moves on, so that a crash
between the two is mended when the same event comes again: the register knows an entry by its
check, kind and revision, and Redis a session by its turn. The danger screen and `act_now` are
drawn from the pack alone, and appear whether or not a store answers.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Literal

import structlog

from bot.checks.ids import is_theirs, new_check
from bot.checks.keeping import Keeper, Overtaken
from bot.checks.recording import Practitioner, Recorder, Visitor
from bot.checks.shelf import Shelf, Shown
from bot.keys import Keyring
from bot.metrics import Metrics
from bot.patience import within
from bot.register.database import RegisterUnavailable
from bot.register.entries import AlreadyRecorded
from bot.sessions import Gone, Owner, Unavailable
from bot.workspaces import Workspaces
from dialogs import check as checks
from dialogs.events import Answered, Deciding, Deleted, Event
from dialogs.session import Session
from dialogs.turn import Forget, Turn
from dialogs.views import AdviceView, DangerView, ExpiredView, NotYoursView, TryAgainView, View
from policies.model import Contact, Verdict

__all__ = ["Conversation", "Practitioner", "Shown"]

log = structlog.get_logger(__name__)

RECORDING_SECONDS = 0.9
"""The register's share of a turn; reading and writing the session take as long at most, each, and
Slack waits three seconds."""

LAST_RESORT_SECONDS = 2.2
"""When a turn has failed, how long after its beginning `act_now` may still try to be recorded."""

ATTEMPTS = 3


@dataclass(frozen=True)
class Conversation:
    """Begins, takes and resumes the checks of every surface."""

    shelf: Shelf
    keyring: Keyring
    keeper: Keeper
    recorder: Recorder
    metrics: Metrics
    workspaces: Workspaces

    async def begin(self, who: Practitioner, pack: str = "") -> Shown:
        """The danger question of a new check; of another pack than the workspace's, if named."""
        by = await self._visitor(who)
        fresh = self.shelf.fresh(new_check(self.keyring, by.owner), by.workspace)
        other = self.shelf.following(fresh, pack)
        session, left = await self.keeper.begun(by.owner, fresh, other)
        shown = self.shelf.shown(session, by.workspace)
        assert isinstance(shown.view, DangerView)
        return replace(shown, view=replace(shown.view, open_checks=left))

    async def resume(self, who: Practitioner, check: str) -> Shown:
        """Where a check stands; taken up again from the register if Redis has let it go."""
        by = await self._visitor(who)
        if not is_theirs(self.keyring, by.owner, check):
            return self._closed(NotYoursView(self.emergency))
        try:
            kept = await self.keeper.load(by.owner, check)
            return self._standing(by, kept or await self.keeper.recalled(by.owner, check))
        except Overtaken as overtaken:
            return Shown(check, overtaken.turn, ExpiredView("pack_changed", self.emergency))
        except (Unavailable, RegisterUnavailable):
            return Shown(check, 0, TryAgainView(self.emergency))

    async def take(self, who: Practitioner, check: str, event: Event) -> Shown:
        """Carry one event through, and say what to show; never raises for a caller's fault."""
        started = perf_counter()
        shown = await self._taken(who, check, event, started)
        spent = perf_counter() - started
        view = type(shown.view).__name__
        self.metrics.turn(who.surface, view, spent)
        log.info(
            "turn.taken",
            surface=who.surface,
            did=type(event).__name__,
            view=view,
            changed=shown.turn != event.turn,
            milliseconds=round(spent * 1000, 2),
        )
        return shown

    async def _taken(self, who: Practitioner, check: str, event: Event, started: float) -> Shown:
        by = await self._visitor(who)
        try:
            if shown := await self._from_memory(by, check, event):
                return shown
            if not is_theirs(self.keyring, by.owner, check):
                return self._closed(NotYoursView(self.emergency))
            return await self._turn(by, check, event)
        except Gone:
            return self._closed(ExpiredView("expired", self.emergency))
        except Overtaken as overtaken:
            return await self._overtaken(by.owner, check, event, overtaken.turn)
        except (TimeoutError, Unavailable, RegisterUnavailable):
            left = LAST_RESORT_SECONDS - (perf_counter() - started)
            return await self._without_stores(by, check, event, left)

    async def _from_memory(self, by: Visitor, check: str, event: Event) -> Shown | None:
        """One round trip for a step of which nothing is recorded; None where it takes two.

        Another process may know better. So what moves nothing is looked up before it is shown, and
        so is what the register would hear of: saving is what tells, and it comes after recording.
        """
        session = self.keeper.remembered(by.owner, check, event.turn)
        turn = self.shelf.advanced(session, event, by.workspace) if session else None
        if not session or not turn or turn.effects or turn.session.turn == session.turn:
            return None
        try:
            stands = await self.keeper.save(by.owner, session, turn.session)
        except Gone:
            return None
        return self._saved(by, turn, stands)

    async def _turn(self, by: Visitor, check: str, event: Event) -> Shown:
        """Try, and try again when the register turns out to be ahead of the session."""
        ahead: dict[str, int] = {}
        for _ in range(ATTEMPTS):
            kept = await self.keeper.load(by.owner, check)
            session = kept or self._begun_by(by, event, check)
            if session is None and isinstance(event, Deciding):
                # A screen may stay open longer than its check is kept.
                kept = session = await self.keeper.recalled(by.owner, check)
                event = replace(event, turn=session.turn if session else event.turn)
            if session is None:
                return self._closed(ExpiredView("expired", self.emergency))
            caught_up = session.model_copy(update=ahead) if ahead else session
            turn = self.shelf.advanced(caught_up, event, by.workspace)
            if Forget() in turn.effects:
                return await self._forgotten(by, session)
            if turn.session.turn == session.turn:
                return Shown(check, session.turn, turn.view)
            try:
                turn = await self._recorded(by, session, turn)
            except AlreadyRecorded as other:
                kind = "advised" if other.entry.kind == "advice" else "decided"
                ahead[kind] = max(ahead.get(kind, 0), other.entry.revision)
                continue
            stands = await self.keeper.save(by.owner, kept, turn.session)
            return (
                self._standing(by, stands)
                if stands
                else Shown(check, turn.session.turn, turn.view)
            )
        return Shown(check, event.turn, TryAgainView(self.emergency))

    def _saved(self, by: Visitor, turn: Turn, stands: Session | None) -> Shown:
        """What the turn came to, or what stands instead."""
        if stands:
            return self._standing(by, stands)
        return Shown(turn.session.check, turn.session.turn, turn.view)

    async def _recorded(self, by: Visitor, before: Session, turn: Turn) -> Turn:
        """Do the turn's effects; `act_now` is shown even so, and its entry is owed."""
        if not turn.effects:
            return turn
        try:
            await self._record(by, turn, RECORDING_SECONDS)
        except (TimeoutError, RegisterUnavailable):
            if not isinstance(turn.view, AdviceView) or not _is_act_now(turn.view):
                raise
            return Turn(checks.owing(before, turn.session), replace(turn.view, recorded=False))
        return turn

    async def _record(self, by: Visitor, turn: Turn, seconds: float) -> None:
        pack = self.shelf.pack_of(turn.session.digest, by.workspace)
        async with within(seconds):
            for effect in turn.effects:
                await self.recorder.carry_out(by, pack, turn.session, effect)

    async def _without_stores(
        self, by: Visitor, check: str, event: Event, seconds: float
    ) -> Shown:
        """What can be said when Redis does not answer: act now, or try again."""
        again = Shown(check, event.turn, TryAgainView(self.emergency))
        if not isinstance(event, Answered):
            return again
        fresh = self.shelf.fresh(check, by.workspace).model_copy(update={"turn": event.turn})
        turn = self.shelf.advanced(fresh, event, by.workspace)
        if not isinstance(turn.view, AdviceView) or not _is_act_now(turn.view):
            return again
        recorded = True
        try:
            await self._record(by, turn, seconds)
        except (TimeoutError, RegisterUnavailable, AlreadyRecorded):
            # What stands under the first revision may be older advice of the same check.
            recorded = False
        return Shown(check, event.turn, replace(turn.view, recorded=recorded, can_go_on=False))

    async def _overtaken(self, owner: Owner, check: str, event: Event, turn: int) -> Shown:
        """A check that this release cannot go on with may still be deleted."""
        if isinstance(event, Deleted):
            with suppress(Gone, Overtaken, Unavailable):
                await self.keeper.forget(owner, check, turn)
                return self._closed(ExpiredView("deleted", self.emergency))
        return Shown(check, turn, ExpiredView("pack_changed", self.emergency))

    async def _forgotten(self, by: Visitor, session: Session) -> Shown:
        stands = await self.keeper.forget(by.owner, session.check, session.turn)
        return self._standing(by, stands, "deleted")

    def _begun_by(self, by: Visitor, event: Event, check: str) -> Session | None:
        """A check that is not stored yet is begun by the first answer to its first screen."""
        begins = isinstance(event, Answered) and event.turn == 0
        return self.shelf.fresh(check, by.workspace) if begins else None

    def _standing(
        self, by: Visitor, session: Session | None, why: Literal["expired", "deleted"] = "expired"
    ) -> Shown:
        """Where a kept check stands, or why it is not kept any more."""
        if session is None:
            return self._closed(ExpiredView(why, self.emergency))
        return self.shelf.shown(session, by.workspace)

    def _closed(self, view: View) -> Shown:
        return Shown(None, 0, view)

    @property
    def emergency(self) -> Contact:
        """The contact that every screen carries."""
        return self.shelf.emergency

    async def _visitor(self, who: Practitioner) -> Visitor:
        owner = self.keyring.owners(who.surface, who.tenant, who.person)
        return Visitor(who, owner, await self.workspaces.of(who.surface, who.tenant))


def _is_act_now(view: AdviceView) -> bool:
    return view.advice.verdict is Verdict.ACT_NOW
