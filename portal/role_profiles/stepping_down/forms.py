"""What a rep types who wants to stop, and what their officer makes of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from wtforms import Field
from wtforms.validators import ValidationError

from portal.boards.seats.forms import LeavingForm
from portal.core import clock
from portal.core.text import day_words
from portal.infra import forms
from portal.infra.fields import date_fields
from portal.role_profiles.stepping_down.rules import WORDS_MOST, problem_with_day_to_set, problem_with_last_day

if TYPE_CHECKING:
    from portal.role_profiles.models import StepDownRequest
    from portal.role_profiles.queries import SeatHeld


SOON, LATER = "soon", "later"
NO_DAY = "Enter the last day you would like, or select “As soon as possible”"
BOTH_DAYS = "Select “As soon as possible” or enter a day, not both"


class StopForm(forms.Form):
    seats = forms.checkboxes("Which seats do you want to give up?")
    when = forms.radios(
        "When would you like to stop?", ((SOON, ""), (LATER, "On a later day")), "Select when you would like to stop"
    )
    last_day = date_fields.day("If it is a later day, which?", called="The last day")
    words = forms.paragraphs(
        "Is there anything you would like your officer to know?",
        most=WORDS_MOST,
        hint="You do not need to say anything. Only the engagement officers of your board can read it",
    )
    held: Sequence[SeatHeld] = ()

    def validate_seats(self, field: Field) -> None:
        if not self.chosen():
            raise ValidationError("Select at least one seat")

    def validate_last_day(self, field: Field) -> None:
        if field.errors:  # what cannot be read
            return
        if field.data and self.when.data == SOON:
            raise ValidationError(BOTH_DAYS)
        if not field.data and self.when.data == LATER:
            raise ValidationError(NO_DAY)
        ends_on = [(one.group.name, one.appointment.until_on) for one in self.chosen()]
        if field.data and (problem := problem_with_last_day(field.data, clock.today(), ends_on)):
            date_fields.refuse(field, problem)

    def day(self) -> date:
        """As soon as possible is today."""
        return clock.today() if self.when.data == SOON else self.last_day.data

    def chosen(self) -> list[SeatHeld]:
        """The seats to give up: whoever has one seat is not asked which."""
        if len(self.held) == 1:
            return list(self.held)
        return [one for one in self.held if str(one.appointment.id) in (self.seats.data or ())]


def stop_form(held: Sequence[SeatHeld]) -> StopForm:
    """For the seats that somebody holds and has not asked to leave yet."""
    form = StopForm()
    form.held = held
    today = f"As soon as possible: I would like today, {day_words(clock.today())}, to be my last day"
    form.when.choices = [(SOON, today), (LATER, "On a later day")]
    if any(form.last_day.raw_data or ()) and not form.when.data:
        form.when.data = LATER  # a day says it
    form.seats.choices = [(str(one.appointment.id), f"{one.group.name}, {one.board.short_name}") for one in held]
    return form


class LastDayForm(LeavingForm):
    until_on = date.max  # the last day they have now

    def validate_last_day(self, field: Field) -> None:
        if field.data and (problem := problem_with_day_to_set(field.data, clock.today(), self.until_on)):
            date_fields.refuse(field, problem)


def last_day_form(asked: StepDownRequest) -> LastDayForm:
    """With the day that the rep asked for, while it is not over."""
    form = LastDayForm(last_day=max(asked.last_day_on, clock.today()))
    form.until_on = asked.appointment.until_on
    return form
