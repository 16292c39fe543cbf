"""An hour of a day, as people type it."""

from __future__ import annotations

from datetime import time
from typing import Any

from portal.core import hours
from portal.infra.fields.read_field import ReadField, present


class HourField(ReadField[time]):
    """An hour typed as 2pm, 14:30, 1400 or noon. `called` is what an error asks for: 'a start time'."""

    data: Any  # a time, or None

    def __init__(self, *args: object, called: str = "a time", is_end: bool = False, **options: object) -> None:
        super().__init__(*args, **options)
        self.called, self.is_end = called, is_end

    def read(self, typed: str) -> time:
        try:
            return hours.hour_of(typed, self.is_end)
        except hours.NotAnHour:
            raise ValueError(f"Enter {self.called}, like 2pm or 14:30") from None

    def show(self, value: time) -> str:
        return hours.as_typed(value)


HINT = "For example, 2pm or 14:30"


def hour(label: str, required: str = "", hint: str = HINT, called: str = "a time", is_end: bool = False) -> HourField:
    """One box for an hour. `is_end`: something ends at it, so that "midnight" is likely that of the day's end."""
    return HourField(label, [present(required)], description=hint, called=called, is_end=is_end)
