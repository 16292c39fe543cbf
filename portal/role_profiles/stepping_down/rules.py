"""What is so of a rep's wish to stop: its states, and which last days it can name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from portal.core.days import NOT_OVER
from portal.core.text import date_words

ASKED, TAKEN_BACK, STAYS, ENDED = "asked", "taken_back", "stays", "ended"
STATUSES = (ASKED, TAKEN_BACK, STAYS, ENDED)
WORDS_MOST = 2000
KEPT_DAYS = 30  # after it was settled


def problem_with_day_to_set(last_day: date, today: date, until_on: date) -> str:
    """Why an officer cannot end a term on a day, as a sentence; '' when they can."""
    if last_day < today:
        return NOT_OVER
    return f"Their term ends on {date_words(until_on)}. Enter an earlier day" if last_day >= until_on else ""


def problem_with_last_day(last_day: date, today: date, ends_on: Iterable[tuple[str, date]]) -> str:
    """Why a rep cannot ask for a last day, as a sentence; '' when they can. (group, last day) of what they give up."""
    if last_day < today:
        return NOT_OVER
    for group, until in ends_on:
        if last_day >= until:
            return f"Your term on {group} ends on {date_words(until)}. Enter an earlier day, or leave that seat out"
    return ""
