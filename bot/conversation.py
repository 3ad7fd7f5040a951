"""One turn of a check, whatever the surface: load, advance, record, save, and say what to show.

The order matters. What must not be lost is recorded before the session moves on, so that a crash
between the two is mended when the same event comes again: the register knows an entry by its
check, kind and revision, and Redis a session by its turn. The danger screen and `act_now` are
drawn from the pack alone, and appear whether or not a store answers.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from time import perf_counter
from typing import Literal

import structlog

from bot.checks import is_theirs, new_check
from bot.keeping import Keeper, Overtaken
from bot.keys import Keyring
from bot.metrics import Metrics
from bot.recording import Practitioner, Recorder
from bot.register.database import RegisterUnavailable
from bot.register.entries import AlreadyRecorded
from bot.sessions import Gone, Owner, Unavailable
from dialogs import check as checks
from dialogs.events import Answered, Deciding, Deleted, Event
from dialogs.session import Session
from dialogs.show import emergency, show
from dialogs.turn import Forget, Turn
from dialogs.views import AdviceView, DangerView, ExpiredView, NotYoursView, TryAgainView, View
from policies.library import Library
from policies.model import Contact, Pack, Verdict

__all__ = ["Conversation", "Practitioner", "Shown"]

log = structlog.get_logger(__name__)

RECORDING_SECONDS = 0.9
"""The register's share of a turn; reading and writing the session take as long at most, each, and
Slack waits three seconds."""

LAST_RESORT_SECONDS = 2.2
"""When a turn has failed, how long after its beginning `act_now` may still try to be recorded."""

ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Shown:
    """What to show, and the check and turn that the screen must carry."""

    check: str | None
    turn: int
    view: View


@dataclass(frozen=True)
class Conversation:
    """Begins, takes and resumes the checks of every surface."""

    library: Library
    default_pack: str
    contacts: tuple[Contact, ...]
    keyring: Keyring
    keeper: Keeper
    recorder: Recorder
    metrics: Metrics
    today: Callable[[], date]
    _packs: dict[str, Pack] = field(default_factory=dict, repr=False)

    async def begin(self, who: Practitioner) -> Shown:
        """The danger question of a new check; nothing is stored before its first answer."""
        owner = self._owner(who)
        session = self._fresh(new_check(self.keyring, owner))
        view = show(self._pack_of(session), session)
        assert isinstance(view, DangerView)
        with suppress(Unavailable):
            view = replace(view, open_checks=await self.keeper.desk(owner))
        return Shown(session.check, session.turn, view)

    async def resume(self, who: Practitioner, check: str) -> Shown:
        """Where a check stands; taken up again from the register if Redis has let it go."""
        owner = self._owner(who)
        if not is_theirs(self.keyring, owner, check):
            return self._closed(NotYoursView(self.emergency))
        try:
            kept = await self.keeper.load(owner, check)
            return self._standing(kept or await self.keeper.recalled(owner, check))
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
        owner = self._owner(who)
        try:
            if shown := await self._from_memory(owner, check, event):
                return shown
            if not is_theirs(self.keyring, owner, check):
                return self._closed(NotYoursView(self.emergency))
            return await self._turn(who, owner, check, event)
        except Gone:
            return self._closed(ExpiredView("expired", self.emergency))
        except Overtaken as overtaken:
            return await self._overtaken(owner, check, event, overtaken.turn)
        except (TimeoutError, Unavailable, RegisterUnavailable):
            left = LAST_RESORT_SECONDS - (perf_counter() - started)
            return await self._without_stores(who, owner, check, event, left)

    async def _from_memory(self, owner: Owner, check: str, event: Event) -> Shown | None:
        """One round trip for a step of which nothing is recorded; None where it takes two.

        Another process may know better. So what moves nothing is looked up before it is shown, and
        so is what the register would hear of: saving is what tells, and it comes after recording.
        """
        session = self.keeper.remembered(owner, check, event.turn)
        turn = self._advanced(session, event) if session else None
        if not session or not turn or turn.effects or turn.session.turn == session.turn:
            return None
        try:
            stands = await self.keeper.save(owner, session, turn.session)
        except Gone:
            return None
        return self._standing(stands) if stands else Shown(check, turn.session.turn, turn.view)

    async def _turn(self, who: Practitioner, owner: Owner, check: str, event: Event) -> Shown:
        """Try, and try again when the register turns out to be ahead of the session."""
        ahead: dict[str, int] = {}
        for _ in range(ATTEMPTS):
            kept = await self.keeper.load(owner, check)
            session = kept or self._begun_by(event, check)
            if session is None and isinstance(event, Deciding):
                # A screen may stay open longer than its check is kept.
                kept = session = await self.keeper.recalled(owner, check)
                event = replace(event, turn=session.turn if session else event.turn)
            if session is None:
                return self._closed(ExpiredView("expired", self.emergency))
            turn = self._advanced(session.model_copy(update=ahead) if ahead else session, event)
            if Forget() in turn.effects:
                return await self._forgotten(owner, session)
            if turn.session.turn == session.turn:
                return Shown(check, session.turn, turn.view)
            try:
                turn = await self._recorded(who, owner, session, turn)
            except AlreadyRecorded as other:
                kind = "advised" if other.entry.kind == "advice" else "decided"
                ahead[kind] = max(ahead.get(kind, 0), other.entry.revision)
                continue
            stands = await self.keeper.save(owner, kept, turn.session)
            return self._standing(stands) if stands else Shown(check, turn.session.turn, turn.view)
        return Shown(check, event.turn, TryAgainView(self.emergency))

    def _advanced(self, session: Session, event: Event) -> Turn:
        return checks.advance(self._pack_of(session), session, event)

    async def _recorded(
        self, who: Practitioner, owner: Owner, before: Session, turn: Turn
    ) -> Turn:
        """Do the turn's effects; `act_now` is shown even so, and its entry is owed."""
        if not turn.effects:
            return turn
        try:
            await self._record(who, owner, turn, RECORDING_SECONDS)
        except (TimeoutError, RegisterUnavailable):
            if not isinstance(turn.view, AdviceView) or not _is_act_now(turn.view):
                raise
            return Turn(checks.owing(before, turn.session), replace(turn.view, recorded=False))
        return turn

    async def _record(self, who: Practitioner, owner: Owner, turn: Turn, seconds: float) -> None:
        pack = self._pack_of(turn.session)
        async with asyncio.timeout(seconds):
            for effect in turn.effects:
                await self.recorder.carry_out(who, owner[0], pack, turn.session, effect)

    async def _without_stores(
        self, who: Practitioner, owner: Owner, check: str, event: Event, seconds: float
    ) -> Shown:
        """What can be said when Redis does not answer: act now, or try again."""
        again = Shown(check, event.turn, TryAgainView(self.emergency))
        if not isinstance(event, Answered):
            return again
        turn = self._advanced(self._fresh(check).model_copy(update={"turn": event.turn}), event)
        if not isinstance(turn.view, AdviceView) or not _is_act_now(turn.view):
            return again
        recorded = True
        try:
            await self._record(who, owner, turn, seconds)
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

    async def _forgotten(self, owner: Owner, session: Session) -> Shown:
        stands = await self.keeper.forget(owner, session.check, session.turn)
        return self._standing(stands, "deleted")

    def _begun_by(self, event: Event, check: str) -> Session | None:
        """A check that is not stored yet is begun by the first answer to its first screen."""
        return self._fresh(check) if isinstance(event, Answered) and event.turn == 0 else None

    def _fresh(self, check: str) -> Session:
        edition = self.library.find(self.default_pack, self.today())
        return checks.begin(edition.pack, edition.digest, check)

    def _standing(
        self, session: Session | None, why: Literal["expired", "deleted"] = "expired"
    ) -> Shown:
        """Where a kept check stands, or why it is not kept any more."""
        if session is None:
            return self._closed(ExpiredView(why, self.emergency))
        return Shown(session.check, session.turn, show(self._pack_of(session), session))

    def _closed(self, view: View) -> Shown:
        return Shown(None, 0, view)

    def _pack_of(self, session: Session) -> Pack:
        """The pack that the session pins, with the organisation's own contacts laid over it."""
        if session.digest not in self._packs:
            pack = self.library.by_digest[session.digest].pack
            self._packs[session.digest] = pack.with_contacts(self.contacts)
        return self._packs[session.digest]

    @property
    def emergency(self) -> Contact:
        """The contact that every screen carries."""
        return emergency(self._pack_of(self._fresh("")))

    def _owner(self, who: Practitioner) -> Owner:
        return self.keyring.owners(who.surface, who.tenant, who.person)


def _is_act_now(view: AdviceView) -> bool:
    return view.advice.verdict is Verdict.ACT_NOW
