"""How often something may be done, and how words say when it may be done again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from portal.core.text import minutes_words


@dataclass(frozen=True)
class Budget:
    """So many times in a span, which begins with the first of them and ends at midnight (UTC) at the latest."""

    name: str
    most: int
    span: timedelta

    def ends_at(self, began_at: datetime) -> datetime:
        return min(began_at + self.span, midnight_after(began_at))


def midnight_after(moment: datetime) -> datetime:
    """When the day ends whose key counts are kept under."""
    day = moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return day + timedelta(days=1)


def seconds_until(until: datetime, now: datetime) -> int:
    """Whole seconds, never too few."""
    return max(1, -((now - until) // timedelta(seconds=1)))


def wait_words(until: datetime, now: datetime) -> str:
    """'1 minute', '2 hours 5 minutes': whole minutes, never too few."""
    return minutes_words(-(-seconds_until(until, now) // 60))
