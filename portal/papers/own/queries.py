"""The published papers of somebody's meetings, with what they have done with each, in one query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, or_, select

from portal.access.permissions import NOTES_WRITE
from portal.access.roles import Viewer
from portal.boards.models import Group
from portal.core import clock
from portal.infra.database import db
from portal.infra.kept import Whoever, made_for_whoever
from portal.meetings.models import AgendaItem, Meeting
from portal.meetings.rules import PLANNED
from portal.papers.models import Note, Paper, PaperVersion, Reading
from portal.papers.preparing.rules import NO_PAPERS
from portal.papers.reading.queries import in_sight, newest_version

LATELY = timedelta(days=60)  # how long ago a meeting was whose papers are still listed; with a note, they always are


@dataclass(frozen=True)
class OwnPaper:
    """A paper, the meeting it is for, and what its reader did with it."""

    id: UUID
    title: str
    number: str  # of its item on the agenda; '' where it has none
    pages: int
    meeting_id: UUID
    group_name: str
    meets_on: date
    starts_at: datetime
    is_restricted: bool
    is_read: bool
    has_note: bool
    carer_impact: str  # '' where it is not stated


def own_papers(person: Viewer) -> Sequence[OwnPaper]:
    """The papers of coming and late meetings of theirs, and every one with a note; the next meeting first."""
    statement, values = _own_papers(person)
    today = clock.today()
    rows = db.session.execute(statement, values).all()
    found = [_own(row) for row in rows]
    return sorted(found, key=lambda one: (one.meets_on < today, abs((one.meets_on - today).days)))


def _own(row: Any) -> OwnPaper:  # with the columns of _own_papers
    return OwnPaper(
        row.id,
        row.title,
        row.item_number or "",
        row.pages,
        row.meeting_id,
        row.group_name,
        row.meets_on,
        row.starts_at,
        bool(row.is_restricted),
        row.read == row.number,
        row.note_id is not None,
        row.carer_impact,
    )


@made_for_whoever
def _own_papers(who: Whoever) -> Select[*tuple[object, ...]]:
    since = who.today - LATELY
    return (
        select(
            Paper.id,
            Paper.title,
            Paper.carer_impact,
            AgendaItem.number.label("item_number"),
            PaperVersion.pages,
            Meeting.id.label("meeting_id"),
            Group.name.label("group_name"),
            Meeting.meets_on,
            Meeting.starts_at,
            AgendaItem.is_restricted,
            Reading.number.label("read"),
            PaperVersion.number,
            Note.id.label("note_id"),
        )
        .select_from(Paper)
        .join(Meeting, Meeting.id == Paper.meeting_id)
        .join(Group, Group.id == Meeting.group_id)
        .join(PaperVersion, and_(PaperVersion.paper_id == Paper.id, PaperVersion.number == newest_version))
        .outerjoin(AgendaItem, AgendaItem.id == Paper.item_id)
        .outerjoin(Reading, and_(Reading.paper_id == Paper.id, Reading.person_id == who.id))
        .outerjoin(Note, and_(Note.paper_id == Paper.id, Note.person_id == who.id))
        .where(Paper.kind.not_in(NO_PAPERS), in_sight(who), who.within(NOTES_WRITE, Meeting))
        .where(or_(and_(Meeting.meets_on >= since, Meeting.status == PLANNED), Note.id.is_not(None)))
        .order_by(Meeting.starts_at.desc(), AgendaItem.position, Paper.created_at, Paper.id)
    )
