"""Earlier agendas of a group, and its standing items."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID, uuid5

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import joinedload

from portal.access.permissions import BOARDS_READ
from portal.core import clock
from portal.infra.database import db
from portal.infra.sight import Sight, seen_with
from portal.meetings.models import AgendaItem, Meeting, StandingItem
from portal.meetings.rules import PLANNED


class EarlierAgenda(NamedTuple):
    """A meeting that has an agenda, how many items are on it, and whether it was held or its agenda published."""

    meeting: Meeting
    items: int
    is_known: bool


def earlier_agendas(meeting: Meeting, most: int = 12) -> list[EarlierAgenda]:
    """The agendas of a group before a meeting, the latest first: of those that were held or published, its own kind.

    Those that somebody may still be writing come after them.
    """
    items = func.count(AgendaItem.id)
    was_held = and_(Meeting.starts_at <= clock.now(), Meeting.status == PLANNED)
    is_known = or_(was_held, Meeting.agenda_published_at.is_not(None))
    statement = (
        select(Meeting, items, is_known)
        .join(AgendaItem, AgendaItem.meeting_id == Meeting.id)
        .where(Meeting.board_id == meeting.board_id, Meeting.group_id == meeting.group_id, Meeting.id != meeting.id)
        .where(Meeting.meets_on <= meeting.meets_on)
        .group_by(Meeting.id)
        .order_by(is_known.desc(), (Meeting.kind == meeting.kind).desc(), Meeting.starts_at.desc(), Meeting.id)
    )
    return [EarlierAgenda(one, count, bool(known)) for one, count, known in db.session.execute(statement.limit(most))]


def meeting_of_group(group_id: UUID, meeting_id: UUID | None) -> Meeting | None:
    """The meeting whose agenda somebody was writing when they came to the standing items of its group."""
    statement = select(Meeting).where(Meeting.group_id == group_id, Meeting.id == meeting_id)
    return db.session.scalar(statement.options(joinedload(Meeting.group)))


def standing_items(board_id: UUID, group_id: UUID) -> Sequence[StandingItem]:
    """What a group has on each agenda, in order: what comes first, at its place, and at the end."""
    statement = select(StandingItem).where(StandingItem.board_id == board_id, StandingItem.group_id == group_id)
    order = (StandingItem.is_at_end, StandingItem.place, StandingItem.position, StandingItem.id)
    return db.session.scalars(statement.order_by(*order)).all()


@seen_with(BOARDS_READ)
def standing_item(sight: Sight, standing_item_id: UUID) -> StandingItem | None:
    """One within somebody's sight, with its group and board."""
    limits = sight.of(StandingItem)
    statement = select(StandingItem).where(StandingItem.id == standing_item_id, limits)
    return db.session.scalar(statement.options(joinedload(StandingItem.group)))


def id_added(once: UUID, place: int) -> UUID:
    """The id of an item of those that a page adds together."""
    return uuid5(once, str(place))


def is_added(once: UUID) -> bool:
    """Whether the items of a page are on the agenda already."""
    return db.session.get(AgendaItem, id_added(once, 0)) is not None
