"""What readers type: notes, and which of them a depute may read."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from wtforms import HiddenField

from portal.infra import forms
from portal.infra.merging_form import MergingForm


class NoteForm(MergingForm):
    text = forms.paragraphs("Your note", most=10_000)
    was = HiddenField()  # a mark of the note that the page showed

    @property
    def is_typed(self) -> bool:
        """Whether the box holds anything else than the page showed. A box that was emptied says nothing by itself."""
        return bool(self.text.data) and _mark(self.text.data) != self.was.data


def _mark(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]


def note_form(who_reads: str, kept: str, is_sent: bool = False) -> NoteForm:
    """`who_reads`: a sentence, said where the note is written. `kept` is the note as it is now."""
    form = NoteForm(text=kept) if is_sent else NoteForm(formdata=None, text=kept, was=_mark(kept))
    form.text.description = f"{who_reads}. It stays when the paper changes"
    return form


class HandOverForm(MergingForm):
    notes = forms.checkboxes(
        "Which notes can they read?", hint="If you do not tick any, they cannot read any of your notes"
    )


def hand_over_form(notes: Sequence[tuple[str, str, bool]]) -> HandOverForm:
    """One box for each note: its id, the title of its paper, and whether it is handed over already."""
    form = HandOverForm(notes=[key for key, _, handed in notes if handed])
    form.notes.choices = [(key, title) for key, title, _ in notes]
    return form
