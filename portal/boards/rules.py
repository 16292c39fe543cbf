"""What is so of groups and settings."""

from __future__ import annotations

from datetime import date

GROUP_KINDS = (
    ("board", "The board itself"),
    ("spg", "Strategic planning group"),
    ("audit", "Audit committee"),
    ("locality", "Locality planning group"),
    ("other", "Another group"),
)


LEAVING_COUNTED_YEARS = 3


MOST_TARGET_DAYS = 60  # how long before a meeting a board may want its papers


PAPERS_STAY_DAYS = 60  # how long past papers stay readable after an appointment ends


def is_current(from_on: date, until_on: date | None, today: date) -> bool:
    return from_on <= today and (until_on is None or today <= until_on)


def parse_reminder_days(typed: str) -> list[int]:
    """Days before a meeting, like '14, 10, 8', latest last. Raises ValueError for anything else."""
    days = sorted({int(part) for part in typed.replace(",", " ").split()}, reverse=True)
    if not days or len(days) > 10 or not all(1 <= day <= 90 for day in days):
        raise ValueError(typed)
    return days
