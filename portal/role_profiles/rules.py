"""What is so of hours given, and of what a rep shows the public."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

KINDS = (
    ("preparation", "Reading and preparing"),
    ("travel", "Travel"),
    ("meeting", "Meetings"),
    ("consulting", "Talking with carers"),
)
NAME, PHOTO, GROUPS, CONTACT = "name", "photo", "groups", "contact"
SHOWS = (
    (NAME, "My name"),
    (PHOTO, "My photo"),
    (GROUPS, "The groups on which I sit"),
    (CONTACT, "A form to write to me. It hides my address"),
)
OLDEST_DAYS = 366
MOST_MINUTES = 24 * 60
MONTHS_SHOWN = 6
PHOTO_SIDE = 400  # pixels
MESSAGES_STAY_DAYS = 90


def parse_hours(typed: str) -> int:
    """Minutes of '2', '1.5', '1:30', '1h30' or '90 min'. Raises ValueError for anything else, and for none or a day."""
    text = typed.lower().replace(" ", "")
    if found := re.fullmatch(r"([0-9]{1,3})(?:min|mins|minutes)", text):
        minutes = int(found[1])
    elif found := re.fullmatch(r"([0-9]{1,2})(?:h|hr|hrs|hours?|:)([0-9]{2})?(?:m|min)?", text):
        minutes = int(found[1]) * 60 + int(found[2] or 0)
    elif found := re.fullmatch(r"([0-9]{1,2})(?:\.([0-9]{1,2}))?(?:h|hours?)?", text):
        minutes = int(found[1]) * 60 + round(float(f"0.{found[2] or 0}") * 60)
    else:
        raise ValueError(typed)
    if not 0 < minutes <= MOST_MINUTES:
        raise ValueError(typed)
    return minutes


def problem_with_day(day: date, today: date) -> str:
    """Why hours cannot be kept for a day, as a sentence; '' when they can."""
    if day > today:
        return "Enter today or an earlier day"
    return "" if day >= today - timedelta(days=OLDEST_DAYS) else "Enter a day of the last 12 months"


@dataclass(frozen=True)
class Month:
    """The hours of one month: its first day, minutes given, and hours expected."""

    first: date
    minutes: int
    expected: int

    @property
    def hours(self) -> str:
        return f"{self.minutes / 60:.2f}".rstrip("0").rstrip(".")


def months(entries: Iterable[tuple[date, int]], expected: int, today: date) -> list[Month]:
    """The last six months, newest first, from (day, minutes)."""
    given: dict[tuple[int, int], int] = {}
    for day, minutes in entries:
        given[day.year, day.month] = given.get((day.year, day.month), 0) + minutes
    shown, first = [], today.replace(day=1)
    for _ in range(MONTHS_SHOWN):
        shown.append(Month(first, given.get((first.year, first.month), 0), expected))
        first = (first - timedelta(days=1)).replace(day=1)
    return shown


def earliest_shown(today: date) -> date:
    """The first day of the oldest month that is shown."""
    return months((), 0, today)[-1].first
