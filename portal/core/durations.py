"""How long something took, as people type it: read to the letter, or asked about."""

from __future__ import annotations

import re

from portal.core.said_back import Unsure
from portal.core.text import clean_line, half_width, minutes_words

MINUTES = re.compile(r"([0-9]{1,4}) ?(?:m|mins?|minutes?)")
CLOCK = re.compile(r"([0-9]{1,3}) ?(?::|h|hrs?|hours?(?: and)?) ?([0-9]{1,2}) ?(?:m|mins?|minutes?)?")
HOURS = re.compile(r"([0-9]{0,3})(?:\.([0-9]{1,2}))? ?(?:h|hrs?|hours?)?")
HALVES = {"half an hour": 30, "an hour": 60, "an hour and a half": 90}


class NotADuration(ValueError):
    """What was typed does not say how long."""


def minutes_of(typed: str) -> int:
    """Minutes of '2', '1.5', '1:30', '1h30', '2 hours 15 minutes' or '90 min'; a bare number is hours.

    Raises Unsure for '1.30', which may be a part of an hour or 30 minutes, and NotADuration for anything else.
    """
    text = clean_line(half_width(typed)).lower().rstrip(".")
    if text in HALVES:
        return HALVES[text]
    if found := MINUTES.fullmatch(text):
        return int(found[1])
    if (found := CLOCK.fullmatch(text)) and int(found[2]) < 60 and (":" not in text or len(found[2]) == 2):
        return int(found[1]) * 60 + int(found[2])
    if text and (found := HOURS.fullmatch(text)) and (found[1] or found[2]):
        return _of_decimals(int(found[1] or 0), found[2] or "")
    raise NotADuration(typed)


def _of_decimals(hours: int, digits: str) -> int:
    minutes = hours * 60 + round(int(digits.ljust(2, "0")) * 60 / 100)
    if len(digits) < 2 or digits == "00" or int(digits) >= 60:
        return minutes
    likely, other = minutes, hours * 60 + int(digits)
    if digits not in ("25", "50"):  # a quarter and a half are written so; anything else is rather minutes
        likely, other = other, likely
    raise Unsure(as_typed(likely), minutes_words(other), minutes_words(likely))


def as_typed(minutes: int) -> str:
    """How a duration is shown in its box: '1:40', and '2' for whole hours, so that it is read as the same again."""
    hours, rest = divmod(minutes, 60)
    return f"{hours}:{rest:02}" if rest else str(hours)
