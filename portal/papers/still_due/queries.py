"""Finding what of a meeting's papers is not published yet, as far as its readers see the agenda."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func, select

from portal.infra.database import db
from portal.meetings.models import AgendaItem
from portal.papers.preparing.queries import needs_paper


def missing_papers(meeting_id: UUID, sees_restricted: bool = True) -> int:
    """How many papers that a reader of a meeting could open are not there."""
    wanted = [needs_paper(), AgendaItem.published_at.is_not(None)]
    wanted += [] if sees_restricted else [AgendaItem.is_restricted.is_(False)]
    found = select(func.count(AgendaItem.id)).where(AgendaItem.meeting_id == meeting_id, *wanted)
    return db.session.scalar(found) or 0
