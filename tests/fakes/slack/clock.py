"""The time as Slack sees it, which a test can move forward."""

import time


class MovableClock:
    """Wall-clock time plus whatever a test has added."""

    def __init__(self) -> None:
        self._added = 0.0

    def now(self) -> float:
        return time.time() + self._added

    def advance(self, seconds: float) -> None:
        self._added += seconds
