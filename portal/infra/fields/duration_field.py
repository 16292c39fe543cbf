"""How long something took, in minutes, as people type it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from portal.core import durations
from portal.core.said_back import Unsure
from portal.infra.fields.read_field import ReadField, present

MOST_MINUTES = 24 * 60
LIMIT = "up to 24 hours, like 1.5 or 1:30"


class DurationField(ReadField[int]):
    """Hours typed as 2, 1.5 or 1:30. The value is in minutes, at most those of a day."""

    data: Any  # whole minutes, or None

    def __init__(self, label: str, checks: Sequence[object], called: str = "", **options: object) -> None:
        super().__init__(label, checks, **options)
        self.called = called

    def read(self, typed: str) -> int:
        try:
            return self._within_a_day(durations.minutes_of(typed))
        except durations.NotADuration:
            raise ValueError(self._asks()) from None
        except Unsure as question:
            self._within_a_day(durations.minutes_of(question.likely))
            raise

    def _within_a_day(self, minutes: int) -> int:
        if not 0 < minutes <= MOST_MINUTES:
            raise ValueError(self._asks())
        return minutes

    def _asks(self) -> str:
        return f"{self.called} must be {LIMIT}" if self.called else f"Enter how long, {LIMIT}"

    def show(self, value: int) -> str:
        return durations.as_typed(value)


def duration(label: str, required: str = "", hint: str = "For example, 1.5 or 1:30", called: str = "") -> DurationField:
    """`called` is what errors call it where its label is a question."""
    return DurationField(label, [present(required)], called, description=hint)
