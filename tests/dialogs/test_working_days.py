"""The bank holidays of England, as the government publishes them."""

from datetime import date

import pytest

from dialogs.working_days import is_bank_holiday, is_working_day, next_working_day

# New Year, Good Friday, Easter Monday, early May, spring, summer, Christmas, Boxing Day.
PUBLISHED = {
    2021: "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28",
    2024: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
    2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
    2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
    2028: "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26",
    2033: "01-03 04-15 04-18 05-02 05-30 08-29 12-26 12-27",
}


@pytest.mark.parametrize("year", PUBLISHED)
def test_the_weekdays_off_are_those_of_the_calendar(year: int) -> None:
    days = [
        date.fromordinal(n)
        for n in range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal())
    ]

    off = [day for day in days if day.weekday() < 5 and not is_working_day(day)]

    assert " ".join(f"{day:%m-%d}" for day in off) == PUBLISHED[year]
    assert all(is_bank_holiday(day) for day in off)


def test_after_a_long_weekend_work_begins_on_the_tuesday() -> None:
    assert next_working_day(date(2027, 3, 25)) == date(2027, 3, 30)
    assert next_working_day(date(2026, 11, 25)) == date(2026, 11, 26)
