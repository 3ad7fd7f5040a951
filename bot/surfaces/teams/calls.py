"""How a call to the Bot Connector can end badly, told apart by whether anything was done.

Making an activity is not idempotent and there is no key that would make it so. Only what is
known not to have been done may be tried again: a refused connection, 429, and 412.
"""

from dataclasses import dataclass


class NotReached(Exception):
    """No connection came about, so nothing was done."""


class Unanswered(Exception):
    """It may or may not have been done: no answer came, or one that leaves it open."""


class TooFast(Exception):
    """Nothing was done, and we are asked to wait."""

    def __init__(self, seconds: float) -> None:
        """Keep how long."""
        super().__init__(seconds)
        self.seconds = seconds


class Refused(Exception):
    """Nothing was done, and the same call will be refused again."""

    def __init__(self, status: int, code: str) -> None:
        """Keep the status, and the error code if there was one."""
        super().__init__(status, code)
        self.status = status
        self.code = code


NotDone = (NotReached, Unanswered, TooFast, Refused)


@dataclass(frozen=True, slots=True)
class Place:
    """A conversation, and the address of the Bot Connector that serves it."""

    service_url: str
    conversation: str
