"""What was recorded late: figures that late records may still complete say how many rows came late."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from portal.core.calendar import quarter

LATE_AFTER = timedelta(days=30)


def is_late_record(happened_on: date, recorded_on: date | None) -> bool:
    """Whether something was recorded more than 30 days after it happened. What is not recorded yet is not late."""
    return recorded_on is not None and recorded_on - happened_on > LATE_AFTER


@dataclass(frozen=True)
class Recorded:
    """How many rows were recorded in a quarter, whenever they happened, and how many of these late."""

    quarter: str
    rows: int
    late: int


def by_quarter_recorded(rows: Iterable[tuple[date, date | None]]) -> list[Recorded]:
    """Rows as (the day it happened, the day it was recorded), counted by the day recorded, newest first.

    What is not recorded yet is in no quarter.
    """
    found = [(happened, recorded) for happened, recorded in rows if recorded is not None]
    every = Counter(quarter(recorded) for _, recorded in found)
    late = Counter(quarter(recorded) for happened, recorded in found if is_late_record(happened, recorded))
    return [Recorded(name, every[name], late[name]) for name in sorted(every, reverse=True)]
