"""What readers type: notes, and which of them a depute may read."""

from __future__ import annotations

from collections.abc import Sequence

from portal.infra import forms


class NoteForm(forms.Form):
    text = forms.paragraphs("Your note", most=10_000)


def note_form(who_reads: str, **shown: str) -> NoteForm:
    """`who_reads`: a sentence, said where the note is written."""
    form = NoteForm(formdata=None, **shown) if shown else NoteForm()
    form.text.description = f"{who_reads}. It stays when the paper changes"
    return form


class HandOverForm(forms.Form):
    notes = forms.checkboxes(
        "Which notes can they read?", hint="If you do not tick any, they cannot read any of your notes"
    )


def hand_over_form(notes: Sequence[tuple[str, str, bool]]) -> HandOverForm:
    """One box for each note: its id, the title of its paper, and whether it is handed over already."""
    form = HandOverForm(notes=[key for key, _, handed in notes if handed])
    form.notes.choices = [(key, title) for key, title, _ in notes]
    return form
