"""Finding support meetings, points, and how meetings were."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager, joinedload

from portal.access.decide import reach
from portal.access.permissions import POINTS_BRING, SUPPORT_READ
from portal.access.roles import Viewer
from portal.boards import queries as boards
from portal.core.clock import london_day
from portal.infra.database import db
from portal.infra.scope import CrossBoardReason, across_boards, within
from portal.infra.sight import Sight, seen_with
from portal.meetings.models import Meeting
from portal.meetings.rules import PLANNED
from portal.support_meetings.models import MeetingFeedback, Point, SupportMeeting
from portal.support_meetings.rules import overlaps


def support_of(meeting: Meeting) -> SupportMeeting | None:
    """The support meeting before a meeting."""
    return db.session.scalar(select(SupportMeeting).where(SupportMeeting.meeting_id == meeting.id))


def at_the_same_time(meeting: Meeting, starts_at: datetime) -> Meeting | None:
    """The first meeting of the board that overlaps, where a rep of this meeting's group sits too."""
    day = london_day(starts_at)
    statement = select(Meeting).where(
        Meeting.board_id == meeting.board_id, Meeting.meets_on == day, Meeting.status == PLANNED
    )
    found = db.session.scalars(
        statement.options(joinedload(Meeting.group)).order_by(Meeting.starts_at, Meeting.id)
    ).all()
    reps = boards.reps_of_group(meeting.board_id, meeting.group_id, day).keys()
    for one in found:
        if overlaps(starts_at, one.starts_at) and reps & boards.reps_of_group(one.board_id, one.group_id, day).keys():
            return one
    return None


def points(person: Viewer, meeting: Meeting) -> Sequence[Point]:
    """Somebody's own points for a meeting, and what others brought, in the order they were kept."""
    brought = within(reach(person, SUPPORT_READ), Point)
    statement = select(Point).where(
        Point.meeting_id == meeting.id,
        or_(Point.person_id == person.id, Point.is_brought.is_(True)),
        or_(Point.person_id == person.id, brought),
    )
    statement = statement.options(joinedload(Point.person), joinedload(Point.item))
    return db.session.scalars(statement.order_by(Point.kept_at, Point.id)).all()


@seen_with(POINTS_BRING, whose=lambda point: (point.person_id,))
def own_point(sight: Sight, point_id: UUID) -> Point | None:
    limits = sight.of(Point)
    return db.session.scalar(select(Point).where(Point.id == point_id, Point.person_id == sight.person.id, limits))


def how_it_was(meeting: Meeting, person_id: UUID) -> MeetingFeedback | None:
    one = (MeetingFeedback.meeting_id == meeting.id, MeetingFeedback.person_id == person_id)
    return db.session.scalar(select(MeetingFeedback).where(*one))


def answers_of_board(board_id: UUID, most: int = 60) -> Sequence[MeetingFeedback]:
    """Who said what about which meeting, the latest first: for officers."""
    statement = (
        select(MeetingFeedback).where(MeetingFeedback.board_id == board_id).options(joinedload(MeetingFeedback.person))
    )
    statement = statement.options(joinedload(MeetingFeedback.meeting).joinedload(Meeting.group))
    return db.session.scalars(
        statement.order_by(MeetingFeedback.answered_at.desc(), MeetingFeedback.id).limit(most)
    ).all()


def answers_between(board_id: UUID, first: date, last: date) -> Sequence[MeetingFeedback]:
    """Answers about the meetings of some days, the latest meeting first."""
    statement = select(MeetingFeedback).join(MeetingFeedback.meeting).where(MeetingFeedback.board_id == board_id)
    statement = statement.where(Meeting.board_id == board_id, Meeting.meets_on.between(first, last))
    statement = statement.options(contains_eager(MeetingFeedback.meeting))
    return db.session.scalars(statement.order_by(Meeting.meets_on.desc(), MeetingFeedback.id)).all()


def support_between(first: datetime, last: datetime) -> Sequence[SupportMeeting]:
    """On every board: for the clock."""
    statement = select(SupportMeeting).where(SupportMeeting.starts_at.between(first, last))
    statement = across_boards(statement.order_by(SupportMeeting.starts_at, SupportMeeting.id), CrossBoardReason.CLOCK)
    return db.session.scalars(statement).all()
