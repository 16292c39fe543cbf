"""What can be corrected of a meeting whose day is over, and of a target."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from portal.core.text import date_words
from portal.meetings.rules import CANCELLED, NOT_HELD, PLANNED

MEETING_DAY, MEETING_HELD, PAPER_TARGET = "meeting-day", "meeting-held", "paper-target"
KINDS = (MEETING_DAY, MEETING_HELD, PAPER_TARGET)

DAY, HELD = "day", "held"
CHOICES = {  # by what the record says now
    PLANNED: ((DAY, "It was held on another day"), (NOT_HELD, "It did not take place")),
    NOT_HELD: ((HELD, "It took place"),),
    CANCELLED: ((HELD, "It was held, and not cancelled"),),
}
HELD_WORDS = {PLANNED: "held", NOT_HELD: "did not take place", CANCELLED: "cancelled"}


def problem_with_day(day: date, opened_on: date, next_sitting: date | None, called_on: date, today: date) -> str:
    """Why a meeting cannot have been held on a day, from the facts; '' when it can."""
    if day == opened_on:
        return "The record says this day already. Enter the day on which it was held"
    if day > today:
        return "This day is in the future. Enter today or an earlier day"
    if day < called_on:
        return "The meeting had not been added by this day. Enter a later day"
    if next_sitting and day >= next_sitting:
        return "The meeting was adjourned to a day before this one. Enter an earlier day"
    return ""


def problem_with_days(days: int, now: int) -> str:
    return "The record says this already. Enter the target that was agreed" if days == now else ""


def about_words(group: str, day: date) -> str:
    """What a correction of a meeting is about: 'Main Group, 13 March 2026'."""
    return f"{group}, {date_words(day)}"


def group_in(about: str) -> str:
    """The group in those words."""
    return about.rpartition(", ")[0]


def choices_for(status: str) -> Sequence[tuple[str, str]]:
    return CHOICES[status]
