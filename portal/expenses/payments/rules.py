"""On which days a payment run can have been paid."""

from __future__ import annotations

from datetime import date

from portal.core.text import date_words


def problem_with_payment_day(day: date, made_on: date, today: date, closed_until: date | None) -> str:
    """Why a run cannot have been paid on a day, as a sentence that says which days it can be; '' when it can."""
    if day > today:
        return "Enter today or an earlier day"
    if day < made_on:
        return f"This run was made on {date_words(made_on)}. Enter that day or a later one"
    if closed_until and day <= closed_until:
        return f"The books are closed up to {date_words(closed_until)}. Enter a later day"
    return ""
