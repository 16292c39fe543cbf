"""What administrators type to correct a meeting or a target."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from wtforms import Field
from wtforms.validators import ValidationError

from portal.boards.rules import LEAST_TARGET_DAYS, MOST_TARGET_DAYS
from portal.core import clock
from portal.core.calendar import NoSuchHour, moment
from portal.core.clock import london_day
from portal.core.text import count_words, date_words
from portal.corrections.correcting_form import CorrectingForm
from portal.corrections.forms import reason_of_fact
from portal.infra import forms
from portal.infra.fields import date_fields
from portal.infra.fields.unread import refuse_unread
from portal.meetings.rules import sits_again
from portal.papers.correcting.rules import DAY, HELD_WORDS, choices_for, problem_with_day, problem_with_days

if TYPE_CHECKING:
    from portal.boards.models import PaperTarget
    from portal.meetings.models import Meeting

NOT_ANOTHER_DAY = "You did not choose that it was held on another day. Choose that, or clear this day"


class MeetingForm(CorrectingForm):
    what = forms.radios("What is right?", (), "Select what is right")
    day = date_fields.day(
        "If it was held on another day: which day?", called="The day it was held", asks=date_fields.PAST
    )
    reason = reason_of_fact()

    meeting: Meeting | None = None

    def validate_day(self, field: Field) -> None:
        refuse_unread(field, self.what.data not in (DAY, None), NOT_ANOTHER_DAY)
        if self.what.data != DAY:
            return
        if not field.data:
            raise ValidationError("Enter the day on which it was held")
        if self.meeting and (problem := _problem(self.meeting, field.data)):
            raise ValidationError(problem)


def _problem(meeting: Meeting, day: date) -> str:
    following = meeting.meets_on if sits_again(meeting) else None
    called_on = london_day(meeting.called_at)
    try:
        moment(day, meeting.starts_at.astimezone(clock.LONDON).time())
    except NoSuchHour:
        return "The clocks went forward on this day and skipped its hour. Enter another day"
    return problem_with_day(day, meeting.opened_on, following, called_on, clock.today())


def meeting_form(meeting: Meeting) -> MeetingForm:
    form = MeetingForm()
    form.meeting, form.what.choices = meeting, list(choices_for(meeting.status))
    form.record_says = f"{HELD_WORDS[meeting.status]}, {date_words(meeting.opened_on)}"
    return form


class TargetForm(CorrectingForm):
    days = forms.whole_number("How many days was the target?", LEAST_TARGET_DAYS, MOST_TARGET_DAYS)
    reason = reason_of_fact()

    was = 0

    def validate_days(self, field: Field) -> None:
        if (field.data or "").isdecimal() and (problem := problem_with_days(int(field.data), self.was)):
            raise ValidationError(problem)


def target_form(target: PaperTarget) -> TargetForm:
    form = TargetForm()
    form.was, form.record_says = target.days, count_words(target.days, "day")
    return form
