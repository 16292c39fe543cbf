"""What officers type about the plan of inductions."""

from __future__ import annotations

from portal.infra import forms
from portal.training.inductions.rules import OWNERS


class StepForm(forms.Form):
    title = forms.line("What is to be done?", "Enter what is to be done", is_sentence=True)
    owner = forms.radios("Who does it?", OWNERS, "Select who does it")
    days = forms.whole_number("How many days after the appointment begins?", 0, 540)
    at_first_meeting = forms.tick("It is for their first meeting, and due on that day as soon as one is arranged")
