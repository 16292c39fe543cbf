"""Finding support meetings, points, and how meetings were."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from portal.access.decide import reach
from portal.access.permissions import POINTS_BRING, SUPPORT_READ
from portal.access.roles import Viewer
from portal.audit import queries as audit
from portal.audit.models import AuditLine
from portal.boards import queries as boards
from portal.core import clock
from portal.core.calendar import moment
from portal.core.clock import london_day
from portal.infra.database import db
from portal.infra.kept import made_once
from portal.infra.scope import CrossBoardReason, across_boards, within
from portal.infra.sight import Sight, seen_with
from portal.meetings import queries as meetings
from portal.meetings.models import Meeting
from portal.meetings.rules import PLANNED
from portal.support_meetings.events import SupportMeetingCalledOff, SupportMeetingSet
from portal.support_meetings.models import MeetingFeedback, Point, SupportMeeting
from portal.support_meetings.rules import SUPPORT_LASTS, meeting_words, overlaps, overlaps_support, support_words


def support_of(meeting: Meeting) -> SupportMeeting | None:
    """The support meeting before a meeting."""
    return db.session.scalar(select(SupportMeeting).where(SupportMeeting.meeting_id == meeting.id))


def overlap(meeting: Meeting, starts_at: datetime) -> str:
    """What else on its board somebody invited to a support meeting has then, in words; '' where nothing."""
    day = london_day(starts_at)
    invited = _invited(meeting, day)
    for one in _meetings_on(Meeting.board_id == meeting.board_id, [day]):
        if overlaps(starts_at, one.starts_at) and invited & _invited(one, day):
            return meeting_words(one.group.name, one.starts_at)
    for support in _supports_on(SupportMeeting.board_id == meeting.board_id, [day]):
        other = support.meeting
        is_another = other.id != meeting.id and overlaps_support(starts_at, support.starts_at)
        if is_another and invited & _invited(other, day):
            return support_words(other.group.name, support.starts_at, other.meets_on)
    return ""


def _invited(meeting: Meeting, day: date) -> set[UUID]:
    """Reps of its group on a day, and deputes who stand in at it."""
    reps = boards.reps_of_group(meeting.board_id, meeting.group_id, day)
    return {*reps, *(row.person_id for row, _, _ in meetings.stand_ins(meeting.id))}


def _meetings_on(where: ColumnElement[bool], days: Iterable[date]) -> Sequence[Meeting]:
    statement = select(Meeting).where(where, Meeting.meets_on.in_(list(days)), Meeting.status == PLANNED)
    ordered = statement.options(joinedload(Meeting.group)).order_by(Meeting.starts_at, Meeting.id)
    return db.session.scalars(ordered).all()


def _supports_on(where: ColumnElement[bool], days: Collection[date]) -> Sequence[SupportMeeting]:
    first, last = moment(min(days), time(0)), moment(max(days), time(23, 59))
    statement = select(SupportMeeting).where(where, SupportMeeting.starts_at.between(first, last))
    ordered = _with_meeting(statement).order_by(SupportMeeting.starts_at, SupportMeeting.id)
    return db.session.scalars(ordered).all()


def _with_meeting(statement: Select[SupportMeeting]) -> Select[SupportMeeting]:
    return statement.options(joinedload(SupportMeeting.meeting).joinedload(Meeting.group))


@dataclass(frozen=True)
class Coming:
    """The support meeting before a meeting, and what else whoever looks may go to at that time, in words."""

    support: SupportMeeting
    overlaps: Sequence[tuple[Meeting, str]]

    @property
    def starts_at(self) -> datetime:
        return self.support.starts_at


def coming(person: Viewer, before: Iterable[Meeting]) -> dict[UUID, Coming]:
    """By meeting, the support meetings before some meetings that are not over."""
    ids = [one.id for one in before]
    asked = {"meeting_ids": ids, "since": clock.now() - SUPPORT_LASTS}
    found = db.session.scalars(_not_over(), asked).all() if ids else []
    own = reach(person, POINTS_BRING)
    if not (found and own):  # whoever brings no points is not invited, and nothing of theirs overlaps
        return {one.meeting_id: Coming(one, ()) for one in found}
    days = {london_day(one.starts_at) for one in found}
    others = _meetings_on(and_(within(own, Meeting), ~meetings.has_depute(person.id)), days)
    supports = _supports_on(within(own, SupportMeeting), days)
    return {one.meeting_id: Coming(one, _own_overlaps(one, others, supports)) for one in found}


@made_once
def _not_over() -> Select[SupportMeeting]:
    ahead = SupportMeeting.starts_at > bindparam("since")
    statement = select(SupportMeeting).where(SupportMeeting.meeting_id.in_(bindparam("meeting_ids")), ahead)
    return _with_meeting(statement).order_by(SupportMeeting.starts_at)


def _own_overlaps(
    one: SupportMeeting, others: Iterable[Meeting], supports: Iterable[SupportMeeting]
) -> list[tuple[Meeting, str]]:
    """Each with the meeting that it is, or that it is before: whoever does not go there has nothing else then."""
    return [
        *((m, meeting_words(m.group.name, m.starts_at)) for m in others if overlaps(one.starts_at, m.starts_at)),
        *(
            (s.meeting, support_words(s.meeting.group.name, s.starts_at, s.meeting.meets_on))
            for s in supports
            if s.id != one.id and overlaps_support(one.starts_at, s.starts_at)
        ),
    ]


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


@dataclass(frozen=True)
class InCalendar:
    """The support meeting before a meeting, or the one that was cancelled last; `changes`: how often it was changed."""

    meeting: Meeting
    starts_at: datetime
    place: str
    link: str
    is_on: bool
    changes: int


def for_calendar(person: Viewer, since: datetime) -> list[InCalendar]:
    """The support meetings within a person's sight, for their calendar; those that were cancelled too."""
    seen = reach(person, SUPPORT_READ)
    statement = select(Meeting).where(Meeting.meets_on >= london_day(since), within(seen, Meeting))
    before = db.session.scalars(statement.options(joinedload(Meeting.group)).order_by(Meeting.starts_at, Meeting.id))
    found = {one.id: one for one in before.all()}
    if not found:
        return []
    rows = select(SupportMeeting).where(SupportMeeting.meeting_id.in_(list(found))).order_by(SupportMeeting.id)
    on = {one.meeting_id: one for one in db.session.scalars(rows)}
    lines = _lines_by_meeting({one.board_id for one in found.values()})
    return [shown for one in found.values() if (shown := _in_calendar(one, on.get(one.id), lines.get(one.id, [])))]


