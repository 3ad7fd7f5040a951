"""The advisers' hours, by the clock of the United Kingdom."""

from datetime import UTC, date, datetime

import pytest

from dialogs.enquiry.hours import is_open, uk_time
from dialogs.enquiry.words import read_words


@pytest.mark.parametrize(
    ("at", "hour"),
    [
        (datetime(2026, 1, 5, 9, tzinfo=UTC), 9),
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), 0),
        (datetime(2026, 3, 29, 1, tzinfo=UTC), 2),
        (datetime(2026, 7, 1, 9, tzinfo=UTC), 10),
        (datetime(2026, 10, 25, 0, 59, tzinfo=UTC), 1),
        (datetime(2026, 10, 25, 1, tzinfo=UTC), 1),
    ],
)
def test_summer_time_begins_and_ends_on_its_sundays(at: datetime, hour: int) -> None:
    assert uk_time(at).hour == hour


@pytest.mark.parametrize(
    ("at", "open_now"),
    [
        (datetime(2026, 11, 25, 8, 59, tzinfo=UTC), False),
        (datetime(2026, 11, 25, 9, tzinfo=UTC), True),
        (datetime(2026, 11, 25, 16, 59, tzinfo=UTC), True),
        (datetime(2026, 11, 25, 17, tzinfo=UTC), False),
        (datetime(2026, 11, 28, 12, tzinfo=UTC), False),
        (datetime(2026, 12, 28, 12, tzinfo=UTC), False),
        (datetime(2027, 3, 26, 12, tzinfo=UTC), False),
    ],
)
def test_advisers_are_there_on_weekdays_by_day(at: datetime, *, open_now: bool) -> None:
    hours = read_words().hours

    assert is_open(at, hours.days, hours.opens, hours.closes) is open_now
    assert hours.now(at) is open_now


def test_a_day_that_a_lead_has_written_down_is_a_day_off() -> None:
    hours = read_words().hours.model_copy(update={"closed_on": (date(2026, 11, 25),)})

    assert not hours.now(datetime(2026, 11, 25, 12, tzinfo=UTC))
    assert hours.now(datetime(2026, 11, 26, 12, tzinfo=UTC))
