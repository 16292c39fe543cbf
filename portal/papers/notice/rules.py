"""What is so of notice: days, the target, and lateness."""

from __future__ import annotations

from datetime import date, timedelta


def notice_days(published_on: date, meets_on: date) -> int:
    """Whole London days of notice. 3 March for 10 March gives 7."""
    return (meets_on - published_on).days


def target_day(meets_on: date, target_days: int) -> date:
    """The last day on which a paper meets the target."""
    return meets_on - timedelta(days=target_days)


def is_late(published_on: date, meets_on: date, target_days: int) -> bool:
    return notice_days(published_on, meets_on) < target_days
