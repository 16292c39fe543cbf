"""What officers type about a claim for somebody."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID, uuid4

from wtforms import Field
from wtforms.validators import ValidationError

from portal.core import clock
from portal.expenses.claims.rules import FOR, problem_with_day
from portal.infra import forms
from portal.infra.fields import date_fields
from portal.infra.fields.idempotency import IdempotencyKey


class ClaimForRepForm(forms.Form):
    person = forms.select("For whom?", "Choose for whom")
    what = forms.radios("What was it for?", FOR, "Choose what it was for")
    title = forms.line("What was it called?", "Enter what it was called", 200, "For example, the name of the group")
    happened_on = date_fields.day("On which day?", "Enter the day it was on", asks=date_fields.PAST)
    once = IdempotencyKey()

    def validate_person(self, field: Field) -> None:
        if not field.data:
            raise ValidationError("Choose for whom")

    def validate_happened_on(self, field: Field) -> None:
        if problem := problem_with_day(field.data, clock.today(), None):
            raise ValidationError(problem)


def claim_for_rep_form(people: Sequence[tuple[UUID, str]]) -> ClaimForRepForm:
    form = ClaimForRepForm()
    form.person.choices = [("", "Choose"), *((str(key), name) for key, name in people)]
    if not form.is_submitted():
        form.once.data = uuid4()
    return form
