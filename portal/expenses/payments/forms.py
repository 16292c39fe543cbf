"""What approvers type about payment runs and payees."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from wtforms import Field
from wtforms.validators import ValidationError

from portal.core import clock
from portal.core.text import together
from portal.expenses.payments.offers import Offer, without_provider, without_reference
from portal.expenses.payments.rules import problem_with_payment_day, problem_with_reference
from portal.infra import forms
from portal.infra.fields import date_fields
from portal.infra.fields.each_field import Thing, each
from portal.infra.merging_form import MergingForm

if TYPE_CHECKING:
    from portal.expenses.payments.models import Payee


TAKEN = (
    "Someone put one of these into another run, or changed its amount. Check what is still selected, then make the run "
    "again"
)


class RunForm(forms.Form):
    claims = forms.checkboxes("Select what to pay")
    all_the_same = forms.tick("")
    is_taken = False  # something that was ticked is not free any more
    unknown: Sequence[str] = ()  # those among whoever was ticked for whom finance has no reference
    unnamed: Sequence[str] = ()  # the invoices that were ticked of which nobody said who sent them

    def chosen(self, offers: Sequence[Offer]) -> list[Offer]:
        return [one for one in offers if one.key in self.claims.data]

    def validate_claims(self, field: Field) -> None:
        if self.is_taken:
            raise ValidationError(TAKEN)
        if not field.data:
            raise ValidationError("Select what to pay")

    def validate_all_the_same(self, field: Field) -> None:
        asks = [f"add a payee reference for {together(self.unknown)}"] if self.unknown else []
        asks += (
            [f"ask the engagement officer who sent the invoice for {together(self.unnamed)}"] if self.unnamed else []
        )
        if asks and not field.data:
            words = " and ".join(asks)
            raise ValidationError(f"{words[0].upper()}{words[1:]}, or select the box to make the run without it")


def run_form(offers: Sequence[Offer]) -> RunForm:
    """What is on offer is ticked when the page is opened, but for invoices to look at; and what was ticked, when it is
    shown again."""
    form = RunForm()
    free = [one.key for one in offers]
    form.claims.choices = [(one.key, one.words) for one in offers]
    ticked = form.claims.data or [] if form.is_submitted() else [one.key for one in offers if not one.is_to_look_at]
    form.is_taken, form.claims.data = bool(set(ticked) - set(free)), [key for key in free if key in ticked]
    chosen = form.chosen(offers)
    form.unknown, form.unnamed = without_reference(chosen), without_provider(chosen)
    if missing := [*without_reference(offers), *without_provider(offers)]:
        form.all_the_same.label.text = f"Make the run without a payee reference for {together(missing)}"
    else:
        del form.all_the_same
    return form


class PaidForm(forms.Form):
    paid_on = date_fields.day(
        "Date finance paid",
        "Enter the date finance paid",
        called="The payment date",
        asks=date_fields.PAST,
    )

    all_the_same = forms.tick("")
    bounds: tuple[date, date | None] = (date.min, None)  # when the run was made, and until when the books are closed
    unknown: Sequence[str] = ()  # those in the run for whom finance has no reference

    def validate_paid_on(self, field: Field) -> None:
        made_on, closed = self.bounds
        if field.data and (problem := problem_with_payment_day(field.data, made_on, clock.today(), closed)):
            date_fields.refuse(field, problem)

    def validate_all_the_same(self, field: Field) -> None:
        if self.unknown and not field.data:
            words = f"Add a payee reference for {together(self.unknown)}"
            raise ValidationError(f"{words}, or select the box to mark the run as paid without it")


def paid_form(made_at: datetime, closed: date | None, unknown: Sequence[str]) -> PaidForm:
    """`unknown` are those for whom finance has no reference: their names are asked about once more."""
    form = _asking(PaidForm(), unknown)
    form.bounds = (clock.london_day(made_at), closed)
    return form


def opened_paid_form(today: date, unknown: Sequence[str]) -> PaidForm:
    """As the page is opened."""
    return _asking(PaidForm(formdata=None, paid_on=today), unknown)


def _asking(form: PaidForm, unknown: Sequence[str]) -> PaidForm:
    form.unknown = unknown
    if unknown:
        form.all_the_same.label.text = f"Mark it as paid without a payee reference for {together(unknown)}"
    else:
        del form.all_the_same
    return form


def _is_reference(_form: object, field: Field) -> None:
    """One that is stored already stays."""
    typed = field.data or ""
    if typed != (field.object_data or "") and (problem := problem_with_reference(typed)):
        raise ValidationError(problem)


class PayeesForm(MergingForm):
    payee = each(forms.line("", most=40, checks=[_is_reference]), may_be_missing=True)


def payees_form(people: Iterable[tuple[UUID, str]], known: Mapping[UUID, Payee], *, is_opened: bool) -> PayeesForm:
    """One reference for each person and provider; whoever came since the page was opened keeps theirs.

    `is_opened`: what was sent is of another page, from which somebody comes.
    """
    references = {key: one.reference for key, one in known.items()}
    shown = {key: Thing(name, references.get(key, "")) for key, name in people}
    return PayeesForm(formdata=None, payee=shown) if is_opened else PayeesForm(payee=shown)
