"""What is so of notice: days, the target, and lateness."""

from __future__ import annotations

from datetime import date, timedelta

from portal.core.text import count_words


def notice_days(published_on: date, opened_on: date) -> int:
    """Whole London days’ notice. 3 March for 10 March gives 7."""
    return (opened_on - published_on).days


def target_day(opened_on: date, target_days: int) -> date:
    """The last day on which a paper meets the target."""
    return opened_on - timedelta(days=target_days)


def is_late(published_on: date, opened_on: date, target_days: int) -> bool:
    return notice_days(published_on, opened_on) < target_days


def notice_words(published_on: date, opened_on: date) -> str:
    """'7 days of notice'; of a paper that came when the meeting was over, that it did."""
    days = notice_days(published_on, opened_on)
    return f"{count_words(days, 'day')} of notice" if days >= 0 else "after the meeting"


def replaced_words(replaced_on: date, opened_on: date) -> str:
    """When a paper was replaced: 'Replaced, 1 day before'. Its notice is still that of its first version."""
    days = notice_days(replaced_on, opened_on)
    if days > 0:
        return f"Replaced, {count_words(days, 'day')} before"
    return "Replaced after the meeting" if days < 0 else "Replaced on the day"
