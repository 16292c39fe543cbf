"""The box for one's own note beside a paper, on each page that shows or carries it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.papers.reading import forms, rules
from portal.papers.sharing.views import deputes_of

if TYPE_CHECKING:
    from portal.papers.models import Note, Paper


def who_reads(paper: Paper, note: Note | None) -> str:
    is_handed_over = bool(note and note.is_handed_over)
    return rules.note_readers(is_handed_over, deputes_of(paper.meeting_id) if is_handed_over else [])


def note_form(paper: Paper, note: Note | None, is_sent: bool = False) -> forms.NoteForm:
    return forms.note_form(who_reads(paper, note), note.text if note else "", is_sent)
