"""Days on which a group meets already."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select

from portal.boards.models import Group
from portal.core.text import hour_words
from portal.infra.database import db
from portal.meetings.models import Meeting
from portal.meetings.rules import PLANNED


def taken(group: Group, days: Iterable[date]) -> dict[date, str]:
    """'Main Group meets at 10am', by the day."""
    statement = select(Meeting.meets_on, Meeting.starts_at).where(
        Meeting.board_id == group.board_id,
        Meeting.group_id == group.id,
        Meeting.status == PLANNED,
        Meeting.meets_on.in_(list(days)),
    )
    rows = db.session.execute(statement.order_by(Meeting.starts_at.desc(), Meeting.id))
    return {day: f"{group.name} meets at {hour_words(starts_at)}" for day, starts_at in rows}
