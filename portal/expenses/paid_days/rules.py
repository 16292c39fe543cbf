"""On which days a run can have been paid."""

from __future__ import annotations

from datetime import date

from portal.core.days import NOT_TO_COME
from portal.core.text import date_words

PAYMENT_DAY = "payment-day"  # the kind of its corrections


def problem_with_day(
    day: date, was: date, made_on: date, last_sent_on: date | None, closed_until: date | None, today: date
) -> str:
    """Why a run cannot have been paid on a day, from the facts; '' when it can."""
    if day == was:
        return "The record says this day already. Enter the day on which finance paid"
    if day > today:
        return NOT_TO_COME
    if day < made_on:
        return f"This run was made on {date_words(made_on)}. Enter that day or a later one"
    if last_sent_on and day < last_sent_on:
        return f"A claim in this run was sent on {date_words(last_sent_on)}. Enter that day or a later one"
    if closed_until and min(day, was) <= closed_until:
        return f"The books are closed up to {date_words(closed_until)}, so no payment up to then can be changed"
    return ""
