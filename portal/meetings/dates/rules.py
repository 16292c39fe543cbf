"""What is asked about the dates of a year before they are saved, and at what hour each meeting starts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from portal.core.calendar import NoSuchHour, bank_holiday, moment
from portal.core.days import WEEKDAYS
from portal.core.hours import NotAnHour, hour_of
from portal.core.said_back import Unsure
from portal.core.text import day_words, hour_words
from portal.meetings.agendas.times import plain
from portal.meetings.dates.pasted import ReadDate

MOST_DATES = 60
NEAR = 3  # days: a weekday that does not fit is likely that of a day nearby
YEARS_AHEAD = 3
LEAVE_OUT = "leave"
LEAVE_OUT_WORDS = "Leave it out"


class NoHour(ValueError):
    """No hour was typed for a meeting."""


@dataclass(frozen=True, kw_only=True)
class Planned:
    """A meeting as it will be called."""

    read: ReadDate
    hour: time
    place: str
    link: str


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is not sure about a date, and the days among which a clerk chooses."""

    reasons: list[str]
    choices: list[tuple[str, str]]


def start_of(read: ReadDate, usual: time | None) -> time:
    """When a meeting starts: at the hour beside its date, or else at the usual one.

    Raises NoHour, and ValueError with what to do about an hour that may be two.
    """
    if not read.hour:
        if usual is None:
            raise NoHour
        return usual
    begins, _, ends = plain(read.hour).partition(" to ")
    try:
        return hour_of(begins)
    except NotAnHour:
        raise ValueError(f"“{read.hour}” must be an hour, like 2pm or 14:30") from None
    except Unsure:
        found = _by_its_end(begins, ends) or _like_the_usual(begins, usual)
        if found is None:
            raise ValueError(f"“{read.hour}” may be morning or afternoon. Write it like 2pm or 14:30") from None
        return found


def _by_its_end(begins: str, ends: str) -> time | None:
    """'2 to 4pm' starts at 2pm, '10 to 1pm' at 10am: the half of the day in which it ends soonest."""
    try:
        end = hour_of(ends, is_end=True)
        halves = [hour_of(begins + half) for half in ("am", "pm") if not begins.startswith("12")]
    except (Unsure, NotAnHour):
        return None
    before = [one for one in halves if one < end]
    return max(before, default=None)


def _like_the_usual(begins: str, usual: time | None) -> time | None:
    """9.30 is 9:30am where that is the usual hour."""
    if usual is None:
        return None
    halves = [hour_of(begins + half) for half in ("am", "pm") if not begins.startswith("12")]
    return usual if usual in halves else None


def planned(dates: Sequence[ReadDate], usual: time | None, place: str, link: str) -> tuple[list[Planned], list[str]]:
    """The meetings, and all that is wrong with them, in words. What needs the usual hour and has none is in neither."""
    meetings, problems = [], []
    for read in dates:
        try:
            hour = start_of(read, usual)
            meetings.append(Planned(read=read, hour=hour, place=read.place or place, link=read.link or link))
            moment(read.day, hour)
        except NoSuchHour:
            skipped = "The clocks go forward and skip this hour. Enter another hour or leave out that date"
            problems.append(f"{line_of(read)}: “{read.typed}”: {skipped}")
        except NoHour:
            continue  # the box for the usual hour says so
        except ValueError as problem:
            problems.append(f"{line_of(read)}: “{read.typed}”: {problem}")
    return meetings, problems


def questions(meetings: Sequence[Planned], taken: Mapping[date, str], today: date) -> dict[int, Question]:
    """What must be asked of which meetings, by their places. `taken` says what there is on a day already."""
    asked, seen, listed = {}, set[date](), {one.read.day for one in meetings}
    for place, one in enumerate(meetings):
        reasons = _reasons(one.read, taken, seen, today)
        seen.add(one.read.day)
        if reasons:
            days = [day for day in days_it_may_be(one.read, today) if day >= today]
            choices = [(day.isoformat(), _choice(day, one.read.day, taken, listed)) for day in days]
            asked[place] = Question(reasons=reasons, choices=[*choices, (LEAVE_OUT, LEAVE_OUT_WORDS)])
    return asked


def line_of(read: ReadDate) -> str:
    """Where a date is found in the list."""
    return f"Line {read.number}"


def _reasons(read: ReadDate, taken: Mapping[date, str], seen: set[date], today: date) -> list[str]:
    day = read.day
    holiday = bank_holiday(day)
    said = {
        "It is in the past": day < today,
        f"You wrote {_weekday(read.weekday)}, but {day_words(day).split(' ', 1)[1]} is a {day:%A}": read.weekday,
        f"It is a {day:%A}": day.weekday() > 4 and not read.weekday,
        f"It is a bank holiday in Scotland: {holiday}": holiday,
        "It is in the list twice": day in seen,
        f"{taken.get(day)} on that day already": day in taken,
        **{str(doubt): True for doubt in read.doubts},
    }
    return [reason for reason, holds in said.items() if holds]


def _weekday(number: int) -> str:
    return WEEKDAYS[number - 1].capitalize() if number else ""


def days_it_may_be(read: ReadDate, today: date) -> list[date]:
    """The day as it was typed; where its weekday does not fit or it is over, also days that may have been meant."""
    if read.weekday:
        return [read.day, *_near(read), *_of_other_years(read, today)]
    return [read.day, *_coming(read, today)] if read.day < today else [read.day]


def _coming(read: ReadDate, today: date) -> list[date]:
    """The same day, when it is next."""
    days = (_in_year(read.day, year) for year in range(today.year, today.year + YEARS_AHEAD + 1))
    return [day for day in days if day and day >= today][:1]


def _choice(day: date, typed: date, taken: Mapping[date, str], listed: set[date]) -> str:
    """A day to choose. What speaks against the one that was typed stands in the question already."""
    against = (
        [] if day == typed else [bank_holiday(day), taken.get(day, ""), "in the list too" if day in listed else ""]
    )
    said = ", ".join(filter(None, against))
    return f"{day_words(day)} ({said})" if said else day_words(day)


def _near(read: ReadDate) -> list[date]:
    days = (read.day + timedelta(days=n) for n in range(-NEAR, NEAR + 1))
    return [day for day in days if day.isoweekday() == read.weekday]


def _of_other_years(read: ReadDate, today: date) -> list[date]:
    days = (_in_year(read.day, year) for year in range(today.year, today.year + YEARS_AHEAD + 1))
    return [day for day in days if day and day.isoweekday() == read.weekday]


def _in_year(day: date, year: int) -> date | None:
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February
        return None


def starts_words(one: Planned) -> str:
    """'10am'."""
    return hour_words(moment(one.read.day, one.hour))
