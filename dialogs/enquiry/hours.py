"""Whether advisers are at their desks: office hours by the clock and the calendar of England."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from dialogs.working_days import is_bank_holiday

SPRING, AUTUMN = 3, 10
"""The months in whose last Sunday, at one o'clock universal time, the clocks change."""


def uk_time(at: datetime) -> datetime:
    """The United Kingdom's clock at a moment of universal time."""
    summer = _last_sunday(at, SPRING) <= at < _last_sunday(at, AUTUMN)
    return at + timedelta(hours=summer)


def is_open(at: datetime, days: Collection[int], opens: int, closes: int) -> bool:
    """Whether a moment of universal time lies in the hours of these days (Monday is 1)."""
    local = uk_time(at)
    is_day = local.isoweekday() in days and not is_bank_holiday(local.date())
    return is_day and opens <= local.hour < closes


def _last_sunday(at: datetime, month: int) -> datetime:
    last = at.replace(month=month, day=31, hour=1, minute=0, second=0, microsecond=0)
    return last - timedelta(days=last.isoweekday() % 7)
