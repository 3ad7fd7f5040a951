"""Keeps a check's session in Redis, and takes it up from the register when Redis let it go.

What this process saved or loaded last is remembered for some minutes. It is never trusted by
itself: a step taken from memory stands only when Redis, asked to put it in the place of the turn
that it was taken from, agrees. That is one round trip where reading first would be two.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from time import monotonic

from pydantic import ValidationError

from bot.checks.desk import desk_item, lines
from bot.checks.recall import recall
from bot.keys import Keyring
from bot.register.store import Register
from bot.sessions import Held, Owner, Sessions, Unavailable
from dialogs.session import Session
from dialogs.views import OpenCheck

REMEMBERED = 4_096
REMEMBERED_SECONDS = 600.0
NOTHING: tuple[float, Owner, None] = (0.0, (), None)


class Overtaken(Exception):
    """A check was kept in a shape, or under a pack, that this release does not know."""

    def __init__(self, turn: int) -> None:
        """Keep the turn, by which the check can still be deleted."""
        super().__init__()
        self.turn = turn


class Memory:
    """The sessions that were met last, the newest at the end; few, and not for long."""

    def __init__(self, most: int = REMEMBERED, seconds: float = REMEMBERED_SECONDS) -> None:
        self._most, self._seconds = most, seconds
        self._met: dict[str, tuple[float, Owner, Session]] = {}

    def put(self, owner: Owner, session: Session) -> None:
        """Remember a session, and let go of the oldest where they are too old or too many."""
        now = monotonic()
        self._met.pop(session.check, None)
        self._met[session.check] = (now, owner, session)
        for check, (met_at, _, _) in list(islice(self._met.items(), 2)):
            if len(self._met) > self._most or met_at < now - self._seconds:
                del self._met[check]

    def get(self, owner: Owner, check: str, turn: int) -> Session | None:
        """The session of this owner's check, if it was at this turn when it was met last."""
        _, whose, session = self._met.get(check, NOTHING)
        return session if session and session.turn == turn and whose == owner else None

    def drop(self, check: str) -> None:
        """Remember a check no longer."""
        self._met.pop(check, None)


@dataclass(frozen=True, slots=True)
class Keeper:
    """Loads, saves and forgets sessions; `digests` are the packs that this release knows."""

    sessions: Sessions
    register: Register
    keyring: Keyring
    digests: frozenset[str]
    today: Callable[[], date]
    _memory: Memory = field(default_factory=Memory, init=False, repr=False)

    async def desk(self, owner: Owner) -> tuple[OpenCheck, ...]:
        """What lies on the owner's desk, without the checks that have run out since."""
        lying = lines(await self.sessions.desk(owner))
        # The register takes up what was advised; before that only the session can be gone on with.
        bare = [line.check for line in lying if line.pile == "open"]
        kept = await self.sessions.kept(owner, bare) if bare else frozenset()
        return tuple(line for line in lying if line.pile != "open" or line.check in kept)

    def remembered(self, owner: Owner, check: str, turn: int) -> Session | None:
        """The session as this process met it last, if that was at this turn."""
        return self._memory.get(owner, check, turn)

    async def begun(
        self, owner: Owner, fresh: Session, other: Session
    ) -> tuple[Session, tuple[OpenCheck, ...]]:
        """A new check, and those left open before it.

        Nothing is stored before the first answer, unless the check follows another pack: no answer
        names that one. While Redis does not answer, a check begins with the pack it would have.
        """
        try:
            left = tuple(line for line in await self.desk(owner) if line.pile != "done")
            if other.digest == fresh.digest:
                return fresh, left
            await self.save(owner, None, other)
        except Unavailable:
            return fresh, ()
        return other, left

    async def load(self, owner: Owner, check: str) -> Session | None:
        """The session as it stands; raises `Overtaken`."""
        held = await self.sessions.load(owner, check)
        return self._read(owner, check, held) if held else None

    async def recalled(self, owner: Owner, check: str) -> Session | None:
        """The session as it stood after the newest advice, kept again; raises `Overtaken`."""
        session = recall(self.keyring, owner, await self.register.find(check))
        if session is None:
            return None
        if session.digest not in self.digests:
            raise Overtaken(session.turn)
        return await self.save(owner, None, session) or session

    async def save(self, owner: Owner, before: Session | None, session: Session) -> Session | None:
        """Keep a session in the place of the one before; else return what stands instead."""
        # The desk tells checks apart by how far they are, so it need not hear of every answer.
        moved_on = before is None or before.stage is not session.stage
        stands = await self.sessions.save(
            owner,
            session.check,
            expected=before.turn if before else None,
            turn=session.turn,
            value=session.packed(),
            desk=desk_item(session, self.today()) if moved_on else None,
        )
        if stands:
            return self._read(owner, session.check, stands)
        self._memory.put(owner, session)
        return None

    async def forget(self, owner: Owner, check: str, turn: int) -> Session | None:
        """Delete a check and its line on the desk; else return what stands instead."""
        self._memory.drop(check)
        stands = await self.sessions.save(
            owner, check, expected=turn, turn=turn, value=b"", drop=True
        )
        return self._read(owner, check, stands) if stands else None

    def _read(self, owner: Owner, check: str, held: Held) -> Session:
        # What turns out to be of another release is not gone on with from memory either.
        self._memory.drop(check)
        try:
            session = Session.unpacked(held.value)
        except ValidationError:
            # The cause would quote the answers.
            raise Overtaken(held.turn) from None
        if session.digest not in self.digests:
            raise Overtaken(held.turn)
        self._memory.put(owner, session)
        return session
