"""Days as people type them: read to the letter or refused, never guessed."""

from __future__ import annotations

import re
from datetime import date

EARLIEST_YEAR, LATEST_YEAR = 1900, 2100
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
FAR_YEAR = f"must have a year from {EARLIEST_YEAR} to {LATEST_YEAR}"


class NotADay(ValueError):
    """What was typed is no day. The message says what is wrong, to follow a name: 'must include a year'."""


def day_of_parts(day: str, month: str, year: str) -> date:
    """The day of three boxes. A month may be a name, and two digits of a year mean 20xx. Raises NotADay."""
    parts = {"a day": day.strip(), "a month": month.strip(), "a year": year.strip()}
    missing = [name for name, typed in parts.items() if not typed]
    if missing:
        raise NotADay(NOT_REAL if len(missing) == len(parts) else "must include " + " and ".join(missing))
    typed_day, typed_month, typed_year = parts.values()
    full_year = _year(typed_year)
    try:
        return date(full_year, _month(typed_month), _number(typed_day))
    except ValueError:
        raise NotADay(NOT_REAL) from None


def day_of_line(line: str) -> date:
    """The day of a line like 3/3/2027, 2027-03-03, 3 March 27 or Wednesday 3rd March 2027. Raises NotADay."""
    typed = " ".join(line.split()).strip(" ,;.")
    if found := re.fullmatch(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", typed):
        year, month, day = found.groups()
        return day_of_parts(day, month, year)
    words = [word for word in re.split(r"\s*[/.,-]\s*|\s+", typed) if word.lower() != "of"]
    weekday = _place(WEEKDAYS, words[0])
    if weekday:
        words = words[1:]
    if len(words) not in (2, 3):
        raise NotADay(NOT_REAL)
    found_day = day_of_parts(re.sub(r"(?<=[0-9])(st|nd|rd|th)$", "", words[0], flags=re.I), *[*words[1:], ""][:2])
    if weekday and found_day.isoweekday() != weekday:
        raise NotADay(f"{NOT_REAL}: that day is a {WEEKDAYS[found_day.weekday()].capitalize()}")
    return found_day


def _number(typed: str) -> int:
    if not re.fullmatch(r"[0-9]{1,2}", typed):
        raise ValueError(typed)
    return int(typed)


def _month(typed: str) -> int:
    return _place(MONTHS, typed) or _number(typed)


def _year(typed: str) -> int:
    if not re.fullmatch(r"[0-9]{4}|[0-9]{2}", typed):
        raise NotADay(ODD_YEAR)
    year = int(typed) if len(typed) == 4 else 2000 + int(typed)
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise NotADay(FAR_YEAR)
    return year


def _place(names: tuple[str, ...], typed: str) -> int:
    """Which of the names this is, or is short for, from 1; 0 for none. Three letters tell all of them apart."""
    word = typed.lower()
    return next((n for n, name in enumerate(names, start=1) if len(word) >= 3 and name.startswith(word)), 0)
