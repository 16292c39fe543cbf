"""What an officer types in a note about supporting a rep."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from wtforms import TextAreaField

from portal.infra import forms
from portal.infra.fields.idempotency import IdempotencyKey
from portal.infra.merging_form import MergingForm

if TYPE_CHECKING:
    from portal.rep_pages.models import SupportNote


def _note() -> TextAreaField:
    return forms.paragraphs("Your note", "Write your note", 2000, "For example, they would like to meet by phone")


class NoteForm(forms.Form):
    text = _note()
    once = IdempotencyKey()


def note_form() -> NoteForm:
    return NoteForm(once=uuid4())


class CorrectForm(MergingForm):
    text = _note()


def correct_form(note: SupportNote) -> CorrectForm:
    return CorrectForm(data={"text": note.text})
