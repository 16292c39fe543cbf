"""What reps type about their training."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from uuid import uuid4

from wtforms import Field
from wtforms.validators import ValidationError

from portal.core import clock
from portal.core.values import Typed
from portal.corrections.correcting_form import CorrectingForm
from portal.corrections.forms import line_of_row, reason_of_row
from portal.infra import forms
from portal.infra.fields import date_fields, file_fields
from portal.infra.fields.idempotency import IdempotencyKey
from portal.infra.fields.unread import refuse_unread
from portal.infra.pictures.clean import TAKEN
from portal.training.records.rules import Days, problem_with_days, valid_until

if TYPE_CHECKING:
    from portal.training.models import Course


OTHER = ""
LISTED = "You chose a training from the list, which has a name. Clear this, or select “Something else” in the list"


class RecordForm(forms.Form):
    course = forms.select("Which training?", "Choose the training", may_be_empty=True)
    title = forms.line("If it is not in the list, what was it called?", most=200)
    board = forms.select("Which board confirms it?", "Choose the board")
    done_on = date_fields.day(
        "When did you do it?", "Enter the training date", called="The training date", asks=date_fields.PAST
    )
    valid_until = date_fields.day(
        "Expiry date, if any", hint="Leave blank if it does not expire", called="The expiry date"
    )
    evidence = file_fields.held(
        "Certificate", "A photo or PDF, if you have one", ",".join((".pdf", *TAKEN)), multiple=False
    )
    once = IdempotencyKey()

    def validate_title(self, field: Field) -> None:
        if not self.course.data and not field.data:
            raise ValidationError("Choose a training from the list, or enter what it was called")
        refuse_unread(field, bool(self.course.data), LISTED)

    def validate_done_on(self, field: Field) -> None:
        if field.data and (problem := problem_with_days(field.data, None, clock.today())):
            date_fields.refuse(field, problem)

    def validate_valid_until(self, field: Field) -> None:
        done_on = None if self.done_on.errors else self.done_on.data  # what is wrong with that day is said there
        if done_on and (problem := problem_with_days(done_on, field.data, clock.today())):
            date_fields.refuse(field, problem)

    def typed(self, courses: Mapping[str, Course]) -> Typed:
        course = courses.get(self.course.data)
        until = self.valid_until.data or (valid_until(self.done_on.data, course.valid_months) if course else None)
        title = course.title if course else self.title.data
        return {
            "course_id": course.id if course else None,
            "title": title,
            "done_on": self.done_on.data,
            "valid_until": until,
        }


def record_form(courses: Mapping[str, Course], boards: Sequence[tuple[str, str]], chosen: str = "") -> RecordForm:
    form = RecordForm(once=uuid4(), course=chosen)
    form.board.choices = list(boards)
    form.course.choices = [(OTHER, "Something else"), *((key, one.title) for key, one in courses.items())]
    return form


def named(courses: Sequence[Course]) -> dict[str, Course]:
    """Things by their id as text."""
    return {str(one.id): one for one in courses}


class CorrectForm(CorrectingForm):
    done_on = date_fields.day(
        "On which day was it done?", "Enter the training date", called="The training date", asks=date_fields.PAST
    )
    valid_until = date_fields.day(
        "Expiry date, if any", hint="Leave blank if it does not expire", called="The expiry date"
    )
    reason = reason_of_row()
    line = line_of_row()

    was: Days | None = None

    def validate_done_on(self, field: Field) -> None:
        if field.data and (problem := problem_with_days(field.data, None, clock.today())):
            date_fields.refuse(field, problem)
        if field.data and Days(field.data, self.valid_until.data) == self.was:
            raise ValidationError("The record says this already. Enter what is right")

    def validate_valid_until(self, field: Field) -> None:
        done_on = None if self.done_on.errors else self.done_on.data  # what is wrong with that day is said there
        if done_on and (problem := problem_with_days(done_on, field.data, clock.today())):
            date_fields.refuse(field, problem)


def correct_form(was: Days) -> CorrectForm:
    form = CorrectForm(done_on=was.done_on, valid_until=was.valid_until)
    form.was, form.record_says = was, was.words
    return form
