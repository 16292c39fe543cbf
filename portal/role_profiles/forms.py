"""What reps type about their hours and what the public sees, and what the public writes to them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from wtforms import Field
from wtforms.validators import ValidationError

from portal.core import clock
from portal.infra import forms
from portal.infra.fields import date_fields, file_fields
from portal.infra.fields.duration_field import duration
from portal.infra.merging_form import MergingForm
from portal.infra.pictures.clean import TAKEN, TAKEN_WORDS
from portal.role_profiles.rules import KINDS, PHOTO, SHOWS, problem_with_day

if TYPE_CHECKING:
    from portal.role_profiles.models import PublicProfile


class TimeForm(forms.Form):
    sent_with = "Save these hours"

    spent_on = date_fields.day(
        "Day", "Enter the day you gave these hours", called="The day you gave these hours", asks=date_fields.PAST
    )
    hours = duration("How many hours?", "Enter how long, like 1.5 or 1:30")
    kind = forms.select("For what?", "Choose for what", KINDS)
    group = forms.select("For which group?", "Choose the group")

    def validate_spent_on(self, field: Field) -> None:
        if field.data and (problem := problem_with_day(field.data, clock.today())):
            date_fields.refuse(field, problem)


class ProfileForm(MergingForm):
    shows = forms.checkboxes("What may everyone see?", SHOWS, "If you leave all of these unticked, nothing is shown")
    about = forms.line("A few words about you", most=500, hint="Everyone can read this. Leave out what is private")
    photo = file_fields.held(
        "Your photo",
        f"{TAKEN_WORDS}. We take out where and when it was taken",
        ",".join(TAKEN),
        multiple=False,
    )
    has_photo = False

    def validate_photo(self, field: Field) -> None:
        if PHOTO in (self.shows.data or ()) and not (self.has_photo or forms.chosen(field)):
            raise ValidationError("Choose a photo, or do not tick “My photo”")


class LetterForm(forms.Form):
    name = forms.name("Your name", "Enter your name", own="name")
    email = forms.email("Your email address", "So that they can answer you", own="email")
    text = forms.paragraphs("Your message", "Write your message", 3000)


def time_form(groups: Sequence[tuple[str, str]]) -> TimeForm:
    form = TimeForm(spent_on=clock.today())
    form.group.choices = list(groups)
    if not form.is_submitted() and groups:
        form.group.data = groups[0][0]
    return form


def profile_form(profile: PublicProfile | None) -> ProfileForm:
    form = ProfileForm(shows=profile.shows, about=profile.about) if profile else ProfileForm()
    form.has_photo = bool(profile and profile.photo_stored_as)
    return form
