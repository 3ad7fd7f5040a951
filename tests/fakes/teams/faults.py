"""Failures that a test can arm for an endpoint, a number of times."""

from dataclasses import dataclass, field
from enum import Enum


class Fault(Enum):
    """What goes wrong, and whether it had already been done."""

    DROP = "the connection is closed before anything is done"
    LOSE_REPLY = "it is done, and the connection is closed before the reply"
    STATUS = "an HTTP status of the test's choice, nothing done"
    STATUS_BUT_DONE = "an HTTP status of the test's choice, although it is done"
    HANG = "nothing is ever answered"
    DELAY = "it is done, but only after some seconds"


@dataclass(slots=True)
class Armed:
    """A fault that waits for its next calls."""

    fault: Fault
    times: int
    status: int
    seconds: float
    code: str


@dataclass(slots=True)
class Faults:
    """The armed faults, used up in the order in which they were armed."""

    _armed: dict[str, list[Armed]] = field(default_factory=dict)

    def arm(self, endpoint: str, armed: Armed) -> None:
        self._armed.setdefault(endpoint, []).append(armed)

    def take(self, endpoint: str) -> Armed | None:
        """The fault for this call, counted down; none if the call should go well."""
        waiting = self._armed.get(endpoint, [])
        if not waiting:
            return None
        waiting[0].times -= 1
        return waiting[0] if waiting[0].times > 0 else waiting.pop(0)

    def disarm(self) -> None:
        self._armed.clear()
