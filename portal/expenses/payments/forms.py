"""What approvers type about payment runs and payees."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from wtforms import Field
from wtforms.validators import ValidationError

from portal.core import clock
from portal.expenses.payments.rules import problem_with_payment_day
from portal.infra import forms
from portal.infra.fields import date_fields
from portal.infra.fields.each_field import Thing, each

if TYPE_CHECKING:
    from portal.expenses.models import Payee


class RunForm(forms.Form):
    claims = forms.checkboxes("Claims to pay")


class PaidForm(forms.Form):
    paid_on = date_fields.day(
        "When did finance pay?",
        "Enter the day on which finance paid",
        called="The payment date",
        asks=date_fields.PAST,
    )

    bounds: tuple[date, date | None] = (date.min, None)  # when the run was made, and until when the books are closed

    def validate_paid_on(self, field: Field) -> None:
        made_on, closed = self.bounds
        if field.data and (problem := problem_with_payment_day(field.data, made_on, clock.today(), closed)):
            raise ValidationError(problem)


def paid_form(made_at: datetime, closed: date | None, **shown: date | None) -> PaidForm:
    form = PaidForm(**shown)
    form.bounds = (clock.london_day(made_at), closed)
    return form


class PayeesForm(forms.VersionForm):
    payee = each(forms.line("", most=40), may_be_missing=True)


def payees_form(people: Iterable[tuple[UUID, str]], known: Mapping[UUID, Payee]) -> PayeesForm:
    """One reference for each person and provider; whoever came since the page was opened keeps theirs."""
    references = {key: one.reference for key, one in known.items()}
    return PayeesForm(payee={key: Thing(name, references.get(key, "")) for key, name in people})
