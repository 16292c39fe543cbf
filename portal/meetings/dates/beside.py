"""What stands beside a date in its line: a weekday, a time, a place, a link, and words that make it doubtful."""

from __future__ import annotations

import re
from dataclasses import dataclass

from portal.core.days import WEEKDAYS
from portal.core.text import clean_line
from portal.meetings.dates.grammar import (
    DOUBT,
    EDGES,
    LEFT_OVER,
    LINK,
    MONTH,
    ORDINAL,
    TIME,
    WEEKDAY_AFTER,
    WEEKDAY_BEFORE,
)

MOST_PLACE = 300
DAY_AND_MONTH = re.compile(rf"[0-9]{ORDINAL}\s+{MONTH}", re.I)


class NotRead(ValueError):
    """Something beside a date that cannot be left as it is; the message says what."""


@dataclass(frozen=True)
class Beside:
    """As typed, but for the weekday: its number from 1, or 0."""

    hour: str
    place: str
    link: str
    weekday: int
    doubt: str


def beside(first: str, before: str, after: str, is_last: bool) -> Beside:
    """What belongs to a date of a line whose first words are `first`, from the words before and after it.

    Raises NotRead for what may be another date.
    """
    weekday, after = _weekday(before, after)
    after = after if is_last else DOUBT.sub("", WEEKDAY_BEFORE.sub("", after))
    link, after = LINK.search(after), LINK.sub(" ", after)
    time = TIME.search(after) or TIME.search(first)  # '10am on 8 February and 12 April' is so of both
    doubt = DOUBT.search(WEEKDAY_BEFORE.sub("", before))
    return Beside(
        hour=time[0].strip() if time else "",
        place=_place(TIME.sub(" ", after)),
        link=link[0].rstrip(".,;)") if link else "",
        weekday=weekday,
        doubt=doubt["words"].strip() if doubt else "",
    )


def _weekday(before: str, after: str) -> tuple[int, str]:
    """That of the day, and what stands after it: 'Monday 8 February', '8 February (Monday)'."""
    if found := WEEKDAY_BEFORE.search(before):
        return _number(found["weekday"]), after
    if found := WEEKDAY_AFTER.match(after):
        return _number(found["weekday"] or found["bare"]), after[found.end() :]
    return 0, after


def _number(typed: str) -> int:
    return next(n for n, name in enumerate(WEEKDAYS, 1) if name.startswith(typed.lower()[:3]))


def _place(words: str) -> str:
    """A place without what joins it to the date: 'Town Hall' of ', at Town Hall'."""
    if LEFT_OVER.search(words) or DAY_AND_MONTH.search(words):
        raise NotRead(f"has something that may be another date: “{words.strip(' ,;')}”")
    if len(words) > MOST_PLACE:
        raise NotRead(f"has more than {MOST_PLACE} characters beside its date")
    words = re.sub(r"\(\s*\)|\[\s*\]", " ", words)
    words = clean_line(EDGES.sub("", " ".join(words.split())))
    if words.startswith("(") and words.endswith(")"):
        words = words[1:-1]
    if words.count("(") != words.count(")"):
        words = words.replace("(", "").replace(")", "").strip()
    return words if re.search(r"[^\W\d_]", words) else ""
