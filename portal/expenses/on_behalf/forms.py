"""What officers type about a claim for somebody."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID, uuid4

from wtforms import Field

from portal.core import clock
from portal.expenses.claims.rules import FOR, problem_with_day
from portal.infra import forms
from portal.infra.fields import date_fields
from portal.infra.fields.idempotency import IdempotencyKey


class ClaimForRepForm(forms.Form):
    person = forms.select("Who is it for?", "Select who it is for")
    what = forms.radios("What was it for?", FOR, "Choose what it was for")
    title = forms.line("What was it called?", "Enter what it was called", 200, "For example, the name of the group")
    happened_on = date_fields.day(
        "On which day?", "Enter the day it was on", called="The day it was on", asks=date_fields.PAST
    )
    once = IdempotencyKey()
    role_began: Callable[[str], date | None] = staticmethod(lambda _person_id: None)  # on this board, by person

    def validate_happened_on(self, field: Field) -> None:
        first = self.role_began(self.person.data) if self.person.data else None
        if problem := problem_with_day(field.data, clock.today(), first):
            date_fields.refuse(field, problem)


def claim_for_rep_form(
    people: Sequence[tuple[UUID, str]], role_began: Callable[[UUID], date | None]
) -> ClaimForRepForm:
    form, known = ClaimForRepForm(), {str(key): key for key, _ in people}
    form.role_began = lambda typed: role_began(known[typed]) if typed in known else None
    form.person.choices = [("", "Choose"), *((str(key), name) for key, name in people)]
    if not form.is_submitted():
        form.once.data = uuid4()
    return form
