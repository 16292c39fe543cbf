"""What a reader keeps: what was read, notes, and handing notes to a depute."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import delete, update

from portal.access.roles import Viewer
from portal.core import clock
from portal.core.values import EventFacts
from portal.infra.database import db
from portal.infra.unit_of_work import record, records_nothing
from portal.infra.versions import assign
from portal.meetings.models import Meeting
from portal.papers.events import (
    NotesHandedOver,
)
from portal.papers.models import Note, Paper, Reading
from portal.papers.reading import queries
from portal.papers.sharing import queries as sharing_queries


@records_nothing("who reads what is nobody's business")
def mark_read(person: Viewer, paper: Paper, number: int | None) -> None:
    """Which version of a paper somebody has read, or None of it.

    Private to the reader: no event, so no line anywhere says who has read what.
    """
    there = queries.reading(person, paper.id)
    if number and there is None:
        of = {"board_id": paper.board_id, "group_id": paper.group_id, "meeting_id": paper.meeting_id}
        read = {"paper_id": paper.id, "person_id": person.id, "number": number}
        db.session.add(Reading(**of, **read, read_at=clock.now()))
    elif number and there and assign(there, number=number):
        there.read_at = clock.now()
    elif not number and there is not None:
        db.session.delete(there)


def hand_over(person: Viewer, meeting: Meeting, chosen: Iterable[UUID]) -> None:
    """Let whoever stands in for somebody at a meeting read these of their notes, and no others."""
    notes = [note for note, _ in sharing_queries.notes_of_meeting(person, meeting.id)]
    wanted, before = set(chosen), {note.id for note in notes if note.is_handed_over}
    for note in notes:
        note.is_handed_over = note.id in wanted
    handed = {note.id for note in notes if note.is_handed_over}
    of: EventFacts = {"board_id": meeting.board_id, "meeting_id": meeting.id, "on_behalf_of_id": person.id}
    record(NotesHandedOver(**of, notes=len(handed), new_notes=len(handed - before)))


@records_nothing("that the nomination was taken back is recorded")
def close_notes(rep_id: UUID, meeting_ids: Iterable[UUID]) -> None:
    """Whoever stands in for somebody at these meetings reads none of their notes any more."""
    theirs = update(Note).where(Note.person_id == rep_id, Note.meeting_id.in_(list(meeting_ids)))
    db.session.execute(theirs.values(is_handed_over=False))


@records_nothing("that the account was erased is recorded")
def forget_reader(person_id: UUID) -> None:
    """Take away what a person kept for themselves, when their account ends. Private, so no event."""
    for model in (Reading, Note):
        db.session.execute(delete(model).where(model.person_id == person_id))


@records_nothing("notes are private")
def keep_note(person: Viewer, paper: Paper, text: str) -> None:
    """Private to the writer, so no event either. An empty note is taken away."""
    note = queries.note(person, paper.id)
    if note is None and text:
        of = {"board_id": paper.board_id, "group_id": paper.group_id, "meeting_id": paper.meeting_id}
        note = Note(**of, paper_id=paper.id, person_id=person.id, changed_at=clock.now())
        note.text = text
        db.session.add(note)
    elif note is not None and text:
        if assign(note, text=text):
            note.changed_at = clock.now()
    elif note is not None:
        db.session.delete(note)
