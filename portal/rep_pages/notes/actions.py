"""Writing, correcting and removing notes about supporting a rep."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import delete

from portal.core import clock
from portal.infra.database import db
from portal.infra.unit_of_work import record, records_nothing
from portal.infra.versions import assign
from portal.rep_pages.events import SupportNoteCorrected, SupportNoteRemoved, SupportNoteWritten
from portal.rep_pages.models import SupportNote, event_ids


def write(note_id: UUID, board_id: UUID, rep_id: UUID, officer_id: UUID, text: str) -> None:
    """A note that the rep can read. The same id twice, from a form sent twice, is one."""
    if db.session.get(SupportNote, note_id) is not None:
        return
    note = SupportNote(id=note_id, board_id=board_id, person_id=rep_id, written_by_id=officer_id)
    note.text, note.written_at = text, clock.now()
    db.session.add(note)
    db.session.flush()
    record(SupportNoteWritten(**event_ids(note)))


def correct(note: SupportNote, officer_id: UUID, text: str) -> None:
    if assign(note, text=text):
        note.changed_by_id, note.changed_at = officer_id, clock.now()
        db.session.flush()
        record(SupportNoteCorrected(**event_ids(note)))


def remove(note: SupportNote) -> None:
    db.session.delete(note)
    record(SupportNoteRemoved(**event_ids(note)))


@records_nothing("that the account was erased is recorded")
def forget_person(person_id: UUID) -> None:
    """What was noted about them goes; what they noted about others stays, without their name."""
    db.session.execute(delete(SupportNote).where(SupportNote.person_id == person_id))
