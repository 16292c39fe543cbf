"""Words for people: dates, hours, sizes, counts, and file names that are safe to show."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from portal.core import clock
from portal.core.clock import LONDON


def day_words(day: date) -> str:
    """'Tuesday 3 March 2026'."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def date_words(day: date) -> str:
    """'3 March 2026'."""
    return f"{day.day} {day:%B %Y}"


def short_day_words(day: date) -> str:
    """'Tuesday 3 March'; of another year than today's, with its year."""
    return near_day_words(day, clock.today())


def short_date_words(day: date) -> str:
    """'3 March'; likewise."""
    return f"{day.day} {day:%B}" if day.year == clock.today().year else date_words(day)


def near_day_words(day: date, today: date) -> str:
    """The same, on a page of that day."""
    return f"{day:%A} {day.day} {day:%B}" if day.year == today.year else day_words(day)


def days_away_words(day: date, today: date) -> str:
    """'today', 'tomorrow', 'in 8 days'; '3 days ago' for a day that is over."""
    days = (day - today).days
    if days < 0:
        return f"{count_words(-days, 'day')} ago"
    return {0: "today", 1: "tomorrow"}.get(days) or f"in {count_words(days, 'day')}"


def hour_words(moment: datetime) -> str:
    """'2pm' or '2:30pm', in London."""
    local = moment.astimezone(LONDON)
    hour = local.hour % 12 or 12
    minutes = f":{local.minute:02}" if local.minute else ""
    return f"{hour}{minutes}{'am' if local.hour < 12 else 'pm'}"


def no_sooner(moment: datetime) -> datetime:
    """The whole minute at which something has happened that happens at a moment: what is said is never too early."""
    return moment + timedelta(seconds=59, microseconds=999_999)


def moment_words(moment: datetime) -> str:
    """'2pm on Tuesday 3 March 2026'."""
    return f"{hour_words(moment)} on {day_words(moment.astimezone(LONDON).date())}"


def day_and_hour_words(moment: datetime) -> str:
    """'Tuesday 3 March, 2pm'; of another year than this, with its year."""
    return f"{short_day_words(moment.astimezone(LONDON).date())}, {hour_words(moment)}"


def deadline_words(day: date) -> str:
    """'by 11:59pm on Tuesday 3 March'."""
    return f"by 11:59pm on {short_day_words(day)}"


def time_and_place_words(starts_at: datetime, ends_at: datetime | None, place: str, link: str) -> str:
    """'2pm to 4pm, Town Hall'; 'online' where there is only a link, and no place where neither is known."""
    hours = f"{hour_words(starts_at)} to {hour_words(ends_at)}" if ends_at else hour_words(starts_at)
    return ", ".join(filter(None, (hours, place or ("online" if link else ""))))


def count_words(number: int, one: str, many: str = "") -> str:
    """'1 page', '2 pages'."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def minutes_words(minutes: int) -> str:
    """'40 minutes', '2 hours', '2 hours 5 minutes'."""
    hours, rest = divmod(minutes, 60)
    parts = [count_words(hours, "hour")] if hours else []
    if rest or not hours:
        parts.append(count_words(rest, "minute"))
    return " ".join(parts)


def size_words(size: int) -> str:
    """'85 kB' or '2.1 MB'."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} kB"
    return f"{size / 1_000_000:.1f} MB"


def together(names: Sequence[str]) -> str:
    """'Ann', 'Ann and Bo', 'Ann, Bo and Cy'."""
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def short_number(value: float) -> int | float:
    """5.0 as 5, and 5.5 as it is: for a sheet."""
    return int(value) if float(value).is_integer() else value


def with_article(noun: str) -> str:
    """'a clerk', 'an engagement officer'."""
    return f"{'an' if noun[:1] in 'aeiou' else 'a'} {noun}"


_HALF_WIDTH = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x3000: " ", 0xFFE1: "£"}


def half_width(typed: str) -> str:
    """Full-width figures and letters ('２ｐｍ'), as some keyboards write them, as the plain ones that they are."""
    return typed.translate(_HALF_WIDTH)


def clean_line(value: str | None) -> str:
    """One line of text: no control or direction-changing characters, single spaces."""
    kept = "".join(c if c.isprintable() else " " for c in unicodedata.normalize("NFC", value or ""))
    return " ".join(kept.split())


LONGEST_FILE_NAME = 150


def clean_file_name(value: str | None) -> str:
    """A name to show and to offer for download: the last part of any path, at most 150 characters.

    A longer one keeps its beginning, which says what it is, and its ending.
    """
    last = re.split(r"[\\/]", clean_line(value))[-1].strip(". ")
    name = re.sub(r'[<>:"|?*;]', "_", last)
    ending = found.group() if (found := re.search(r"\.[A-Za-z0-9]{1,5}$", name)) else ""
    return f"{name.removesuffix(ending)[: LONGEST_FILE_NAME - len(ending)]}{ending}" or "paper.pdf"


ENDINGS = {
    "application/pdf": (".pdf",),
    "image/jpeg": (".jpg", ".jpeg"),
    "text/csv": (".csv",),
    "text/calendar": (".ics",),
    "application/json": (".json",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (".xlsx",),
}


def named_as_its_kind(name: str, kind: str) -> str:
    """A name to keep a file by, which ends as files of its kind do: what is opened by its ending is what it is.

    'receipt.hta' of a PDF is 'receipt.pdf', and 'scan' is 'scan.pdf'. Raises KeyError for a kind that has no ending.
    """
    endings = ENDINGS[kind]
    if name.lower().endswith(endings):
        return name
    bare = re.sub(r"\.[A-Za-z][A-Za-z0-9]{0,7}$", "", name).strip(" .") or "file"
    return bare[: LONGEST_FILE_NAME - len(endings[0])] + endings[0]


def csv_cell(value: object) -> object:
    """A value that no spreadsheet program takes for a formula, or reads as another number or a day.

    '0042' would lose its zeros, a number of 16 digits its last, '1E5' would be 100000 and '3/4' the third of April.
    """
    if isinstance(value, str) and re.fullmatch(r"0[0-9]+|[0-9]{16,}|[0-9]+[eE][0-9]+|[0-9]{1,2}[-/][0-9]{1,2}", value):
        return "'" + value
    return spreadsheet_cell(value)


def spreadsheet_cell(value: object) -> object:
    """A value that no spreadsheet program takes for a formula."""
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + value
    return value
