"""What staff type to say how people of their board can ring them."""

from __future__ import annotations

from wtforms import StringField

from portal.infra import forms
from portal.infra.fields.phone_field import phone

LABEL = "Work phone"


def work_phone(hint: str, own: str = "") -> StringField:
    return phone(LABEL, hint, own)


class WorkPhoneForm(forms.Form):
    work_phone = work_phone(
        "Only people of your board can see it. Leave this blank to show your email address alone", own="tel"
    )
