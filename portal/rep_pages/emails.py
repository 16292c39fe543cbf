"""That there is a new note about supporting a rep: the rep hears of it, and reads it in the portal."""

from __future__ import annotations

from uuid import UUID

from portal.boards.emails import name_of, of_board
from portal.infra.notification import Facts, Notification, the_person
from portal.rep_pages.events import SupportNoteWritten
from portal.rep_pages.notes import queries


def of_note(event: SupportNoteWritten) -> Facts:
    """Who wrote it. None of its words."""
    note = queries.note_by_id(event.support_note_id)
    facts = {"support_note_id": event.support_note_id.hex, "officer": name_of(note.written_by_id)}
    return {**of_board(event), **facts}


def when_sent(facts: Facts, _minutes_per_page: int) -> Facts | str:
    """Not of a note that was removed since."""
    return facts if queries.find_note(UUID(facts["support_note_id"])) else "the note was removed"


EMAILS = (
    Notification(
        SupportNoteWritten, the_person, "support-note", of_note, gathered=True, worth_days=14, when_sent=when_sent
    ),
)
