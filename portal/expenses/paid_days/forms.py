"""What approvers type to correct the day of a payment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from wtforms import Field

from portal.corrections.correcting_form import CorrectingForm
from portal.corrections.forms import line_of_row, reason_of_row
from portal.infra.fields import date_fields


class DayForm(CorrectingForm):
    paid_on = date_fields.day(
        "On which day did finance pay?",
        "Enter the day on which finance paid",
        called="The payment date",
        asks=date_fields.PAST,
    )
    reason = reason_of_row()
    line = line_of_row()

    problem: Callable[[date], str] = staticmethod(lambda _day: "")

    def validate_paid_on(self, field: Field) -> None:
        if field.data and (problem := self.problem(field.data)):
            date_fields.refuse(field, problem)


def day_form(record_says: str, problem: Callable[[date], str]) -> DayForm:
    """`problem(day)` says why the run cannot have been paid on a day, or is ''."""
    form = DayForm()
    form.record_says, form.problem = record_says, problem
    return form
