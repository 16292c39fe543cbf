"""What is so of hours given, and of what a rep shows the public."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from portal.core.clock import london_day
from portal.core.days import NOT_TO_COME

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
MONTHS_SHOWN = 6
PHOTO_SIDE = 400  # pixels
MESSAGES_STAY_DAYS = 90


def goes_on(sent_at: datetime) -> date:
    """The day on which a message from the public is deleted."""
    return london_day(sent_at + timedelta(days=MESSAGES_STAY_DAYS))


def problem_with_day(day: date, today: date) -> str:
    """Why hours cannot be kept for a day, as a sentence; '' when they can."""
    if day > today:
        return NOT_TO_COME
    return "" if day >= today - timedelta(days=OLDEST_DAYS) else "must be in the last 12 months"


@dataclass(frozen=True)
class Month:
    """The hours of one month: its first day, minutes given, and hours expected."""

    first: date
    minutes: int
    expected: int | None  # None before the role began

    @property
    def hours(self) -> str:
        return f"{self.minutes / 60:.2f}".rstrip("0").rstrip(".")


@dataclass(frozen=True)
class Expected:
    """How many hours a month a role asks for, from the first day of an appointment to its last."""

    hours: int
    from_on: date
    until_on: date

    def runs_in(self, first: date) -> bool:
        """Whether the appointment runs on some day of the month that begins then."""
        following = (first + timedelta(days=31)).replace(day=1)
        return self.from_on < following and self.until_on >= first


def expected_by_versions(written: Sequence[tuple[int, date]], from_on: date, until_on: date) -> list[Expected]:
    """What the versions of a role, (hours, published on) and the first one first, ask for during an appointment.

    A month goes by the version that was in force as it began; months before the first was written, by that one.
    """
    begins = [from_on, *(_next_month(day) for _, day in written[1:])]
    ends = [*(day - timedelta(days=1) for day in begins[1:]), until_on]
    found = [
        Expected(hours, max(begin, from_on), min(end, until_on))
        for (hours, _), begin, end in zip(written, begins, ends, strict=False)
    ]
    return [one for one in found if one.from_on <= one.until_on]


def _next_month(day: date) -> date:
    """The first day of the month that begins on this day or after it."""
    return day if day.day == 1 else (day.replace(day=1) + timedelta(days=31)).replace(day=1)


def months(entries: Iterable[tuple[date, int]], roles: Sequence[Expected], today: date) -> list[Month]:
    """The last six months, newest first, from (day, minutes). Nothing is expected of a month before a role began."""
    given: dict[tuple[int, int], int] = {}
    for day, minutes in entries:
        given[day.year, day.month] = given.get((day.year, day.month), 0) + minutes
    shown, first = [], today.replace(day=1)
    for _ in range(MONTHS_SHOWN):
        wanted = [role.hours for role in roles if role.runs_in(first)]
        shown.append(Month(first, given.get((first.year, first.month), 0), sum(wanted) if wanted else None))
        first = (first - timedelta(days=1)).replace(day=1)
    return shown


def earliest_shown(today: date) -> date:
    """The first day of the oldest month that is shown."""
    return months((), (), today)[-1].first
