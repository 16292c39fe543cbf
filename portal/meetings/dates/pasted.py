"""Dates pasted as people write them, with times and places beside them; what cannot be read is said, never guessed.

What is a date in a line is found here; which day it is, portal/core/days.py reads, day first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from portal.core.days import NotADay, day_of_line
from portal.core.text import clean_line, half_width
from portal.meetings.dates.beside import Beside, NotRead, beside
from portal.meetings.dates.doubts import Doubt, Names, doubts_of_heading
from portal.meetings.dates.grammar import (
    DATE,
    LINK,
    LONE_YEAR,
    LOOKS_LIKE_A_DATE,
    MAY_BE_TWO,
    MIDNIGHTS,
    NTH_WEEKDAY,
    RANGE,
    TIME,
    TWO_DAYS,
    TWO_DAYS_OF_MONTH,
    WEEKDAY_BEFORE,
)

YEARS_ALONE = re.compile(r"\D*20[0-9]{2}\s*(?:[/-]\s*[0-9]{2,4})?\D*")  # 'Meetings in 2026/27'
END_OF_LINE = re.compile(r"\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
MOST_SHOWN = 60
LONGEST_MEETING = timedelta(days=6)
NO_NAMES = Names()


@dataclass(frozen=True, kw_only=True)
class ReadDate:
    """A day that was found, with what stands beside it in its line."""

    typed: str
    line: str
    day: date
    hour: str = ""  # as typed: '10am'
    place: str = ""
    link: str = ""
    weekday: int = 0  # as typed, from 1, where it is not that of the day
    doubts: tuple[Doubt, ...] = ()  # words beside it that may mean that it is no meeting: 'papers due'
    number: int = 0  # of the line among those that were pasted
    notes: tuple[str, ...] = ()


@dataclass
class ReadDates:
    """Everything that was pasted: days in the order of the list, what is wrong, and lines without a day."""

    dates: list[ReadDate] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    other_lines: list[str] = field(default_factory=list)


@dataclass
class _Found:
    """A date in a line: which characters it is, and its parts; a year may be missing."""

    start: int
    end: int
    typed: str
    parts: tuple[str, str, str] | None  # day, month, year; none when it was typed with its year


@dataclass(frozen=True)
class _Line:
    """A line with dates, and what a heading above it says of them."""

    number: int
    text: str
    found: Sequence[_Found]
    year: str
    doubts: tuple[Doubt, ...]


def read_dates(pasted: str, names: Names = NO_NAMES) -> ReadDates:
    """All days of a pasted list, and all its problems at once. Nothing is dropped: a line is read, wrong, or said."""
    reading, year, doubts = ReadDates(), "", tuple[Doubt, ...]()
    text = re.sub(r"(?<=[0-9])T(?=[0-9]{2}:)", " ", MIDNIGHTS.sub(" ", half_width(pasted)))
    for number, typed in enumerate(END_OF_LINE.split(text), 1):
        line = clean_line(typed)
        found = _found_in(line)
        if found:
            _read_line(reading, _Line(number, line, found, year, doubts), names)
        elif _is_wrong(line):
            reading.problems.append(f"Line {number}: “{_short(line)}” {_problem(line)}")
        elif line:
            years = LONE_YEAR.findall(line)
            year = years[0] if len(years) == 1 else year
            doubts = doubts_of_heading(line, names)
            reading.other_lines.append(line)
    return reading


def _found_in(line: str) -> list[_Found]:
    """None within a link, which may have figures of one."""
    searched = LINK.sub(lambda link: "_" * len(link[0]), line)
    return [one for match in DATE.finditer(searched) for one in _of_match(line, match)]


def _of_match(line: str, match: re.Match[str]) -> Iterator[_Found]:
    """The dates of one match: '3, 10 and 17 March 2027' are three."""
    if whole := match["iso"] or match["numbers"]:
        yield _Found(match.start(), match.end(), whole, None)
        return
    if match["short"]:
        day, month = match["short"].split("/")
        yield _Found(match.start(), match.end(), match["short"], (day, month, ""))
        return
    month = match["month"] or match["month_first"]
    year = (match["year"] or match["year_after"] or "").strip(" ,./-")
    begins_line = not re.search(r"[a-z0-9]", WEEKDAY_BEFORE.sub("", line[: match.start()]), re.I)
    more = re.findall(r"[0-9]{1,2}", match["more"] or "")
    if more and not begins_line:
        more = []  # 'Room 4, 8 March' is one day
    last = match["day"] or match["day_after"]
    start = match.start() if more or not match["day"] else match.start("day")
    for day in more:
        yield _Found(start, start, f"{day} {month} {year}".strip(), (day, month, year))
    yield _Found(
        start, match.end(), line[match.start("day") if match["day"] else start : match.end()], (last, month, year)
    )


def _is_wrong(line: str) -> bool:
    """Whether a line without a day was meant to have one: it has figures of one, a month, or the name of a weekday."""
    if NTH_WEEKDAY.search(line):
        return True
    return bool(LOOKS_LIKE_A_DATE.search(TIME.sub("", line))) and not YEARS_ALONE.fullmatch(line)


def _problem(line: str) -> str:
    if TWO_DAYS_OF_MONTH.search(line):
        return MAY_BE_TWO
    if NTH_WEEKDAY.search(line):
        return "must give each day as a date"
    try:
        day_of_line(line)
    except NotADay as problem:
        return str(problem)
    return "must be a real date"


def _short(words: str) -> str:
    return words if len(words) <= MOST_SHOWN else f"{words[:MOST_SHOWN]}…"


def _read_line(reading: ReadDates, line: _Line, names: Names) -> None:
    """Each date of a line with what stands between it and the next, or behind those that follow at once."""
    found, read = line.found, list[tuple[_Found, date, Beside]]()
    years, fixed = _years(line.text, found, line.year), [_fixed(one) for one in found]
    ends = [0, *(one.end for one in found)]
    starts = [*(one.start for one in found), len(line.text)]
    earlier: date | None = None
    for place, one in enumerate(found):
        before, after = line.text[ends[place] : one.start], line.text[one.end : starts[place + 1]]
        later = next(filter(None, fixed[place + 1 :]), None)
        try:
            if _may_be_two(before):
                raise NotRead(MAY_BE_TWO)
            day = _day(one, years[place], earlier, later)
            if earlier and _is_range(before, earlier, day):
                raise NotRead(MAY_BE_TWO)
            earlier = day
            its = beside(line.text[: found[0].start], before, after, one is found[-1], names)
            read.append((one, earlier, its))
        except NotADay as problem:
            reading.problems.append(f"Line {line.number}: “{_short(one.typed)}” {problem}")
        except NotRead as problem:
            reading.problems.append(f"Line {line.number}: “{_short(line.text)}” {problem}")
    reading.dates += _read_dates(line, read)


def _is_range(between: str, earlier: date, day: date) -> bool:
    """'8 Feb - 10 Feb' may be one meeting; '8 Feb - 10 May - 9 Aug' is a list."""
    return bool(between and RANGE.fullmatch(between)) and abs(day - earlier) <= LONGEST_MEETING


def _may_be_two(before: str) -> bool:
    """'8 to 10 Feb', 'Mon 8 & Tue 9 Feb'. In 'Meeting 1 - 10 Feb' a number has a name."""
    found = TWO_DAYS.search(before)
    return found is not None and (not found["named"] or bool(WEEKDAY_BEFORE.search(before[: found.end("named")])))


def _read_dates(line: _Line, read: Sequence[tuple[_Found, date, Beside]]) -> list[ReadDate]:
    """From the last to the first, as what stands behind one may hold for those before it."""
    dates: list[ReadDate] = []
    following: Beside | None = None
    for found, day, its in reversed(read):
        following = its.like(following) if following else its
        dates.insert(0, _read_date(line, found, day, following))
    return dates


def _read_date(line: _Line, found: _Found, day: date, its: Beside) -> ReadDate:
    has_own_year = found.parts is None or found.parts[2]
    return ReadDate(
        typed=found.typed,
        line=line.text,
        number=line.number,
        day=day,
        hour=its.hour,
        place=its.place,
        link=its.link,
        weekday=its.weekday if its.weekday != day.isoweekday() else 0,
        doubts=its.doubts or line.doubts,
        notes=() if has_own_year else (f"The year {day.year} is from elsewhere in the list",),
    )


def _years(line: str, found: Sequence[_Found], heading_year: str) -> list[str]:
    """For each date the year to read it with when it has none: of its line, or of a heading above it."""
    rest = "".join(
        line[a:b] for a, b in zip([0, *(f.end for f in found)], [*(f.start for f in found), len(line)], strict=True)
    )
    lone = LONE_YEAR.findall(rest)
    of_line = lone[0] if len(lone) == 1 else ""
    years, coming = [], ""
    for one in reversed(found):
        if one.parts is None:
            coming = ""
        elif one.parts[2]:
            coming = one.parts[2]
        years.append(coming or of_line or heading_year)
    return years[::-1]


def _fixed(found: _Found) -> date | None:
    """The day of a date that has its own year."""
    try:
        return _day(found, "") if found.parts is None or found.parts[2] else None
    except NotADay:
        return None


def _day(found: _Found, year: str, earlier: date | None = None, later: date | None = None) -> date:
    """A year of a later date of the line, or of an earlier one, holds if the dates are in order. Raises NotADay."""
    if found.parts is None:
        return day_of_line(found.typed)
    day, month, own_year = found.parts
    month = "sep" if month.lower().startswith("sept") else month.rstrip(".")
    if own_year:
        return day_of_line(f"{day} {month} {own_year}")
    if not year and earlier:
        year = str(earlier.year)
    if not year:
        raise NotADay("must include a year")
    read = day_of_line(f"{day} {month} {year}")
    if (earlier and read < earlier) or (later and read > later):
        raise NotADay("must include a year")
    return read
