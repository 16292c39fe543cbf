"""What officers type about mentors and pairs that need help."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from portal.infra import forms
from portal.mentoring.pairs.forms import OfferForm, WhoForm


class NewMentorForm(WhoForm, OfferForm):
    """A mentor whom an officer adds."""


def new_mentor_form() -> NewMentorForm:
    form = NewMentorForm(most="2")
    form.is_new()
    return form


class HelpForm(forms.Form):
    """An officer offers a mentor to somebody who has not asked."""

    person = forms.select("Who is it for?", "Select who it is for")


def help_form(people: Sequence[tuple[UUID, str]]) -> HelpForm:
    form = HelpForm()
    form.person.choices = [("", "Choose"), *((str(key), name) for key, name in people)]
    return form
