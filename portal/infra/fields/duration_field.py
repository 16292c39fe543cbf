"""How long something took, in minutes, as people type it."""

from __future__ import annotations

from typing import Any

from portal.core import durations
from portal.core.said_back import Unsure
from portal.infra.fields.read_field import ReadField, present

MOST_MINUTES = 24 * 60
ASKS = "Enter how long, up to 24 hours, like 1.5 or 1:30"


class DurationField(ReadField[int]):
    """Hours typed as 2, 1.5 or 1:30. The value is in minutes, at most those of a day."""

    data: Any  # whole minutes, or None

    def read(self, typed: str) -> int:
        try:
            return _within_a_day(durations.minutes_of(typed))
        except durations.NotADuration:
            raise ValueError(ASKS) from None
        except Unsure as question:
            _within_a_day(durations.minutes_of(question.likely))
            raise

    def show(self, value: int) -> str:
        return durations.as_typed(value)


def _within_a_day(minutes: int) -> int:
    if not 0 < minutes <= MOST_MINUTES:
        raise ValueError(ASKS)
    return minutes


def duration(label: str, required: str = "", hint: str = "For example, 1.5 or 1:30") -> DurationField:
    return DurationField(label, [present(required)], description=hint)
