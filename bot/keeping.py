"""Keeps a check's session in Redis, and takes it up from the register when Redis let it go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from pydantic import ValidationError

from bot.desk import desk_item, open_checks
from bot.keys import Keyring
from bot.recall import recall
from bot.register.store import Register
from bot.sessions import Owner, Sessions
from dialogs.session import Session
from dialogs.views import OpenCheck


class Overtaken(Exception):
    """A check was kept in a shape, or under a pack, that this release does not know."""

    def __init__(self, turn: int) -> None:
        """Keep the turn, by which the check can still be deleted."""
        super().__init__()
        self.turn = turn


@dataclass(frozen=True, slots=True)
class Keeper:
    """Loads, saves and forgets sessions; `digests` are the packs that this release knows."""

    sessions: Sessions
    register: Register
    keyring: Keyring
    digests: frozenset[str]
    today: Callable[[], date]

    async def desk(self, owner: Owner) -> tuple[OpenCheck, ...]:
        """The checks that the owner may go on with."""
        return open_checks(await self.sessions.desk(owner))

    async def load(self, owner: Owner, check: str) -> Session | None:
        """The session as it stands; raises `Overtaken`."""
        held = await self.sessions.load(owner, check)
        return self._read(held.turn, held.value) if held else None

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
        return self._read(stands.turn, stands.value) if stands else None

    async def forget(self, owner: Owner, check: str, turn: int) -> Session | None:
        """Delete a check and its line on the desk; else return what stands instead."""
        stands = await self.sessions.save(
            owner, check, expected=turn, turn=turn, value=b"", drop=True
        )
        return self._read(stands.turn, stands.value) if stands else None

    def _read(self, turn: int, value: bytes) -> Session:
        try:
            session = Session.unpacked(value)
        except ValidationError:
            # The cause would quote the answers.
            raise Overtaken(turn) from None
        if session.digest not in self.digests:
            raise Overtaken(turn)
        return session
