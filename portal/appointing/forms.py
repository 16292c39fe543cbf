"""What officers type to propose an appointment, and administrators to answer."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from wtforms import Field
from wtforms.validators import ValidationError

from portal.boards.seats.forms import AppointForm
from portal.infra import forms
from portal.infra.fields.idempotency import IdempotencyKey

if TYPE_CHECKING:
    from portal.boards.seats.rules import SeatDays

CONFIRM, DECLINE = "confirm", "decline"


class ProposeForm(AppointForm):
    once = IdempotencyKey()
    reason = forms.line(
        "Why them? (optional)",
        most=500,
        hint="Administrators can read this, and so can the person. Do not include anything about health or care",
    )


def propose_form(seat: SeatDays, today: date) -> ProposeForm:
    """With the first free day of the seat, as whoever appoints has it."""
    if not any(end >= today for _, end in seat.taken):
        return ProposeForm()
    from_on, until_on = seat.next_free(today)
    return ProposeForm(from_on=from_on, until_on=until_on)


class AnswerForm(forms.Form):
    answer = forms.radios(
        "Do you confirm this appointment?",
        [(CONFIRM, "Yes, appoint them"), (DECLINE, "No, decline the proposal")],
        "Select whether you confirm this appointment",
    )
    why = forms.line("If not, why?", most=300, hint="The officer can read this. Do not include anything about health")

    def validate_why(self, field: Field) -> None:
        if self.answer.data == DECLINE and not field.data:
            raise ValidationError("Enter why not, so that the officer knows")
