"""Recording, changing and removing talks and notes of a pair. A note only for its writer leaves no trace."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from portal.core import clock
from portal.core.values import Typed
from portal.infra.database import db
from portal.infra.unit_of_work import record, records_nothing
from portal.infra.versions import assign
from portal.mentoring.events import NoteKept, NoteRemoved, SessionKept, SessionRemoved, TalkChanged
from portal.mentoring.models import MentoringNote, MentoringSession, Pair, event_ids
from portal.mentoring.pairs.actions import tell_of_next_talk
from portal.mentoring.pairs.queries import Side


def keep_session(session_id: UUID, side: Side, typed: Typed, next_step: str, next_on: date | None) -> None:
    """That the two talked. The same id twice, from a form sent twice, is one talk."""
    if db.session.get(MentoringSession, session_id) is not None:
        return
    one = MentoringSession(id=session_id, board_id=side.board_id, pair_id=side.pair.id, kept_by_id=side.person_id)
    for name, value in typed.items():
        setattr(one, name, value)
    one.next_step, one.kept_at = next_step, clock.now()
    db.session.add(one)
    was_on, side.pair.next_on = side.pair.next_on, next_on or side.pair.next_on
    db.session.flush()
    record(SessionKept(**event_ids(side.pair)))
    tell_of_next_talk(side.pair, was_on)


def change_session(one: MentoringSession, pair: Pair, typed: Typed, next_step: str) -> None:
    if assign(one, **typed, next_step=next_step):
        db.session.flush()
        record(TalkChanged(**event_ids(pair)))


def remove_session(one: MentoringSession, pair: Pair) -> None:
    db.session.delete(one)
    record(SessionRemoved(**event_ids(pair)))


@records_nothing("a note that is shared is recorded, and one only for its writer must leave no trace")
def keep_note(note_id: UUID, side: Side, is_shared: bool, text: str) -> None:
    """A note for both, or for its writer alone. The same id twice is one note."""
    if db.session.get(MentoringNote, note_id) is not None:
        return
    one = MentoringNote(id=note_id, board_id=side.board_id, pair_id=side.pair.id, person_id=side.person_id)
    one.is_shared, one.text, one.kept_at = is_shared, text, clock.now()
    db.session.add(one)
    db.session.flush()
    if is_shared:
        record(NoteKept(**event_ids(side.pair)))


@records_nothing("a note that is shared is recorded, and one only for its writer must leave no trace")
def change_note(note: MentoringNote, pair: Pair, text: str) -> None:
    """One that is shared is new to the other once more."""
    if assign(note, text=text):
        note.kept_at = clock.now()
        db.session.flush()
        if note.is_shared:
            record(NoteKept(**event_ids(pair)))


@records_nothing("that a shared note is removed is recorded, and one only for its writer must leave no trace")
def remove_note(note: MentoringNote, pair: Pair) -> None:
    if note.is_shared:
        record(NoteRemoved(**event_ids(pair)))
    db.session.delete(note)