def _in_calendar(meeting: Meeting, support: SupportMeeting | None, lines: Sequence[AuditLine]) -> InCalendar | None:
    if support:
        is_on = meeting.status == PLANNED
        return InCalendar(meeting, support.starts_at, support.place, support.link, is_on, len(lines))
    if not lines or "starts_at" not in lines[-1].facts:
        return None
    return InCalendar(meeting, datetime.fromisoformat(lines[-1].facts["starts_at"]), "", "", False, len(lines))


def _lines_by_meeting(board_ids: Iterable[UUID]) -> dict[UUID, list[AuditLine]]:
    """What the trail says of support meetings, the oldest first: the row of one that was cancelled is gone."""
    found: dict[UUID, list[AuditLine]] = {}
    for board_id in board_ids:
        for line in audit.lines_of_kinds(board_id, (SupportMeetingSet, SupportMeetingCalledOff)):
            found.setdefault(UUID(line.facts["meeting_id"]), []).append(line)
    return found


def support_between(first: datetime, last: datetime) -> Sequence[SupportMeeting]:
    """On every board: for the clock."""
    statement = select(SupportMeeting).where(SupportMeeting.starts_at.between(first, last))
    statement = across_boards(statement.order_by(SupportMeeting.starts_at, SupportMeeting.id), CrossBoardReason.CLOCK)
    return db.session.scalars(statement).all()
