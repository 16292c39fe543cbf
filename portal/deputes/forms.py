"""What people type to nominate a depute, and to decide."""

from __future__ import annotations

from collections.abc import Sequence

from wtforms import Field
from wtforms.validators import ValidationError

from portal.infra import forms

YES, NO = "yes", "no"


class NominateForm(forms.Form):
    group = forms.select("You sit on", "Choose the group")
    name = forms.line("Their name", "Enter their name")
    email = forms.email("Their email address")
    why = forms.paragraphs(
        "Why are they a good choice?", "Say in a few words why they are a good choice", 1000, "Your officer reads this."
    )
    only = forms.select("For which meetings?", "Choose from the list")


class DecideForm(forms.Form):
    answer = forms.radios("Can they be a depute?", ((YES, "Yes. Invite them"), (NO, "No")), "Choose yes or no")
    reason = forms.line("If not, why?", most=300, hint="The rep reads this")

    def validate_reason(self, field: Field) -> None:
        if self.answer.data == NO and not field.data:
            raise ValidationError("Say why not, so that the rep understands")


def nominate_form(groups: Sequence[tuple[str, str]], meetings: Sequence[tuple[str, str]]) -> NominateForm:
    form = NominateForm()
    form.group.choices = list(groups)
    form.only.choices = [("", "Any meeting of the group"), *meetings]
    if not form.is_submitted():
        form.group.data, form.only.data = groups[0][0] if groups else "", ""
    return form
