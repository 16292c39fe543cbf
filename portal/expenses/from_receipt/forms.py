"""What a receipt does not say by itself: how much it was, and what for. The day is that of the claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.core.money import parse_pence
from portal.expenses.categories import CATEGORIES, COST, Category
from portal.expenses.claims.forms import PROOF, PROOF_WORDS
from portal.expenses.claims.prices import terms_on
from portal.infra import forms
from portal.infra.fields import file_fields
from portal.infra.fields.idempotency import IdempotencyKey
from portal.infra.fields.money_field import money

if TYPE_CHECKING:
    from portal.core.values import Typed
    from portal.expenses.models import Claim

NOT_COVERED = "(not covered by your board yet)"


class ReceiptForm(forms.Form):
    """One expense that was paid in one sum. What is measured by miles or hours has questions of its own."""

    receipts = file_fields.held("Photo of your receipt", PROOF_WORDS, PROOF)
    paid = money("What did you pay?", "Enter what you paid, like 4.50", called="What you paid")
    category = forms.radios("What was it for?", (), "Choose what it was for")
    once = IdempotencyKey()

    def typed_of(self, claim: Claim) -> Typed:
        paid = parse_pence(self.paid.data)
        return {"category": self.category.data, "spent_on": claim.happened_on, "paid": paid}


def receipt_form(claim: Claim) -> ReceiptForm:
    look, form = terms_on(claim), ReceiptForm()

    def named(one: Category) -> str:
        terms = look(one.key, claim.happened_on)
        return one.words if terms and terms.is_covered else f"{one.words} {NOT_COVERED}"

    form.category.choices = [(one.key, named(one)) for one in CATEGORIES if one.measure == COST]
    return form
