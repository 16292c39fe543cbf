"""When an item comes, or for how long, as lines of a pasted agenda say it: 10.15am, 10:15 to 10:30, 5 minutes."""

from __future__ import annotations

import re

_HOUR, _HALF = r"(?:[01]?[0-9]|2[0-3])", r"[ap]\.?\s?m\b\.?"
DOTTED_TIME = rf"{_HOUR}[.][0-5][0-9](?![0-9.])"  # 10.15, which may be the number of an item as well
SURE = rf"(?:{_HOUR}(?:[.:][0-5][0-9])?\s*{_HALF}|{_HOUR}:[0-5][0-9](?![0-9])|(?:12\s*)?(?:noon|midday)\b)"
SURE = rf"(?:{SURE}|(?:[01][0-9]|2[0-3])[0-5][0-9]\s*(?:hrs|hours|h)\b)"
TO = r"\s*(?:-|–|—|to\b|until\b)\s*"
SPAN = rf"(?:(?:{SURE}|{DOTTED_TIME}|{_HOUR}){TO}{SURE}|(?:{SURE}|{DOTTED_TIME}){TO}{DOTTED_TIME}|{SURE})"
_LENGTH = r"[0-9]{1,3}\s*(?:minutes|minute|mins|min|hours|hour|hrs|hr)\b\.?"
TIME = re.compile(rf"(?:{SPAN}|{_LENGTH})", re.I)
LENGTH = re.compile(_LENGTH, re.I)
AT_START = re.compile(rf"[(\[]?(?P<time>{SPAN})[)\]]?(?:\s*[-–—:,](?=\s)|\s|$)\s*", re.I)
DOTTED_AT_START = re.compile(rf"(?P<time>{DOTTED_TIME})(?:\s+[-–—](?=\s)|\s|$)\s*")
DOTTED = re.compile(DOTTED_TIME)
AT_END = re.compile(rf"(?P<before>.*?\S)\s+(?P<time>{SPAN})$", re.I)
LEADS_UP = re.compile(r"\b(?:at|by|from|until|till|before|after|since|of|to|and|the|for)$", re.I)
STEP = 5  # minutes: what agendas are timed in


def time_of(words: str) -> str:
    """The time, plainly written, when the words are nothing else; '' otherwise."""
    return plain(words) if TIME.fullmatch(words) or DOTTED.fullmatch(words) else ""


def is_length(words: str) -> bool:
    """Whether it says for how long, and not when: '10 mins'."""
    return bool(LENGTH.fullmatch(words))


def both(time: str, length: str) -> str:
    """'11:15am (10 mins)', or whichever there is."""
    return f"{time} ({length})" if time and length else time or length


def may_be_time(dotted: str) -> bool:
    """Whether 10.15 may be a time at all; 4.10 and 10.13 are numbers of items."""
    hour, minute = dotted.split(".")
    return 7 <= int(hour) <= 20 and int(minute) % STEP == 0


def plain(time: str) -> str:
    """'10:15am to 10:30am' for '10.15 a.m. – 10.30 a.m.'."""
    time = re.sub(r"(?:(?<!\s)\s++)?([ap])\.?\s?m\b\.?", r"\1m", time.strip(), flags=re.I)
    time = re.sub(r"(?<=[0-9])\.(?=[0-5][0-9])", ":", time)
    return re.sub(r"(?:(?<!\s)\s++)?(?:-|–|—)\s*", " to ", " ".join(time.split()))
