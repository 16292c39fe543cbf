"""What approvers type about payment runs and payees."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from wtforms import Field
from wtforms.validators import ValidationError

from portal.core import clock
from portal.infra import forms
from portal.infra.fields import date_fields
from portal.infra.forms import SentForm


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


def payee_references(form: SentForm, people: Sequence[UUID]) -> dict[UUID, str]:
    """The fields payee-<id>, cleaned."""
    typed = {key: " ".join(form.get(f"payee-{key}", "").split()) for key in people}
    return {key: "".join(c for c in value if c.isprintable())[:40] for key, value in typed.items()}
