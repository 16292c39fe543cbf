"""What is so of support meetings and of the three questions after a meeting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from portal.core.disclosure import shown
from portal.core.text import hour_words, short_date_words, short_day_words

YES, PARTLY, NO = "yes", "partly", "no"
ANSWERS = ((YES, "Yes"), (PARTLY, "Partly"), (NO, "No"))
QUESTIONS = (
    ("spoke", "Could you say what you wanted to say?"),
    ("understood", "Did people understand what you said?"),
    ("explained", "Were hard words explained?"),
)
ASKED_FOR = timedelta(days=21)  # how long after a meeting an answer may come


def problem_with_day(day: date, meets_on: date, today: date) -> str:
    """Why a support meeting cannot be on a day, at whatever hour, as a sentence; '' when it can."""
    if day < today:
        return "Enter a day in the future"
    return f"Enter the day of the meeting, {short_day_words(meets_on)}, or an earlier one" if day > meets_on else ""


def problem_with_hour(starts_at: datetime, meeting_starts_at: datetime, now: datetime) -> str:
    """Why it cannot be at that hour of a day on which it could be, as a sentence; '' when it can."""
    if starts_at <= now:
        return "Enter a time in the future"
    is_late = starts_at >= meeting_starts_at
    return f"Enter a time before the meeting, which starts at {hour_words(meeting_starts_at)}" if is_late else ""


SUPPORT_LASTS = timedelta(hours=1)  # neither says when it ends: this is what they are taken to last
MEETING_LASTS = timedelta(hours=2)


def overlaps(starts_at: datetime, meeting_starts_at: datetime) -> bool:
    """Whether a support meeting then and a meeting are at the same time."""
    return starts_at < meeting_starts_at + MEETING_LASTS and meeting_starts_at < starts_at + SUPPORT_LASTS


def overlaps_support(starts_at: datetime, other_starts_at: datetime) -> bool:
    """Whether two support meetings are at the same time."""
    return abs(starts_at - other_starts_at) < SUPPORT_LASTS


def meeting_words(group: str, starts_at: datetime) -> str:
    """A meeting that something overlaps: 'Audit Committee, which starts at 2pm'."""
    return f"{group}, which starts at {hour_words(starts_at)}"


def support_words(group: str, starts_at: datetime, before: date) -> str:
    """A support meeting that something overlaps, by the meeting that it is before."""
    which = f"the support meeting before the {group} meeting of {short_date_words(before)}"
    return f"{which}, which starts at {hour_words(starts_at)}"


def may_answer(meets_on: date, today: date, is_over: bool) -> bool:
    """Whether somebody may still say how a meeting was."""
    return is_over and today <= meets_on + ASKED_FOR


def whole_quarters(today: date) -> tuple[date, date]:
    """The first and last day of the last four whole quarters: what one new answer changes cannot be seen."""
    last = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1) - timedelta(days=1)
    return date(last.year - 1, last.month, last.day) + timedelta(days=1), last


def tally(answers: Iterable[str]) -> Mapping[str, int | None]:
    """How many people gave each answer, where it may be shown: never of fewer than five, nor by subtraction."""
    counts = Counter(answers)
    return shown({key: counts[key] for key, _ in ANSWERS})


def place_words(place: str, link: str) -> str:
    """Where it is, in words: a link is no place to read."""
    return place or ("Online" if link else "")
