"""Days as people type them: read to the letter or refused, never guessed."""

from __future__ import annotations

import re
from datetime import date

from portal.core.text import half_width

EARLIEST_YEAR, LATEST_YEAR = 1900, 2100
LAST_SHORT_YEAR = 49  # two digits up to here are a year of this century; later ones might be of the last
DAY, MONTH, YEAR = "day", "month", "year"
MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NOT_REAL = "must be a real date"
ODD_YEAR = "must include a year with 4 numbers"
NOT_TO_COME = "must be today or in the past"
NOT_OVER = "must be today or in the future"
FAR_YEAR = f"must have a year from {EARLIEST_YEAR} to {LATEST_YEAR}"


class NotADay(ValueError):
    """What was typed is no day. The message says what is wrong, to follow a name: 'must include a year'.

    `part` is what to look at first: the day, the month or the year.
    """

    def __init__(self, message: str, part: str = DAY) -> None:
        super().__init__(message)
        self.part = part


def day_of_parts(day: str, month: str, year: str) -> date:
    """The day of three boxes. A month may be a name, and two digits up to 49 are a year 20xx. Raises NotADay."""
    parts = {name: half_width(typed).strip() for name, typed in ((DAY, day), (MONTH, month), (YEAR, year))}
    missing = [name for name, typed in parts.items() if not typed]
    if missing:
        words = " and ".join(f"a {name}" for name in missing)
        raise NotADay(NOT_REAL if len(missing) == len(parts) else f"must include {words}", missing[0])
    number, month_number, full_year = _number(parts[DAY], DAY), _month(parts[MONTH]), _year(parts[YEAR])
    if not 1 <= month_number <= 12:
        raise NotADay(NOT_REAL, MONTH)
    try:
        return date(full_year, month_number, number)
    except ValueError:
        raise NotADay(NOT_REAL) from None


def day_of_line(line: str) -> date:
    """The day of a line like 3/3/2027, 2027-03-03, 3 March 27, March 3 2027 or Wednesday 3rd March 2027.

    Numbers alone are day, month and year in this order. Raises NotADay.
    """
    typed = " ".join(half_width(line).split()).strip(" ,;.")
    if found := re.fullmatch(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})", typed):
        year, _, month, day = found.groups()
        return day_of_parts(day, month, year)
    words = [word.strip("'’") for word in re.split(r"\s*[/.,-]\s*|\s+", typed) if word.lower() not in ("of", "the")]
    weekday = _place(WEEKDAYS, words[0]) if words else 0
    if weekday:
        words = words[1:]
    if len(words) not in (2, 3):
        raise NotADay(NOT_REAL)
    if len(words) == 2 and re.fullmatch(r"[0-9]{4}", words[1]):
        raise NotADay("must include a day")
    if _place(MONTHS, words[0]):
        words[:2] = words[1::-1]
    found_day = day_of_parts(re.sub(r"(?<=[0-9])(st|nd|rd|th)$", "", words[0], flags=re.I), *[*words[1:], ""][:2])
    if weekday and found_day.isoweekday() != weekday:
        raise NotADay(f"{NOT_REAL}: that day is a {WEEKDAYS[found_day.weekday()].capitalize()}")
    return found_day


def _number(typed: str, part: str) -> int:
    if not re.fullmatch(r"[0-9]{1,2}", typed):
        raise NotADay(NOT_REAL, part)
    return int(typed)


def _month(typed: str) -> int:
    return _place(MONTHS, typed) or _number(typed, MONTH)


def _year(typed: str) -> int:
    if not re.fullmatch(r"[0-9]{4}|[0-9]{2}", typed) or (len(typed) == 2 and int(typed) > LAST_SHORT_YEAR):
        raise NotADay(ODD_YEAR, YEAR)
    year = int(typed) if len(typed) == 4 else 2000 + int(typed)
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise NotADay(FAR_YEAR, YEAR)
    return year


def _place(names: tuple[str, ...], typed: str) -> int:
    """Which of the names this is, or is short for, from 1; 0 for none. Three letters tell all of them apart."""
    word = typed.lower().removesuffix(".")
    return next((n for n, name in enumerate(names, start=1) if len(word) >= 3 and name.startswith(word)), 0)
