"""What people type to nominate a depute, and to decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from wtforms import Field
from wtforms.validators import ValidationError

from portal.infra import forms
from portal.infra.fields.each_field import Thing, each
from portal.infra.fields.unread import refuse_unread

YES, NO = "yes", "no"


class NominateForm(forms.Form):
    group = forms.select("Which group is it for?", "Select the group")
    name = forms.name("Their name", "Enter their name")
    email = forms.email("Their email address")
    why = forms.paragraphs(
        "Why are they a good choice?",
        "Say in a few words why they are a good choice",
        1000,
        "Your officer can read this",
    )
    only = forms.select("For which meetings?", "Choose from the list", may_be_empty=True)


class StandInForm(forms.Form):
    depute = forms.select("Depute", "Select the depute")
    rep = forms.select("Stands in for", "Select the rep")


class DecideForm(forms.Form):
    answer = forms.radios("Can they be a depute?", ((YES, "Yes. Invite them"), (NO, "No")), "Select yes or no")
    reason = forms.line("If not, why?", most=300, hint="The rep can read this")

    def validate_reason(self, field: Field) -> None:
        if self.answer.data == NO and not field.data:
            raise ValidationError("Say why not, so that the rep knows")
        refuse_unread(field, self.answer.data == YES)


def nominate_form(groups: Sequence[tuple[str, str]], meetings: Sequence[tuple[str, str]]) -> NominateForm:
    form = NominateForm()
    form.group.choices = list(groups)
    form.only.choices = [("", "Any meeting of the group"), *meetings]
    if not form.is_submitted():
        form.group.data, form.only.data = groups[0][0] if groups else "", ""
    return form


class WithdrawForm(forms.Form):
    goes = each(
        forms.radios(
            "should they still go?",
            ((YES, "Yes, they still go"), (NO, "No, take them off this meeting")),
            "select whether they should still go",
        )
    )


def withdraw_form(meetings: Mapping[UUID, str]) -> WithdrawForm:
    """One question for each meeting that a depute is down for."""
    return WithdrawForm(goes={key: Thing(name, None) for key, name in meetings.items()})
