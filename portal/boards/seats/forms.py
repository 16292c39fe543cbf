"""What administrators type about seats and who sits in them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from wtforms import Field
from wtforms.validators import ValidationError

from portal.boards.seats.rules import (
    CAPACITIES,
    LEFT_BECAUSE,
    SeatDays,
    last_day_of_longest_term,
    problem_with_beginning,
    problem_with_end,
    votes_from,
)
from portal.infra import forms
from portal.infra.fields import date_fields
from portal.infra.merging_form import MergingForm

if TYPE_CHECKING:
    from portal.boards.models import Appointment, Board, Group, Seat


class SeatForm(MergingForm):
    title = forms.name("Name of the seat", "Enter a name for the seat", hint="For example, Carer representative")
    created_on = date_fields.day(
        "When was this seat created?",
        "Enter the day from which there is such a seat",
        called="The first day of the seat",
        asks=date_fields.PAST,
    )
    votes_from = date_fields.day(
        "May vote from", hint="Leave blank if the member may not vote", called="The voting date"
    )
    terms: Sequence[tuple[date, date]] = ()

    def validate_created_on(self, field: Field) -> None:
        if field.data and (problem := problem_with_beginning(field.data, self.terms)):
            date_fields.refuse(field, problem)


def new_seat_form(group: Group, board: Board) -> SeatForm:
    """The page as it is opened: from when the law lets carers of the board itself vote."""
    form = SeatForm(votes_from=votes_from(group.kind, board.model))
    form.is_new()
    return form


def seat_form(seat: Seat, terms: Sequence[tuple[date, date]]) -> SeatForm:
    """The page of a seat in which people sat, sit or will sit on these days."""
    form = SeatForm(obj=seat)
    form.terms = terms
    return form


class AppointForm(forms.Form):
    name = forms.name("Name", "Enter the person's name")
    email = forms.email()
    capacity = forms.radios("Appointed as", CAPACITIES, "Select what they are appointed as")
    from_on = date_fields.day("First day", "Enter the first day of the appointment", called="The first day")
    until_on = date_fields.day(
        "Last day",
        "Enter the last day of the appointment",
        "At most three years after the first day",
        called="The last day",
    )

    def validate_until_on(self, field: Field) -> None:
        if not (self.from_on.data and field.data):
            return
        if field.data < self.from_on.data:
            raise ValidationError("The last day must be after the first day")
        if field.data > last_day_of_longest_term(self.from_on.data):
            raise ValidationError("A term is at most three years. Enter an earlier last day")


def appoint_form(seat: SeatDays, today: date) -> AppointForm:
    """With the first free day where somebody sits there or will, and the last one before the next begins."""
    if not any(end >= today for _, end in seat.taken):
        return AppointForm()
    from_on, until_on = seat.next_free(today)
    return AppointForm(from_on=from_on, until_on=until_on)


class LeavingForm(forms.Form):
    """When somebody leaves their seat, and why."""

    last_day = date_fields.day("Last day", "Enter the last day", called="The last day")
    because = forms.radios(
        "Why do they leave?",
        LEFT_BECAUSE,
        "Choose why they leave, or that they did not say",
        "For figures only: it is never shown beside a name",
    )


class EndForm(LeavingForm):
    ends_reading = forms.tick(
        "Close past papers to them with their last day",
        "Otherwise they can read past papers for 60 days after it",
    )
    from_on: date | None = None  # of the appointment that ends
    others: Sequence[tuple[date, date]] = ()

    def validate_last_day(self, field: Field) -> None:
        if field.data and self.from_on and (problem := problem_with_end(self.from_on, field.data, self.others)):
            date_fields.refuse(field, problem)


def end_form(appointment: Appointment, others: Sequence[tuple[date, date]], today: date) -> EndForm:
    """For an appointment, where others have the seat on these days."""
    form = EndForm(last_day=max(today, appointment.from_on))
    form.from_on, form.others = appointment.from_on, others
    return form
