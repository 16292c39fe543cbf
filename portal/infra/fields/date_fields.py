"""Days typed as day, month and year. What cannot be read is refused, never guessed."""

from __future__ import annotations

from datetime import date
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovDateInput
from wtforms import Field
from wtforms.validators import ValidationError

from portal.core import clock
from portal.core.days import DAY, MONTH, NOT_REAL, YEAR, NotADay, day_of_parts
from portal.infra.fields.read_field import MOST_READ, TOO_LONG, present

PARTS = (DAY, MONTH, YEAR)
WIDTHS = {DAY: "2", MONTH: "5", YEAR: "4"}  # a month may be a name
PAST, COMING = "past", "coming"  # where the days lie that a field asks for


def example(asks: str) -> date:
    """A day to show as an example, two months from today; the 27th can be no month."""
    months = clock.today().year * 12 + clock.today().month - 1 + (-2 if asks == PAST else 2)
    return date(months // 12, months % 12 + 1, 27)


def in_boxes(day: date) -> str:
    return f"{day.day} {day.month} {day.year}"


class _DateInput(GovDateInput):  # type: ignore[misc]  # ships no types
    """The date widget, for posts in which a part is missing or doubled. Only the boxes that are wrong are marked."""

    def map_gov_params(self, field: Field, **kwargs: Any) -> dict[str, Any]:  # the widget says what
        if field.raw_data is not None:
            field.raw_data = [*map(str, field.raw_data[:3]), "", "", ""][:3]
        params = dict(super().map_gov_params(field, **kwargs))
        for part, item in zip(PARTS, params["items"], strict=True):
            is_wrong = field.errors and field.wrong_part in (part, "")
            item["classes"] = f"govuk-input--width-{WIDTHS[part]}{' govuk-input--error' if is_wrong else ''}"
        return params


class DayField(Field):  # type: ignore[misc]  # WTForms ships no types
    """A London day typed as day, month and year. `called` is how a sentence about it begins: 'The meeting date'."""

    widget = _DateInput()

    data: Any  # a date, or None
    wrong_part = ""  # of its three boxes; "" when it is the day as a whole

    def __init__(
        self, *args: object, description: str = "", called: str = "The date", asks: str = COMING, **options: object
    ) -> None:
        hint = ". ".join(filter(None, (description, f"For example, {in_boxes(example(asks))}")))
        super().__init__(*args, description=hint, **options)
        self.called = called

    @property
    def first_wrong_id(self) -> str:
        """The box that an error of this field is about, for the list of errors at the top of the page."""
        return f"{self.name}-{self.wrong_part or DAY}"

    def _value(self) -> str:
        return ""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        if not any(part.strip() for part in valuelist):
            return
        parts = [part if len(part) <= MOST_READ else TOO_LONG for part in valuelist]
        day, month, year, *more = [*parts, "", "", ""]
        try:
            self.data = day_of_parts(day, month, year)
        except NotADay as problem:
            self.wrong_part = problem.part
            raise ValueError(f"{self.called} {problem}") from None
        if any(more):
            self.data = None
            raise ValueError(f"{self.called} {NOT_REAL}")


def day(label: str, required: str = "", hint: str = "", called: str = "The date", asks: str = COMING) -> DayField:
    """Three boxes for a day, with an example in the past or to come. Errors begin with `called`: say which day."""
    return DayField(label, [present(required)], description=hint, called=called, asks=asks)


def doubt(day: DayField, tick: Field, problem: str) -> None:
    """Ask whether a day is right, at the day and at the box that says so. The list of errors leads to the day."""
    day.errors = [*day.errors, problem]
    tick.is_said_elsewhere = True
    raise ValidationError(problem)


def refuse(field: DayField, problem: str) -> None:
    """Raise what is wrong with a day that was read. It says which day: 'must be …' follows what the field is called."""
    if problem:
        raise ValidationError(f"{field.called} {problem}" if problem.startswith("must ") else problem)
