"""What approvers type about payment runs and payees."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from wtforms import Field
from wtforms.validators import ValidationError

from portal.core import clock
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

    def validate_paid_on(self, field: Field) -> None:
        if field.data and field.data > clock.today():
            raise ValidationError("Enter today or an earlier day")


class PayeesForm(forms.VersionForm):
    payee = each(forms.line("", most=40), may_be_missing=True)


def payees_form(people: Iterable[tuple[UUID, str]], known: Mapping[UUID, Payee]) -> PayeesForm:
    """One reference for each person; whoever came since the page was opened keeps theirs."""
    references = {key: one.reference for key, one in known.items()}
    return PayeesForm(payee={key: Thing(name, references.get(key, "")) for key, name in people})
