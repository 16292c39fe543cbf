"""What officers and administrators write about a role, and the coordinator in the national model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wtforms import TextAreaField

from portal.core.marked_words import refused_links
from portal.core.values import Typed
from portal.infra import forms
from portal.role_descriptions.rules import GIVES_YOU, MOST_HOURS, OF_GROUP_ONLY, PROMISES, TEXTS, words_of

if TYPE_CHECKING:
    from portal.role_descriptions.models import RoleDescription, RoleModel


HINT = (
    "Start a line with - for a bullet point. Put ** before and after words to make them bold. "
    "To add a link, write [words](https://www.example.scot)"
)


def _section(name: str, required: str = "", hint: str = "") -> TextAreaField:
    return forms.paragraphs(dict(TEXTS)[name], required, hint=hint)


class ModelForm(forms.Form):
    purpose = _section("purpose", "Say in a few words what this role is for", HINT)
    governance = _section("governance", hint="What a rep does so that the board decides well")
    outside = _section("outside", hint="For example, meeting carers, visits, training")
    representing = _section("representing")
    promises = forms.checkboxes(GIVES_YOU, PROMISES)
    gives = _section("gives")
    version = forms.version()

    def validate(self, extra_validators: object = None) -> bool:
        is_right = super().validate(extra_validators)
        return self._has_safe_links() and is_right  # all that is wrong is said at once

    def _has_safe_links(self) -> bool:
        found = {name: links for name, _ in TEXTS if (links := refused_links(self[name].data or ""))}
        for name, links in found.items():
            self.refuse(name, f"Change the link to {links[0]}: it must start with https://")
        return not found

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
        "Enter who a rep can ask",
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


class ModelPublishForm(forms.VersionForm):
    """The last look at a version of the national model; boards read why it is changed. The first changes nothing."""

    reason = forms.line(
        "Why has it changed?", "Enter why it has changed", most=500, hint="Boards read this beside the new version"
    )

    @property
    def why(self) -> str:
        return self.reason.data or "" if "reason" in self else ""


def model_publish_form(version: int, *, is_first: bool) -> ModelPublishForm:
    form = ModelPublishForm(version=version)
    if is_first:
        del form.reason
    return form
