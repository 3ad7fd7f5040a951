"""Whether advisers are at their desks: office hours by the clock of the United Kingdom."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

SPRING, AUTUMN = 3, 10
"""The months in whose last Sunday, at one o'clock universal time, the clocks change."""


def uk_time(at: datetime) -> datetime:
    """The United Kingdom's clock at a moment of universal time."""
    summer = _last_sunday(at, SPRING) <= at < _last_sunday(at, AUTUMN)
    return at + timedelta(hours=summer)


def is_open(at: datetime, days: Collection[int], opens: int, closes: int) -> bool:
    """Whether a moment of universal time lies in the hours of these days (Monday is 1)."""
    local = uk_time(at)
    return local.isoweekday() in days and opens <= local.hour < closes


def _last_sunday(at: datetime, month: int) -> datetime:
    last = at.replace(month=month, day=31, hour=1, minute=0, second=0, microsecond=0)
    return last - timedelta(days=last.isoweekday() % 7)
