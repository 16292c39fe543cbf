"""Hours as people type them: read to the letter, or asked about when morning and afternoon are both left."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

from portal.core.said_back import Unsure
from portal.core.text import clean_line, half_width

NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
PAST = {"five": 5, "ten": 10, "a quarter": 15, "quarter": 15, "twenty": 20, "twenty five": 25, "half": 30}
PARTS_OF_DAY = {"in the morning": "am", "in the afternoon": "pm", "in the evening": "pm"}
NOON = re.compile(r"(?:12(?:[:.]?00)? ?)?(?:noon|midday)")
MIDNIGHT = re.compile(r"(?:12(?:[:.]?00)? ?)?midnight|24(?:[:.]?00)?")
CLOCK = re.compile(r"([0-9]{1,2}(?=[:.])|0?[1-9]|[12][0-9])(?:[:.]([0-9]{2}))? ?(am|pm)?")
DIGITS = re.compile(r"([0-9]{2}|[1-9])([0-9]{2}) ?(am|pm)?(?: ?(?:h|hrs|hours))?")
SPOKEN = re.compile(r"(?:(a quarter|quarter|half|twenty five|[a-z]+|[0-9]{1,2}) )(past|to) ([0-9]{1,2}) ?(am|pm)?")
HALF = re.compile(r"half ([0-9]{1,2}) ?(am|pm)?")
NEAR = 6 * 60  # minutes


class NotAnHour(ValueError):
    """What was typed is no hour."""


@dataclass(frozen=True)
class _Read:
    """Numbers as they were typed, and the half of the day if it was said. A 24-hour clock needs no half."""

    hour: int
    minute: int = 0
    half: str = ""
    is_of_24: bool = False


def hour_of(typed: str, is_end: bool = False) -> time:
    """The hour of '2pm', '2.30 p.m.', '14:30', '1400', 'noon' or 'half past 2 in the afternoon'.

    Raises Unsure when it may be another hour as well ('2', '12am', 'midnight'), and NotAnHour when it is none.
    `is_end` says that something ends at it: then midnight is likely that of the day's end.
    """
    words = _plain(typed)
    if NOON.fullmatch(words):
        return time(12)
    if MIDNIGHT.fullmatch(words):
        raise _of_which_midnight(is_end or words.startswith("24"))
    return _decided(_read(words), is_end)


def hour_near(typed: str, around: time) -> time | None:
    """Of an hour that may be morning or afternoon, the one that is near another hour of its day, where only one is."""
    try:
        read = _read(_plain(typed))
    except NotAnHour:
        return None
    if read.half or read.is_of_24 or not 1 <= read.hour <= 12 or read.minute > 59:
        return None
    both = (time(read.hour % 12, read.minute), time(read.hour % 12 + 12, read.minute))
    near = [one for one in both if abs(_minutes(one) - _minutes(around)) < NEAR]
    return near[0] if len(near) == 1 else None


def _minutes(hour: time) -> int:
    return hour.hour * 60 + hour.minute


def as_typed(hour: time) -> str:
    """How an hour is shown in its box: of the 24-hour clock, so that it is read as the same hour again."""
    return f"{hour:%H:%M}"


def _plain(typed: str) -> str:
    """In small letters, with 'am' and 'pm' however they were written, and a number for the name of an hour."""
    text = clean_line(half_width(typed)).lower().replace("’", "'").rstrip(".")
    text = text.removeprefix("at ")
    text = re.sub(r"(?<=[a-z])-(?=[a-z])", " ", text)
    text = re.sub(r"(?<![a-z])([ap])\.? ?m(?![a-z])\.?", r"\1m", text)
    text = re.sub(r" ?o'?clock\b", "", text)
    for said, half in PARTS_OF_DAY.items():
        text = text.replace(f" {said}", half)
    return re.sub(rf"\b({'|'.join(NUMBERS)})(?= ?(?:am|pm)?$)", _number_of, text)


def _number_of(found: re.Match[str]) -> str:
    return str(NUMBERS.index(found[1]) + 1)


def _read(words: str) -> _Read:
    if found := CLOCK.fullmatch(words):
        hour, minute, half = found.groups()
        return _Read(int(hour), int(minute or 0), half or "", _is_of_24(hour, minute))
    if found := DIGITS.fullmatch(words):
        hour, minute, half = found.groups()
        return _Read(int(hour), int(minute), half or "", _is_of_24(hour, minute))
    if found := SPOKEN.fullmatch(words):
        return _spoken(*found.groups())
    if found := HALF.fullmatch(words):
        return _spoken("half", "past", found[1], found[2])
    raise NotAnHour(words)


def _is_of_24(hour: str, minute: str | None) -> bool:
    """Two digits and minutes, as in '09:30' and '10:30', are of the clock that our own boxes show."""
    return int(hour) > 12 or (len(hour) == 2 and minute is not None) or int(hour) == 0


def _spoken(minutes: str, way: str, hour: str, half: str | None) -> _Read:
    """'half past 2', and 'quarter to 1pm', which is an hour earlier on the dial."""
    past = PAST.get(minutes) or (int(minutes) if minutes.isdigit() else 0)
    is_odd = way == "to" and hour == "12" and half  # before noon it is still morning, whatever 12pm says
    if not 1 <= int(hour) <= 12 or not 0 < past < 60 or is_odd:
        raise NotAnHour(minutes)
    if way == "past":
        return _Read(int(hour), past, half or "")
    return _Read((int(hour) - 2) % 12 + 1, 60 - past, half or "")


def _decided(read: _Read, is_end: bool) -> time:
    if read.hour > 23 or read.minute > 59 or (read.half == "am" and read.hour > 12):
        raise NotAnHour(read)
    if read.hour == 0 and read.half == "pm":
        raise NotAnHour(read)
    if read.hour > 12 or read.hour == 0 or (read.is_of_24 and not read.half):
        return time(read.hour, read.minute)
    morning, afternoon = time(read.hour % 12, read.minute), time(read.hour % 12 + 12, read.minute)
    if read.half == "pm":
        return afternoon
    if read.half == "am" and read.hour < 12:
        return morning
    likely, other = (morning, afternoon) if _is_likely_morning(read.hour, is_end) else (afternoon, morning)
    raise Unsure(_surely(likely), "midnight" if other == time(0) else _surely(other))


def _is_likely_morning(hour: int, is_end: bool) -> bool:
    return 10 <= hour < 12 if is_end else 7 <= hour < 12


def _surely(hour: time) -> str:
    """'2pm', 'noon', and '00:30' for what '12:30am' leaves open."""
    if hour == time(12):
        return "noon"
    if hour.hour == 0:
        return as_typed(hour)
    minutes = f":{hour.minute:02}" if hour.minute else ""
    return f"{(hour.hour - 1) % 12 + 1}{minutes}{'am' if hour.hour < 12 else 'pm'}"


def _of_which_midnight(is_end: bool) -> Unsure:
    begins, ends = "midnight as this day begins", "midnight as it ends"
    return Unsure("23:59", begins, ends) if is_end else Unsure("00:00", ends, begins)
