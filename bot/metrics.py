"""What is counted, for Prometheus: every label comes from a fixed list."""

from __future__ import annotations

from functools import cache

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0)


class Metrics:
    """The counters of one process, in a registry of their own."""

    def __init__(self) -> None:
        """Start at zero."""
        self.registry = CollectorRegistry()
        self.turns = Counter(
            "share_check_turns",
            "Turns taken, by surface and by what was shown.",
            ("surface", "view"),
            registry=self.registry,
        )
        self.turn_seconds = Histogram(
            "share_check_turn_seconds",
            "Time from reading a turn to knowing what to show.",
            ("surface",),
            buckets=SECONDS,
            registry=self.registry,
        )
        self.entries = Counter(
            "share_check_entries",
            "Entries written to the register, by kind.",
            ("kind",),
            registry=self.registry,
        )
        self.released = Counter(
            "share_check_enquiries_released",
            "Messages of askers that were shown to advisers.",
            registry=self.registry,
        )
        self.outbox = Gauge(
            "share_check_outbox_rows",
            "Rows of the outbox, by state.",
            ("state",),
            registry=self.registry,
        )
        self.outbox_oldest = Gauge(
            "share_check_outbox_oldest_seconds",
            "How long the oldest row waits that is still to be sent or looked up.",
            registry=self.registry,
        )

        self._turn = cache(self._turn_of)

    def turn(self, surface: str, view: str, seconds: float) -> None:
        """Count a turn and the time it took."""
        counted, timed = self._turn(surface, view)
        counted.inc()
        timed.observe(seconds)

    def _turn_of(self, surface: str, view: str) -> tuple[Counter, Histogram]:
        return self.turns.labels(surface, view), self.turn_seconds.labels(surface)

    def text(self) -> bytes:
        """All of it, as Prometheus reads it."""
        return generate_latest(self.registry)
