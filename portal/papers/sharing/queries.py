"""Finding the notes that a rep may share, and those that a depute may read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import contains_eager, joinedload

from portal.access.roles import Viewer
from portal.accounts.models import Person
from portal.infra.database import db
from portal.meetings.models import AgendaItem, StandIn
from portal.papers.models import Note, Paper
from portal.papers.reading.queries import in_sight


def notes_of_meeting(person: Viewer, meeting_id: UUID) -> list[tuple[Note, Paper]]:
    """Somebody's own notes on the papers of a meeting, each with its paper and the item of that."""
    statement = select(Note, Paper).join(Paper, Paper.id == Note.paper_id).options(joinedload(Paper.item))
    statement = statement.where(Note.meeting_id == meeting_id, Note.person_id == person.id)
    return [(note, paper) for note, paper in db.session.execute(statement.order_by(Paper.created_at, Note.id))]


@dataclass(frozen=True)
class Shared:
    """Papers of a meeting on which a rep shares notes with whoever goes for them, each with its item."""

    rep_name: str
    papers: Sequence[Paper]


def notes_shared(person: Viewer, meeting_ids: Iterable[UUID]) -> dict[UUID, list[Shared]]:
    """By meeting, whose notes somebody may read there as their depute; of a paper out of sight, nothing."""
    for_them = and_(StandIn.meeting_id == Note.meeting_id, StandIn.on_behalf_of_id == Note.person_id)
    statement = (
        select(Note.meeting_id, Person.name, Paper)
        .join(Paper, Paper.id == Note.paper_id)
        .outerjoin(AgendaItem, AgendaItem.id == Paper.item_id)
        .join(Person, Person.id == Note.person_id)
        .join(StandIn, for_them)
        .options(contains_eager(Paper.item))
        .where(Note.meeting_id.in_(list(meeting_ids)), Note.is_handed_over, StandIn.person_id == person.id)
        .where(in_sight(person), Paper.first_published_on.is_not(None))
        .order_by(Note.meeting_id, Person.name, Paper.title, Paper.id)
    )
    found: dict[UUID, dict[str, list[Paper]]] = {}
    for meeting_id, name, paper in db.session.execute(statement):
        found.setdefault(meeting_id, {}).setdefault(name, []).append(paper)
    return {key: [Shared(name, papers) for name, papers in by_rep.items()] for key, by_rep in found.items()}
