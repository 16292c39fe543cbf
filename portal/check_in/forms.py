"""The one page: coming, care, travel, papers by post, anything that helps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from wtforms import Field
from wtforms.validators import ValidationError

from portal.check_in.rules import ATTENDED, CAME, COMING, DEPUTE, DIFFERENT, NO, SAME, TRAVEL, YES, Answers
from portal.core.values import Typed
from portal.corrections.forms import line_of_row, reason_of_row
from portal.infra import forms
from portal.infra.fields.each_field import Thing, each

if TYPE_CHECKING:
    from portal.check_in.models import CheckIn


class CheckInForm(forms.Form):
    coming = forms.radios("Are you coming?", COMING, "Say if you are coming")
    care = forms.radios(
        "Do you need somebody to care while you prepare, travel and meet?",
        ((SAME, "As last time"), (DIFFERENT, "Yes"), (NO, "No")),
        "Say if you need somebody to care",
    )
    care_words = forms.paragraphs(
        "What is needed, and when?",
        most=2000,
        hint="Only the officer who arranges it reads this. Never write a name or an illness",
    )
    travel = forms.select("How do you travel?", "Choose how you travel", ((SAME, "As last time"), *TRAVEL))
    travel_from = forms.line("From where?", most=200, hint="For example, home")
    printed = forms.radios(
        "Would you like the papers by post?",
        ((SAME, "As last time"), (YES, "Yes"), (NO, "No")),
        "Say if you would like the papers by post",
    )
    address = forms.paragraphs("To which address?", most=500, hint="Only your clerk and officer read this")
    help_words = forms.paragraphs(
        "Anything that would help?", most=1000, hint="A hearing loop, breaks, large print. Only your officer reads this"
    )
    _has_address = False

    def validate_care_words(self, field: Field) -> None:
        if self.care.data == DIFFERENT and not field.data:
            raise ValidationError("Say in a few words what is needed, and when")

    def validate_address(self, field: Field) -> None:
        if self.printed.data == YES and not field.data and not self._has_address:
            raise ValidationError("Enter the address to which we should post them")

    def answers(self) -> Answers:
        return Answers(**{name: self[name].data or "" for name in Answers.__dataclass_fields__})


class EmailForm(forms.Form):
    email = forms.email(own="email")


def check_in_form(
    last: CheckIn | None, current: CheckIn | None = None, as_depute: bool = False, care_words: str = ""
) -> CheckInForm:
    """The page as it is opened: as last time where there was one. `current` is only given to whoever is signed in.

    "As last time" stands there whatever it was, so that a mailed link does not tell.
    """
    form = CheckInForm(**_shown(current, care_words)) if current else CheckInForm()
    form._has_address = bool(last and last.address)
    if as_depute:  # nobody stands in for a depute
        form.coming.choices = [choice for choice in form.coming.choices if choice[0] != DEPUTE]
    if last is None:
        for field in (form.care, form.travel, form.printed):
            field.choices = [choice for choice in field.choices if choice[0] != SAME]
    if not form.is_submitted() and not current:
        form.care.data, form.travel.data, form.printed.data = (SAME, SAME, SAME) if last else (None, "none", NO)
    return form


def _shown(current: CheckIn, care_words: str) -> Typed:
    shown = {name: getattr(current, name, care_words) for name in Answers.__dataclass_fields__}
    return {**shown, "care": DIFFERENT if current.needs_care else NO, "printed": YES if current.printed else NO}


class AttendanceForm(forms.Form):
    attended = each(forms.select("", "Choose if they came", ATTENDED), may_be_missing=True)


def attendance_form(
    reps: Mapping[UUID, str], stand_ins: Mapping[UUID, str], said: Mapping[UUID, str]
) -> AttendanceForm:
    """One choice for each rep, or for whoever stood in for them; what was `said` before is proposed."""
    names = {key: f"{stand_ins[key]} (for {name})" if key in stand_ins else name for key, name in reps.items()}
    return AttendanceForm(attended={key: Thing(name, said.get(key, CAME)) for key, name in names.items()})


class CorrectAttendanceForm(forms.Form):
    attended = forms.radios("What is right?", ATTENDED, "Select what is right")
    reason = reason_of_row()
    line = line_of_row()

    was: str

    def validate_attended(self, field: Field) -> None:
        if field.data == self.was:
            raise ValidationError("The record says this already. Select what is right")


def correct_attendance_form(was: str) -> CorrectAttendanceForm:
    form = CorrectAttendanceForm()
    form.was = was
    return form
