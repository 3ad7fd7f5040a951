"""Limits how many wrong codes one person may try, without a record of who tried.

The counters live in this process alone, under names that a key of its own makes and that nobody
can make again once it has ended. There are 2 to the power of 130 codes; the limit is there so that
nobody need trust that figure.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Callable
from hmac import digest

MOST = 10
SECONDS = 3_600


class Guesses:
    """Counts wrong codes by the hour."""

    def __init__(self, now: Callable[[], float]) -> None:
        """Begin with nobody counted."""
        self._now = now
        self._hour = -1
        self._key = b""
        self._wrong: Counter[bytes] = Counter()

    def too_many(self, owner: str) -> bool:
        """Whether this person has tried too many in this hour."""
        return self._wrong[self._name(owner)] >= MOST

    def wrong(self, owner: str) -> None:
        """Count a code that led nowhere."""
        self._wrong[self._name(owner)] += 1

    def _name(self, owner: str) -> bytes:
        hour = int(self._now() // SECONDS)
        if hour != self._hour:
            self._hour, self._key, self._wrong = hour, secrets.token_bytes(32), Counter()
        return digest(self._key, owner.encode(), "sha256")
