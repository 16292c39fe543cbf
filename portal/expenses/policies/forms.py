"""What approvers and administrators type about a policy, and what it says of each kind of expense."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wtforms import Field
from wtforms.validators import ValidationError

from portal.core.money import as_typed, parse_pence, pounds
from portal.core.values import Typed
from portal.expenses.categories import BY_KEY, COST, MILES, TIME
from portal.expenses.policies.wording import limit_beside_rate
from portal.expenses.pricing import CAP_PER, Terms
from portal.infra import forms
from portal.infra.fields import date_fields
from portal.infra.fields.money_field import money, pence_of

if TYPE_CHECKING:
    from portal.expenses.models import ExpensePolicy, PolicyTerms


class PolicyForm(forms.Form):
    from_on = date_fields.day("When does it start?", "Enter the first day", called="The first day of the policy")
    deadline_days = forms.whole_number(
        "Days in which to send a claim", 7, 730, called="The number of days in which to send a claim"
    )
    pay_days = forms.whole_number(
        "Days in which you promise to pay", 1, 120, called="The number of days in which you promise to pay"
    )
    decided_by = forms.line("Who decides?", "Say who decides on claims", hint="For example, the finance team")
    not_covered = forms.paragraphs("What you do not cover yet", most=1000, hint="Say it openly: everyone can read this")
    letters = forms.line("Letters before the number of a claim", "Enter two to four letters", 4, "For example, NF")
    cost_code = forms.line("Cost code for finance", most=40)
    version = forms.version()

    def validate_letters(self, field: Field) -> None:
        if not re.fullmatch(r"[A-Za-z]{2,4}", field.data or ""):
            raise ValidationError("Enter two to four letters, like NF")

    def typed(self) -> Typed:
        names = ("decided_by", "not_covered", "cost_code")
        days = {"deadline_days": int(self.deadline_days.data), "pay_days": int(self.pay_days.data)}
        words = {name: self[name].data or "" for name in names}
        return {**days, **words, "prefix": self.letters.data.upper(), "from_on": self.from_on.data}


def policy_form(policy: ExpensePolicy) -> PolicyForm:
    names = ("from_on", "decided_by", "not_covered", "cost_code", "version")
    days = {"deadline_days": str(policy.deadline_days), "pay_days": str(policy.pay_days)}
    return PolicyForm(letters=policy.prefix, **{name: getattr(policy, name) for name in names}, **days)


MOST_RATES = {MILES: (200, "a mile"), TIME: (10_000, "an hour")}  # pence


class TermsForm(forms.Form):
    measure = COST
    category = ""

    is_covered = forms.radios("Do you cover this?", (("yes", "Yes"), ("no", "Not yet")), "Choose yes or not yet")
    rate = money(
        "Rate, in pounds",
        hint="For each mile or hour, like 0.55. Leave blank to pay what it cost",
        called="The rate",
    )
    band_miles = forms.whole_number(
        "The rate applies to the first … miles of a tax year",
        1,
        999_999,
        "Or leave this blank",
        optional=True,
        called="The number of miles to which the rate applies",
    )
    rate_after = money("Rate after that, in pounds", hint="Like 0.25", called="The rate after that")
    cap = money("Limit, in pounds", hint="The most you pay. Leave blank if there is none", called="The limit")
    cap_per = forms.radios("The limit is for", CAP_PER, "Choose for what the limit is", default="item")
    receipt = forms.radios(
        "Is a receipt needed?",
        (("never", "Never"), ("always", "Always"), ("over", "Over an amount")),
        "Choose if a receipt is needed",
    )
    receipt_over = money(
        "Over which amount, in pounds?", hint="Like 5", called="The amount over which a receipt is needed"
    )
    examples = forms.line("Examples", most=300, hint="In plain words. Everyone can read this")
    version = forms.version()

    @property
    def terms(self) -> Terms:
        """What is typed of the rate and the limit, as far as it can be read."""
        rate, after, cap = (pence_of(self[name].data) for name in ("rate", "rate_after", "cap"))
        return Terms(True, rate, rate_after=after, cap=cap)

    def say_what_limit_pays_for(self, before: Terms) -> None:
        """Beside the limit: what it comes to at the rate, now and before."""
        if said := limit_beside_rate(self.category, self.terms, before):
            self.cap.description = f"{self.cap.description}. {said}. If you change the rate, check the limit too"

    def validate_rate(self, field: Field) -> None:
        most, of = MOST_RATES.get(self.measure, (0, ""))
        if most and (pence_of(field.data) or 0) > most:
            raise ValidationError(f"The most that a policy can pay is {pounds(most)} {of}")

    validate_rate_after = validate_rate

    def validate_receipt_over(self, field: Field) -> None:
        if self.receipt.data == "over" and not field.data:
            raise ValidationError("Enter the amount over which a receipt is needed")

    def typed(self) -> Typed:
        amounts = {
            name: parse_pence(self[name].data) if self[name].data else None for name in ("rate", "rate_after", "cap")
        }
        over = {"never": None, "always": 0}.get(self.receipt.data, parse_pence(self.receipt_over.data or "0"))
        return {
            **amounts,
            "is_covered": self.is_covered.data == "yes",
            "band_miles": int(self.band_miles.data) if self.band_miles.data else None,
            "cap_per": self.cap_per.data,
            "receipt_over": over,
            "examples": self.examples.data or "",
        }


def terms_form(terms: PolicyTerms) -> TermsForm:
    receipt = "never" if terms.receipt_over is None else "over" if terms.receipt_over else "always"
    form = TermsForm(
        is_covered="yes" if terms.is_covered else "no",
        rate=as_typed(terms.rate),
        band_miles=str(terms.band_miles or ""),
        rate_after=as_typed(terms.rate_after),
        cap=as_typed(terms.cap),
        cap_per=terms.cap_per,
        receipt=receipt,
        receipt_over=as_typed(terms.receipt_over),
        examples=terms.examples,
        version=terms.version,
    )
    form.category = terms.category
    form.measure = BY_KEY[terms.category].measure
    return form
