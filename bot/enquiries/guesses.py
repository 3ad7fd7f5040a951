"""Limits how many wrong codes may be tried, without a record of who tried.

Each person's counter lives in this process alone, under a name that a key of its own makes and
that nobody can make again once it has ended. All processes together count what comes from one
workspace, in Redis and without anybody's name, so that more of them do not mean more guesses; the
limit is wide enough that one person cannot use it up for the others. Without Redis the first
counter is what is left. There are 2 to the power of 130 codes: the limits are there so that nobody
need trust that figure.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Callable
from hmac import digest

from bot.checks.recording import Practitioner
from bot.keys import Keyring
from bot.sessions import Counts, Unavailable

MOST, MOST_TOGETHER = 10, 100
SECONDS = 3_600


class Guesses:
    """Counts wrong codes by the hour."""

    def __init__(self, counts: Counts, keyring: Keyring, now: Callable[[], float]) -> None:
        """Begin with nobody counted."""
        self._counts = counts
        self._keyring = keyring
        self._now = now
        self._at = -1
        self._key = b""
        self._wrong: Counter[bytes] = Counter()

    async def too_many(self, who: Practitioner) -> bool:
        """Whether this person, or their workspace, has tried too many in this hour."""
        name = self._name(who)
        if self._wrong[name] >= MOST:
            return True
        try:
            return await self._counts.read(self._together(who)) >= MOST_TOGETHER
        except Unavailable:
            return False

    async def wrong(self, who: Practitioner) -> None:
        """Count a code that led nowhere."""
        name = self._name(who)
        self._wrong[name] += 1
        try:
            await self._counts.add(self._together(who), SECONDS)
        except Unavailable:
            return  # Counted here, if nowhere else.

    @property
    def _hour(self) -> int:
        return int(self._now() // SECONDS)

    def _name(self, who: Practitioner) -> bytes:
        if self._hour != self._at:
            self._at, self._key, self._wrong = self._hour, secrets.token_bytes(32), Counter()
        person = f"{who.surface}\n{who.tenant}\n{who.person}"
        return digest(self._key, person.encode(), "sha256")

    def _together(self, who: Practitioner) -> str:
        return self._keyring.owners("guesses", who.surface, who.tenant, str(self._hour))[0]
