"""London days and hours."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from portal.core.calendar import NoSuchHour, is_working_day, last_working_day_before, moment, quarter
from portal.core.clock import london_day


def test_eight_in_the_morning_in_winter_and_summer() -> None:
    assert moment(date(2026, 10, 24), time(8)) == datetime(2026, 10, 24, 7, tzinfo=UTC)
    assert moment(date(2026, 10, 25), time(8)) == datetime(2026, 10, 25, 8, tzinfo=UTC)


def test_the_hour_that_the_clocks_skip() -> None:
    with pytest.raises(NoSuchHour):
        moment(date(2027, 3, 28), time(1, 30))
    assert moment(date(2027, 3, 28), time(2, 30)) == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)


def test_the_hour_that_comes_twice_means_the_first() -> None:
    assert moment(date(2026, 10, 25), time(1, 30)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_moment_before_midnight_in_summer_is_the_next_london_day() -> None:
    assert london_day(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == date(2026, 7, 2)


def test_scottish_bank_holidays_are_not_working_days() -> None:
    assert not is_working_day(date(2026, 1, 2))  # 2 January is a holiday in Scotland
    assert not is_working_day(date(2026, 11, 30))  # St Andrew's Day
    assert is_working_day(date(2026, 4, 6))  # Easter Monday is not one in Scotland
    assert last_working_day_before(date(2026, 11, 30)) == date(2026, 11, 27)


def test_quarters() -> None:
    assert [quarter(date(2026, month, 1)) for month in (1, 3, 4, 12)] == ["2026 Q1", "2026 Q1", "2026 Q2", "2026 Q4"]
