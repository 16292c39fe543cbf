"""An hour of a day, as people type it."""

from __future__ import annotations

from datetime import time
from typing import Any

from portal.core import hours
from portal.core.text import clean_line
from portal.infra.fields.read_field import ReadField, present


class HourField(ReadField[time]):
    """An hour typed as 2pm, 14:30, 1400 or noon. `called` is what an error asks for: 'a start time'."""

    data: Any  # a time, or None
    process_errors: list[str]

    def __init__(self, *args: object, called: str = "a time", is_end: bool = False, **options: object) -> None:
        super().__init__(*args, **options)
        self.called, self.is_end = called, is_end

    def read(self, typed: str) -> time:
        try:
            return hours.hour_of(typed, self.is_end)
        except hours.NotAnHour:
            raise ValueError(f"Enter {self.called}, like 2pm or 14:30") from None

    def is_near(self, around: time | None) -> None:
        """What it is about happens at this hour: of morning and afternoon the one is meant that is near it."""
        found = hours.hour_near(clean_line(str(self.raw_data[0])), around) if self.question and around else None
        if found is not None:
            self.data, self.question, self.process_errors = found, None, []
            self.suggested = self.show(found)

    def show(self, value: time) -> str:
        return hours.as_typed(value)


HINT = "For example, 2pm or 14:30"


def hour(label: str, required: str = "", hint: str = HINT, called: str = "a time", is_end: bool = False) -> HourField:
    """One box for an hour. `is_end`: something ends at it, so that "midnight" is likely that of the day's end."""
    return HourField(label, [present(required)], description=hint, called=called, is_end=is_end)
