"""What is so of records of training: until when they count."""

from __future__ import annotations

from datetime import date, timedelta

SAID, CONFIRMED, DECLINED = "said", "confirmed", "declined"


RECORD_WORDS = {SAID: "Waits for your officer", CONFIRMED: "Confirmed", DECLINED: "Not confirmed"}


RENEW_DAYS_LEFT = (60, 14)


def valid_until(done_on: date, months: int | None) -> date | None:
    """Until when a course counts; None for ever."""
    if not months:
        return None
    year, month = divmod(done_on.month - 1 + months, 12)
    first = date(done_on.year + year, month + 1, 1)
    return min(first + timedelta(days=done_on.day - 1), _last_day(first))


def _last_day(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def counts(status: str, until: date | None, today: date) -> bool:
    """Whether a record shows that somebody has the training today."""
    return status == CONFIRMED and (until is None or until >= today)


def renewal_reminder(left: int) -> int:
    """Which reminder is due when so many days are left: 60, 14, or 0 for none."""
    return min((days for days in RENEW_DAYS_LEFT if 0 <= left <= days), default=0)


def problem_with_days(done_on: date, until: date | None, today: date) -> str:
    if done_on > today:
        return "Enter today or an earlier day"
    return "It cannot run out before you did it" if until and until < done_on else ""
