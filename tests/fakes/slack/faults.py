"""Failures that a test can arm for an API method, a number of times."""

from dataclasses import dataclass, field
from enum import Enum


class Fault(Enum):
    """What goes wrong, and whether Slack had already done what it was asked."""

    REFUSE = "the connection is reset at once"
    DROP = "the connection is closed before anything is done"
    LOSE_REPLY = "it is done, and the connection is closed before the reply"
    SERVER_ERROR = "HTTP 500, nothing done"
    RATE_LIMITED = "HTTP 429 with Retry-After, nothing done"
    DELAY = "it is done, but only after some seconds"
    SAY_ERROR = "an error code of the test's choice, nothing done"


@dataclass(slots=True)
class Armed:
    """A fault that waits for its next calls."""

    fault: Fault
    times: int
    seconds: float
    code: str


@dataclass(slots=True)
class Faults:
    """The armed faults, used up in the order in which they were armed."""

    _armed: dict[str, list[Armed]] = field(default_factory=dict)

    def arm(self, method: str, armed: Armed) -> None:
        self._armed.setdefault(method, []).append(armed)

    def take(self, method: str) -> Armed | None:
        """The fault for this call, counted down; none if the call should go well."""
        waiting = self._armed.get(method, [])
        if not waiting:
            return None
        waiting[0].times -= 1
        return waiting[0] if waiting[0].times > 0 else waiting.pop(0)

    def disarm(self) -> None:
        self._armed.clear()
