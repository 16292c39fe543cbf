"""London days: working days, local hours that exist, and words for dates."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache

from portal.core.clock import LONDON
from portal.core.text import day_words


class NoSuchHour(ValueError):
    """The clocks go forward and skip this hour."""


def moment(day: date, hour: time) -> datetime:
    """The UTC moment of a London day and hour; an hour that occurs twice means the first. Raises NoSuchHour."""
    local = datetime.combine(day, hour, tzinfo=LONDON)
    utc = local.astimezone(UTC)
    if utc.astimezone(LONDON).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise NoSuchHour(f"{hour:%H:%M} on {day.isoformat()}")
    return utc


@cache
def _bank_holidays(year: int) -> dict[date, str]:
    import holidays  # heavy, and needed only when something is due

    return dict(holidays.country_holidays("GB", subdiv="SCT", years=year))


def bank_holiday(day: date) -> str:
    """Which bank holiday in Scotland it is: 'Christmas Day'; '' for any other day."""
    return _bank_holidays(day.year).get(day, "")


def day_off_words(day: date) -> str:
    """'Friday 1 January 2027 is a bank holiday in Scotland: New Year’s Day'; '' for a working day."""
    if holiday := bank_holiday(day):
        return f"{day_words(day)} is a bank holiday in Scotland: {holiday}"
    return "" if is_working_day(day) else f"{day_words(day)} is at the weekend"


def is_working_day(day: date) -> bool:
    """Monday to Friday and not a bank holiday in Scotland."""
    return day.weekday() < 5 and day not in _bank_holidays(day.year)


def last_working_day_before(day: date) -> date:
    candidate = day - timedelta(days=1)
    while not is_working_day(candidate):
        candidate -= timedelta(days=1)
    return candidate


def working_day_by(day: date) -> date:
    """That day, or the last working day before it: by when staff have to do what is due by a day."""
    return day if is_working_day(day) else last_working_day_before(day)


def working_day_from(day: date) -> date:
    """That day, or the first working day after it."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def quarter(day: date) -> str:
    """'2026 Q1' for any day of January to March 2026."""
    return f"{day.year} Q{(day.month + 2) // 3}"


QUARTERS = ("January to March", "April to June", "July to September", "October to December")


def quarter_words(name: str) -> str:
    """'January to March 2026' for '2026 Q1'."""
    year, number = name.split(" Q")
    return f"{QUARTERS[int(number) - 1]} {year}"


def period_words(first: str, last: str) -> str:
    """'January to December 2026' for '2026 Q1' and '2026 Q4'."""
    begins, ends = quarter_words(first).split(" to "), quarter_words(last).split(" to ")
    year = "" if first[:4] == last[:4] else f" {first[:4]}"
    return f"{begins[0]}{year} to {ends[1]}"
