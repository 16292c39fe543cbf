"""What officers and administrators write about a role, and the coordinator in the national model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.core.values import Typed
from portal.infra import forms
from portal.role_descriptions.rules import MOST_HOURS, OF_GROUP_ONLY, PROMISES, TEXTS, words_of

if TYPE_CHECKING:
    from portal.role_descriptions.models import RoleDescription, RoleModel


HINT = "A line that starts with - is a point of a list. Put ** on both sides of words to make them bold"


class ModelForm(forms.Form):
    purpose = forms.paragraphs("What this role is for", "Say in a few words what this role is for", hint=HINT)
    governance = forms.paragraphs("Good governance", hint="What a rep does so that the board decides well")
    outside = forms.paragraphs(
        "Work outside the board’s meetings", hint="For example, meeting carers, visits, training"
    )
    representing = forms.paragraphs("Representing carers and the board")
    promises = forms.checkboxes("What the board gives in return", PROMISES)
    gives = forms.paragraphs("More that the board gives")
    version = forms.version()

    def words(self) -> Typed:
        """What was typed, as it is kept."""
        typed = {name: self[name].data or "" for name, _ in TEXTS}
        return {**typed, "promises": [name for name, _ in PROMISES if name in (self.promises.data or ())]}


class RoleForm(ModelForm):
    hours_a_month = forms.whole_number(
        "Hours a month", 1, MOST_HOURS, hint="Reading, travel and meetings together, like 12"
    )
    contact = forms.line(
        "Who to ask",
        "Say whom a rep can ask",
        hint="A name, and a phone number or email address. Everyone can read this",
        is_sentence=True,
    )

    def words(self) -> Typed:
        return {**super().words(), "hours_a_month": int(self.hours_a_month.data), "contact": self.contact.data}


def role_form(begin_from: RoleDescription | RoleModel | None, version: int) -> RoleForm:
    """The page as it is opened: the draft, else the current version, else the national model."""
    shown = words_of(begin_from) if begin_from else {}
    return RoleForm(**{**shown, "version": version, "hours_a_month": shown.get("hours_a_month") or ""})


def model_form(begin_from: RoleDescription | RoleModel | None, version: int) -> ModelForm:
    shown = words_of(begin_from) if begin_from else {}
    return ModelForm(**{name: shown[name] for name in shown if name not in OF_GROUP_ONLY}, version=version)
