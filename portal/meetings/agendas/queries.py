"""Earlier agendas of a group, and its standing items."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from portal.access.permissions import BOARDS_READ
from portal.infra.database import db
from portal.infra.sight import Sight, seen_with
from portal.meetings.models import AgendaItem, Meeting, StandingItem


class EarlierAgenda(NamedTuple):
    """A meeting that has an agenda, and how many items are on it."""

    meeting: Meeting
    items: int


def earlier_agendas(meeting: Meeting, most: int = 12) -> list[EarlierAgenda]:
    """The agendas of a group before a meeting: those of its kind first, each time the latest first."""
    items = func.count(AgendaItem.id)
    statement = (
        select(Meeting, items)
        .join(AgendaItem, AgendaItem.meeting_id == Meeting.id)
        .where(Meeting.board_id == meeting.board_id, Meeting.group_id == meeting.group_id, Meeting.id != meeting.id)
        .where(Meeting.meets_on <= meeting.meets_on)
        .group_by(Meeting.id)
        .order_by((Meeting.kind == meeting.kind).desc(), Meeting.starts_at.desc(), Meeting.id)
    )
    return [EarlierAgenda(*row) for row in db.session.execute(statement.limit(most))]


def standing_items(board_id: UUID, group_id: UUID) -> Sequence[StandingItem]:
    """What a group has on each agenda, in order: what comes first, then what comes at the end."""
    statement = select(StandingItem).where(StandingItem.board_id == board_id, StandingItem.group_id == group_id)
    order = (StandingItem.is_at_end, StandingItem.position, StandingItem.id)
    return db.session.scalars(statement.order_by(*order)).all()


@seen_with(BOARDS_READ)
def standing_item(sight: Sight, standing_item_id: UUID) -> StandingItem | None:
    """One within somebody's sight, with its group and board."""
    limits = sight.of(StandingItem)
    statement = select(StandingItem).where(StandingItem.id == standing_item_id, limits)
    return db.session.scalar(statement.options(joinedload(StandingItem.group)))
