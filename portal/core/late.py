"""What was recorded late: figures that late records may still complete say how many rows came late."""

from __future__ import annotations

from datetime import date, timedelta

LATE_AFTER = timedelta(days=30)


def is_late_record(happened_on: date, recorded_on: date | None) -> bool:
    """Whether something was recorded more than 30 days after it happened. What is not recorded yet is not late."""
    return recorded_on is not None and recorded_on - happened_on > LATE_AFTER
