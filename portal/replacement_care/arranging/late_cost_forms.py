"""What officers type of a provider's invoice that comes after the day, or although care was called off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from wtforms import Field
from wtforms.validators import ValidationError

from portal.core.money import as_typed, pounds
from portal.core.text import short_day_words
from portal.infra import forms
from portal.infra.fields.money_field import money, pence_of

if TYPE_CHECKING:
    from portal.replacement_care.models import CareProvider, CareRequest


class LateCostForm(forms.Form):
    """Finance pays a provider that it knows: whoever the rep found has to be one by the time an invoice is paid."""

    not_saved = ("sure",)

    provider = forms.select(
        "Who sent the invoice?",
        "Select who sent the invoice",
        hint="If they are not in the list, ask your administrator to add them to the board’s care providers",
    )
    cost = money(
        "What does the provider charge?",
        "Enter what the provider charges, like 45.50",
        called="What the provider charges",
    )
    invoice = forms.line(
        "Their invoice number",
        "Enter their invoice number",
        most=40,
        hint="If it has no number, enter the date of the invoice",
    )
    sure = forms.tick("I’ve checked this and it is right")
    version = forms.version()
    doubts: Sequence[str] = ()  # what of it may be a slip, a sentence each

    def validate_sure(self, field: Field) -> None:
        if not field.data:
            raise ValidationError(f"{'. '.join(self.doubts)}. Check it, then tick the box if it is right")

    def pence(self) -> int:
        return pence_of(self.cost.data) or 0


def late_cost_form(care: CareRequest, providers: Sequence[CareProvider], is_sent: bool = False) -> LateCostForm:
    """Shows what is saved. Asks who sent the invoice only where that is not known."""
    kept = {"version": care.version, "provider": str(care.provider_id or "")}
    kept |= {"cost": as_typed(care.cost), "invoice": care.invoice}
    form = LateCostForm(**kept) if is_sent else LateCostForm(formdata=None, **kept)
    form.provider.choices = [("", "Choose"), *((str(one.id), one.name) for one in providers)]
    if care.provider_id:
        del form.provider
    if not is_sent:
        del form.sure
    return form


def doubt(form: LateCostForm, limit: int | None, same: CareRequest | None) -> None:
    """Ask once more where it is over the policy's limit, or where `same` has that invoice of that provider already."""
    over = limit is not None and form.pence() > limit
    form.doubts = [
        *([f"{pounds(form.pence())} is over the limit of {pounds(limit or 0)} each time"] if over else []),
        *([f"Invoice {same.invoice} is already entered for care on {short_day_words(same.on_day)}"] if same else []),
    ]
    if not form.doubts:
        del form.sure
