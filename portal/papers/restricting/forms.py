"""What clerks choose where they restrict an item that is published, or lift that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wtforms import HiddenField

from portal.infra import forms
from portal.meetings.rules import EXEMPT_PARAGRAPHS

if TYPE_CHECKING:
    from portal.meetings.models import AgendaItem

RESTRICT, LIFT = "restrict", "lift"


class RestrictionForm(forms.VersionForm):
    """`shown`: what the page offered. An item that somebody restricted meanwhile is not opened by the same press."""

    shown = HiddenField()
    paragraphs = forms.checkboxes(
        "Paragraphs of Schedule 7A",
        [(key, f"{key}: {label}") for key, label in EXEMPT_PARAGRAPHS],
        required="Tick at least one paragraph that lets this item be restricted",
    )


def restriction_form(item: AgendaItem) -> RestrictionForm:
    """To restrict an item that is open, or to lift the restriction of another."""
    form = RestrictionForm(shown=does_to(item), version=item.meeting.version)
    if item.is_restricted:
        del form.paragraphs
    return form


def does_to(item: AgendaItem) -> str:
    return LIFT if item.is_restricted else RESTRICT
