"""Faults that a test arms for a call to a fake platform, each for a number of times."""

from dataclasses import dataclass, field
from enum import Enum
from typing import Generic, TypeVar

Fault = TypeVar("Fault", bound=Enum)


@dataclass(slots=True, kw_only=True)
class Armed(Generic[Fault]):
    """A fault that waits for its next calls, with what it needs to be told."""

    fault: Fault
    times: int
    seconds: float
    code: str
    status: int = 0


@dataclass(slots=True)
class Faults(Generic[Fault]):
    """The armed faults by call, used up in the order in which they were armed."""

    _armed: dict[str, list[Armed[Fault]]] = field(default_factory=dict)

    def arm(self, call: str, armed: Armed[Fault]) -> None:
        self._armed.setdefault(call, []).append(armed)

    def take(self, call: str) -> Armed[Fault] | None:
        """The fault for this call, counted down; none if the call should go well."""
        waiting = self._armed.get(call, [])
        if not waiting:
            return None
        waiting[0].times -= 1
        return waiting[0] if waiting[0].times > 0 else waiting.pop(0)

    def disarm(self) -> None:
        self._armed.clear()
