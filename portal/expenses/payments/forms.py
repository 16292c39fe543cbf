"""What approvers type about payment runs and payees."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from wtforms import Field
from wtforms.validators import ValidationError

from portal.core import clock
from portal.expenses.payments.rules import problem_with_payment_day, problem_with_reference
from portal.infra import forms
from portal.infra.fields import date_fields
from portal.infra.fields.each_field import Thing, each

if TYPE_CHECKING:
    from portal.expenses.models import Payee


TAKEN = "Someone put one of these into another run. Check what is still selected, then make the run again"


class RunForm(forms.Form):
    claims = forms.checkboxes("Claims to pay")
    is_taken = False  # something that was ticked is not free any more

    def validate_claims(self, field: Field) -> None:
        if self.is_taken:
            raise ValidationError(TAKEN)
        if not field.data:
            raise ValidationError("Select what to pay")


def run_form(offers: Sequence[tuple[str, str]]) -> RunForm:
    """All that is on offer is ticked when the page is opened, and what was ticked when it is shown again."""
    form = RunForm()
    free = [key for key, _ in offers]
    form.claims.choices = list(offers)
    ticked = form.claims.data or [] if form.is_submitted() else free
    form.is_taken, form.claims.data = bool(set(ticked) - set(free)), [key for key in free if key in ticked]
    return form


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
            date_fields.refuse(field, problem)


def paid_form(made_at: datetime, closed: date | None, **shown: date | None) -> PaidForm:
    form = PaidForm(**shown)
    form.bounds = (clock.london_day(made_at), closed)
    return form


def _is_no_account(_form: object, field: Field) -> None:
    if problem := problem_with_reference(field.data or ""):
        raise ValidationError(problem)


class PayeesForm(forms.VersionForm):
    payee = each(forms.line("", most=40, checks=[_is_no_account]), may_be_missing=True)


def payees_form(people: Iterable[tuple[UUID, str]], known: Mapping[UUID, Payee]) -> PayeesForm:
    """One reference for each person and provider; whoever came since the page was opened keeps theirs."""
    references = {key: one.reference for key, one in known.items()}
    return PayeesForm(payee={key: Thing(name, references.get(key, "")) for key, name in people})
