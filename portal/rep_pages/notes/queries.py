"""Finding notes about supporting a rep: while they sit on a group of the board, and not a day longer."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import joinedload

from portal.access.decide import reach
from portal.access.permissions import SUPPORT_NOTES_OWN, SUPPORT_NOTES_WRITE
from portal.access.roles import Viewer
from portal.boards.models import Appointment
from portal.core import clock
from portal.infra.database import db
from portal.infra.scope import within
from portal.infra.sight import Sight, seen_with
from portal.rep_pages.models import SupportNote


def _sits() -> ColumnElement[bool]:
    """Whether the rep sits on a group of the board today: what is left over goes by night, and nobody reads it."""
    today = clock.today()
    sits = exists().where(
        Appointment.board_id == SupportNote.board_id,
        Appointment.person_id == SupportNote.person_id,
        Appointment.from_on <= today,
        Appointment.until_on >= today,
    )
    return sits.correlate(SupportNote)


def _newest_first(statement: Select[SupportNote]) -> Select[SupportNote]:
    """With the names of those who wrote and corrected them."""
    names = (joinedload(SupportNote.written_by), joinedload(SupportNote.changed_by), joinedload(SupportNote.person))
    return statement.options(*names).order_by(SupportNote.written_at.desc(), SupportNote.id)


def notes_about(board_id: UUID, rep_id: UUID) -> Sequence[SupportNote]:
    """Those of one board about a rep."""
    statement = select(SupportNote).where(SupportNote.board_id == board_id, SupportNote.person_id == rep_id, _sits())
    return db.session.scalars(_newest_first(statement)).all()


def own_notes(person: Viewer) -> Sequence[SupportNote]:
    """Those about somebody, of every board on which they sit."""
    own = (within(reach(person, SUPPORT_NOTES_OWN), SupportNote), SupportNote.person_id == person.id)
    return db.session.scalars(_newest_first(select(SupportNote).where(*own, _sits()))).all()


@seen_with(SUPPORT_NOTES_WRITE)
def note(sight: Sight, support_note_id: UUID) -> SupportNote | None:
    """One that an officer of the board may correct, whoever of them wrote it."""
    one = select(SupportNote).where(SupportNote.id == support_note_id, sight.of(SupportNote), _sits())
    return db.session.scalar(_newest_first(one))


def note_by_id(support_note_id: UUID) -> SupportNote:
    """One by its id, for emails."""
    return db.session.get_one(SupportNote, support_note_id)


def find_note(support_note_id: UUID) -> SupportNote | None:
    """None once it was removed; read anew."""
    return db.session.get(SupportNote, support_note_id, populate_existing=True)
