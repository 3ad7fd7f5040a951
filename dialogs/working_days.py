"""Which days people work in England: not at weekends, and not on bank holidays.

The eight yearly bank holidays follow rules that are older than computers. A day that is proclaimed
once, as for a coronation, follows none, so whoever needs it has to be told of it.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

FRIDAY, SATURDAY, SUNDAY = 4, 5, 6


def is_working_day(day: date) -> bool:
    """Whether people work on this day."""
    return day.weekday() < SATURDAY and not is_bank_holiday(day)


def is_bank_holiday(day: date) -> bool:
    """Whether this is a bank holiday in England, or a day off in place of one."""
    return day in _bank_holidays(day.year)


def next_working_day(day: date) -> date:
    """The first day after this one on which people work."""
    day += timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


@lru_cache(16)
def _bank_holidays(year: int) -> frozenset[date]:
    easter = _easter(year)
    christmas = date(year, 12, 25)
    # Two days in a row: where a weekend takes one or both, the next weekdays stand in.
    days_off = {FRIDAY: (0, 3), SATURDAY: (2, 3), SUNDAY: (1, 2)}
    return frozenset(
        {
            _on_or_after_weekend(date(year, 1, 1)),
            easter - timedelta(days=2),
            easter + timedelta(days=1),
            _monday(date(year, 5, 7)),
            _monday(date(year, 5, 31)),
            _monday(date(year, 8, 31)),
            *(
                christmas + timedelta(days=after)
                for after in days_off.get(christmas.weekday(), (0, 1))
            ),
        }
    )


def _on_or_after_weekend(day: date) -> date:
    return day + timedelta(days={SATURDAY: 2, SUNDAY: 1}.get(day.weekday(), 0))


def _monday(last: date) -> date:
    """The Monday of the seven days that end with this one."""
    return last - timedelta(days=last.weekday())


def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, by the method that was sent to Nature in 1876."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    l = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7  # noqa: E741
    m = (a + 11 * h + 22 * l) // 451
    month, day = divmod(h + l - 7 * m + 114, 31)
    return date(year, month, day + 1)
