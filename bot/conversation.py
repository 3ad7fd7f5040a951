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

import structlog

from bot.checks import is_theirs, new_check
from bot.desk import desk_item, open_checks
from bot.keys import Keyring
from bot.metrics import Metrics
from bot.recall import recall
from bot.recording import Practitioner, Recorder
from bot.register.database import RegisterUnavailable
from bot.register.entries import AlreadyRecorded
from bot.sessions import Gone, Owner, Sessions, Unavailable
from dialogs import check as checks
from dialogs.events import Answered, Event
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
    sessions: Sessions
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
            view = replace(view, open_checks=open_checks(await self.sessions.desk(owner)))
        return Shown(session.check, session.turn, view)

    async def resume(self, who: Practitioner, check: str) -> Shown:
        """Where a check stands; taken up again from the register if Redis has let it go."""
        owner = self._owner(who)
        if not is_theirs(self.keyring, owner, check):
            return self._closed(NotYoursView(self._emergency))
        try:
            session = await self._load(owner, check) or await self._recalled(owner, check)
        except (TimeoutError, Unavailable, RegisterUnavailable):
            return Shown(check, 0, TryAgainView(self._emergency))
        return self._standing(session)

    async def take(self, who: Practitioner, check: str, event: Event) -> Shown:
        """Carry one event through, and say what to show; never raises for a caller's fault."""
        started = perf_counter()
        shown = await self._taken(who, check, event)
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

    async def _taken(self, who: Practitioner, check: str, event: Event) -> Shown:
        owner = self._owner(who)
        if not is_theirs(self.keyring, owner, check):
            return self._closed(NotYoursView(self._emergency))
        try:
            return await self._turn(who, owner, check, event)
        except (TimeoutError, Unavailable, RegisterUnavailable):
            return await self._without_stores(who, owner, check, event)

    async def _turn(self, who: Practitioner, owner: Owner, check: str, event: Event) -> Shown:
        """Try, and try again when the register turns out to be ahead of the session."""
        ahead: dict[str, int] = {}
        for _ in range(ATTEMPTS):
            found = await self._load(owner, check)
            session = found or self._begun_by(event, check)
            if session is None or session.digest not in self.library.by_digest:
                return self._standing(session)
            if ahead:
                session = session.model_copy(update=ahead)
            pack = self._pack_of(session)
            turn = checks.advance(pack, session, event)
            if turn.session.turn == session.turn and not turn.effects:
                return Shown(check, session.turn, turn.view)
            try:
                await self._record(who, owner, pack, turn)
            except AlreadyRecorded as other:
                kind = "advised" if other.entry.kind == "advice" else "decided"
                ahead[kind] = max(ahead.get(kind, 0), other.entry.revision)
                continue
            return await self._saved(owner, found, turn)
        return Shown(check, event.turn, TryAgainView(self._emergency))

    async def _record(self, who: Practitioner, owner: Owner, pack: Pack, turn: Turn) -> None:
        if not turn.effects:
            return
        async with asyncio.timeout(RECORDING_SECONDS):
            for effect in turn.effects:
                await self.recorder.carry_out(who, owner[0], pack, turn.session, effect)

    async def _saved(self, owner: Owner, before: Session | None, turn: Turn) -> Shown:
        session = turn.session
        forgotten = Forget() in turn.effects
        # The desk tells checks apart by how far they are, so it need not hear of every answer.
        moved_on = before is None or before.stage is not session.stage
        try:
            stands = await self.sessions.save(
                owner,
                session.check,
                expected=before.turn if before else None,
                turn=session.turn,
                value=session.packed(),
                desk=desk_item(session, self.today()) if moved_on else None,
                drop=forgotten,
            )
        except Gone:
            return self._standing(None)
        if forgotten:
            return self._closed(ExpiredView("deleted", self._emergency))
        if stands is not None:
            return self._standing(Session.unpacked(stands.value))
        return Shown(session.check, session.turn, turn.view)

    async def _without_stores(
        self, who: Practitioner, owner: Owner, check: str, event: Event
    ) -> Shown:
        """What can be said when a store does not answer: act now, or try again."""
        again = Shown(check, event.turn, TryAgainView(self._emergency))
        if not isinstance(event, Answered):
            return again
        session = self._fresh(check).model_copy(update={"turn": event.turn})
        pack = self._pack_of(session)
        turn = checks.advance(pack, session, event)
        view = turn.view
        if not isinstance(view, AdviceView) or view.advice.verdict is not Verdict.ACT_NOW:
            return again
        recorded = await self._recorded_in_time(who, owner, pack, turn)
        return Shown(check, event.turn, replace(view, recorded=recorded, can_go_on=False))

    async def _recorded_in_time(
        self, who: Practitioner, owner: Owner, pack: Pack, turn: Turn
    ) -> bool:
        """Whether the entry could still be written; nobody waits for it longer than a moment."""
        try:
            async with asyncio.timeout(0.4):
                await self._record(who, owner, pack, turn)
        except (TimeoutError, RegisterUnavailable):
            return False
        except AlreadyRecorded:
            return True
        return True

    async def _load(self, owner: Owner, check: str) -> Session | None:
        held = await self.sessions.load(owner, check)
        return Session.unpacked(held.value) if held else None

    async def _recalled(self, owner: Owner, check: str) -> Session | None:
        session = recall(self.keyring, owner, await self.recorder.register.find(check))
        if session is None:
            return None
        item = desk_item(session, self.today())
        stands = await self.sessions.save(
            owner, check, expected=None, turn=session.turn, value=session.packed(), desk=item
        )
        return Session.unpacked(stands.value) if stands else session

    def _begun_by(self, event: Event, check: str) -> Session | None:
        """A check that is not stored yet is begun by the first answer to its first screen."""
        return self._fresh(check) if isinstance(event, Answered) and event.turn == 0 else None

    def _fresh(self, check: str) -> Session:
        edition = self.library.find(self.default_pack, self.today())
        return checks.begin(edition.pack, edition.digest, check)

    def _standing(self, session: Session | None) -> Shown:
        """Where a stored check stands, or that it is not kept any more."""
        if session is None:
            return self._closed(ExpiredView("expired", self._emergency))
        if session.digest not in self.library.by_digest:
            return self._closed(ExpiredView("pack_changed", self._emergency))
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
    def _emergency(self) -> Contact:
        return emergency(self._pack_of(self._fresh("")))

    def _owner(self, who: Practitioner) -> Owner:
        return self.keyring.owners(who.surface, who.tenant, who.person)
