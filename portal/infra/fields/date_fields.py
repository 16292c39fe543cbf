"""A day typed as day, month and year, and an hour of it. What cannot be read is refused, never guessed."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable
from datetime import time
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovDateInput, GovTextInput
from wtforms import Field
from wtforms.validators import StopValidation

from portal.core.days import NOT_REAL, NotADay, day_of_parts
from portal.core.text import clean_line
from portal.infra.forms import Form


class _PaddedDateInput(GovDateInput):  # type: ignore[misc]  # ships no types
    """The date widget, for posts in which any of its three parts is missing or doubled."""

    def map_gov_params(self, field: Field, **kwargs: Any) -> dict[str, Any]:  # the widget says what
        if field.raw_data is not None:
            field.raw_data = [*map(str, field.raw_data[:3]), "", "", ""][:3]
        return dict(super().map_gov_params(field, **kwargs))


class DayField(Field):  # type: ignore[misc]  # WTForms ships no types
    """A London day typed as day, month and year. `called` is how a sentence about it begins: 'The meeting date'."""

    widget = _PaddedDateInput()

    data: Any  # a date, or None

    def __init__(self, *args: Any, called: str = "The date", **options: Any) -> None:  # WTForms has no types
        super().__init__(*args, **options)
        self.called = called

    def _value(self) -> str:
        return ""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        if not any(part.strip() for part in valuelist):
            return
        day, month, year, *more = [*valuelist, "", "", ""]
        try:
            self.data = day_of_parts(day, month, year)
        except NotADay as problem:
            raise ValueError(f"{self.called} {problem}") from None
        if any(more):
            self.data = None
            raise ValueError(f"{self.called} {NOT_REAL}")


def day(label: str, required: str = "", hint: str = "For example, 3 3 2027", called: str = "The date") -> DayField:
    """Three boxes for a day. Errors begin with `called`: on a page with two days, say which."""
    return DayField(label, [_present(required)], description=hint, called=called)


def _present(message: str) -> Callable[[Form, Field], None]:
    def check(_form: Form, field: Field) -> None:
        if field.errors:  # it cannot be read: that alone is said
            raise StopValidation()
        if message and field.data is None:
            raise StopValidation(message)

    return check


class HourField(Field):  # type: ignore[misc]  # likewise
    """An hour typed as 2pm, 2:30pm, 14:30 or 14.30."""

    widget = GovTextInput()
    data: Any  # a time, or None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])[:50]
        return f"{self.data:%H:%M}" if self.data else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = clean_line(valuelist[0] if valuelist else "").lower().replace(" ", "")
        self.data = None
        if not typed:
            return
        found = re.fullmatch(r"([0-9]{1,2})(?:[:.]([0-9]{2}))?(am|pm)?", typed)
        with contextlib.suppress(ValueError):
            self.data = _hour(*found.groups()) if found else None
        if self.data is None:
            raise ValueError(f"{self.label.text} must be an hour, like 2pm or 14:30")


def _hour(hour: str, minute: str | None, half: str | None) -> time:
    number = int(hour)
    if half and not 1 <= number <= 12:
        raise ValueError(hour)
    if half:
        number = number % 12 + (12 if half == "pm" else 0)
    return time(number, int(minute or 0))


def hour(label: str, required: str = "", hint: str = "For example, 2pm or 14:30") -> HourField:
    return HourField(label, [_present(required)], description=hint)
