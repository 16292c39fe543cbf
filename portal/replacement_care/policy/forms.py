"""What a board's policy of care says, and what is known of a provider."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.core.money import as_typed
from portal.core.values import Typed
from portal.infra import forms
from portal.infra.fields.money_field import money, pence_of
from portal.infra.merging_form import MergingForm
from portal.replacement_care.requests.rules import (
    ARRANGED_BY,
    MOST_TEXT_DAYS,
)

if TYPE_CHECKING:
    from portal.replacement_care.models import CarePolicy, CareProvider


class PolicyForm(forms.Form):
    is_provided = forms.radios(
        "Does the board provide care while reps meet?", (("yes", "Yes"), ("no", "Not yet")), "Select yes or not yet"
    )
    arranged_by = forms.radios("Who arranges it?", ARRANGED_BY, "Select who arranges it")
    counts_travel = forms.tick("Travel time is covered")
    counts_preparation = forms.tick("Time to read and prepare is covered")
    hourly_rate = money(
        "Rate for an hour, in pounds", hint="Leave blank to pay what it costs", called="The rate for an hour"
    )
    cap = money(
        "The most you’ll pay each time, in pounds",
        hint="Leave blank if there is no limit",
        called="The most you’ll pay each time",
    )
    lead_days = forms.whole_number(
        "How many days does a provider need?", 0, 60, called="The number of days a provider needs"
    )
    text_days = forms.whole_number(
        "After how many days do we remove what reps wrote?",
        1,
        MOST_TEXT_DAYS,
        called="The number of days after which we remove what reps wrote",
    )
    words = forms.paragraphs("Anything else, in plain words", most=1000, hint="Everyone can read this")
    version = forms.version()

    def typed(self) -> Typed:
        return {
            "is_provided": self.is_provided.data == "yes",
            "arranged_by": self.arranged_by.data,
            "counts_travel": bool(self.counts_travel.data),
            "counts_preparation": bool(self.counts_preparation.data),
            "hourly_rate": pence_of(self.hourly_rate.data),
            "cap": pence_of(self.cap.data),
            "lead_days": int(self.lead_days.data),
            "text_days": int(self.text_days.data),
            "words": self.words.data or "",
        }


def policy_form(found: CarePolicy | None, lead_days: int, text_days: int) -> PolicyForm:
    if found is None:
        days = {"lead_days": str(lead_days), "text_days": str(text_days)}
        return PolicyForm(**days, counts_travel=True, counts_preparation=True, arranged_by="officer", version=1)
    names = ("arranged_by", "counts_travel", "counts_preparation", "words", "version")
    return PolicyForm(
        **{name: getattr(found, name) for name in names},
        is_provided="yes" if found.is_provided else "no",
        hourly_rate=as_typed(found.hourly_rate),
        cap=as_typed(found.cap),
        lead_days=str(found.lead_days),
        text_days=str(found.text_days),
    )


class ProviderForm(MergingForm):
    name = forms.name("Name", "Enter the name of the provider")
    contact = forms.line(
        "How to reach them",
        hint="A phone number or email address. Do not write anything about the people cared for",
        is_sentence=True,
    )
    lead_days = forms.whole_number("How many days do they need?", 0, 60, called="The number of days they need")
    hourly_rate = money("Rate for an hour, in pounds", hint="Leave blank if it differs", called="The rate for an hour")

    def typed(self) -> Typed:
        rate = pence_of(self.hourly_rate.data)
        words = {"name": self.name.data, "contact": self.contact.data or ""}
        return {**words, "lead_days": int(self.lead_days.data), "hourly_rate": rate}


def provider_form(found: CareProvider | None, lead_days: int) -> ProviderForm:
    if found is None:
        form = ProviderForm(lead_days=str(lead_days))
        form.is_new()
        return form
    days = str(found.lead_days)
    return ProviderForm(name=found.name, contact=found.contact, lead_days=days, hourly_rate=as_typed(found.hourly_rate))
