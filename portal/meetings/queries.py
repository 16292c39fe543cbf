"""Finding meetings, their items, and who is coming."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from portal.access.decide import reach
from portal.access.permissions import MEETINGS_READ
from portal.access.roles import Viewer
from portal.accounts.models import Person
from portal.boards.models import Appointment
from portal.boards.queries import is_still_theirs
from portal.infra.database import db
from portal.infra.kept import Whoever, made_for_whoever, made_once
from portal.infra.scope import CrossBoardReason, across_boards, within
from portal.infra.sight import Sight, seen_with
from portal.meetings.models import AgendaItem, Meeting, Sitting, StandIn
from portal.meetings.rules import PLANNED


def _with_names(statement: Select[Meeting]) -> Select[Meeting]:
    return statement.options(joinedload(Meeting.board), joinedload(Meeting.group))


@seen_with(MEETINGS_READ)
def meeting(sight: Sight, meeting_id: UUID) -> Meeting | None:
    """A meeting within a person's sight, with its board and group."""
    statement, values = _meeting_in_sight(sight.person, sight.permission)
    return db.session.scalar(statement, {**values, "meeting_id": meeting_id})


@made_for_whoever
def _meeting_in_sight(who: Whoever, permission: str) -> Select[Meeting]:
    in_sight = (Meeting.id == bindparam("meeting_id"), who.within(permission, Meeting))
    return _with_names(select(Meeting).where(*in_sight))


def meeting_by_id(meeting_id: UUID) -> Meeting:
    """A meeting for emails and due work, whoever asks."""
    return db.session.scalars(_with_names(select(Meeting).where(Meeting.id == meeting_id))).one()


def find_meeting(meeting_id: UUID) -> Meeting | None:
    """The same, or None where it is not kept any more."""
    return db.session.scalar(_with_names(select(Meeting).where(Meeting.id == meeting_id)))


def last_held(meeting: Meeting, now: datetime) -> Meeting | None:
    """The last meeting of the same group that has begun before another one."""
    of_group = (Meeting.board_id == meeting.board_id, Meeting.group_id == meeting.group_id, Meeting.id != meeting.id)
    begun = (Meeting.status == PLANNED, Meeting.starts_at <= now, Meeting.starts_at < meeting.starts_at)
    statement = select(Meeting).where(*of_group, *begun).order_by(Meeting.starts_at.desc(), Meeting.id).limit(1)
    return db.session.scalar(statement)


def hold(meeting_id: UUID) -> None:
    """Let others who change what is published of a meeting wait until this transaction is over."""
    db.session.execute(select(Meeting.id).where(Meeting.id == meeting_id).with_for_update())


def meetings_by_id(board_id: UUID, ids: Iterable[UUID]) -> Sequence[Meeting]:
    """Some meetings of a board, for the trail."""
    statement = select(Meeting).where(Meeting.board_id == board_id, Meeting.id.in_(list(ids)))
    return db.session.scalars(statement.order_by(Meeting.id)).all()


def days_of(ids: Iterable[UUID]) -> dict[UUID, date]:
    """The days of some meetings."""
    statement = select(Meeting.id, Meeting.meets_on).where(Meeting.id.in_(list(ids))).order_by(Meeting.id)
    return {key: day for key, day in db.session.execute(statement)}  # noqa: C416 - rows are not pairs to mypy


def meetings_of_board(person: Viewer, board_id: UUID, group_id: UUID | None = None) -> Sequence[Meeting]:
    """The board's meetings within a person's sight, latest first, with their groups."""
    statement = select(Meeting).where(Meeting.board_id == board_id, within(reach(person, MEETINGS_READ), Meeting))
    if group_id:
        statement = statement.where(Meeting.group_id == group_id)
    statement = statement.order_by(Meeting.meets_on.desc(), Meeting.id)
    return db.session.scalars(statement.options(joinedload(Meeting.group))).all()


def first_meeting_from(board_id: UUID, day: date) -> Meeting | None:
    """For templates: the first meeting of a board that is planned on a day or later, with its group."""
    statement = select(Meeting).where(Meeting.board_id == board_id, Meeting.opened_on >= day, Meeting.status == PLANNED)
    statement = statement.options(joinedload(Meeting.group)).order_by(Meeting.opened_on, Meeting.id)
    return db.session.scalar(statement.limit(1))


def upcoming(person: Viewer, today: date, most: int = 5, board_id: UUID | None = None) -> Sequence[Meeting]:
    """The next meetings within a person's sight, on any board or on one."""
    limits = within(reach(person, MEETINGS_READ), Meeting)
    statement = select(Meeting).where(Meeting.meets_on >= today, Meeting.status == PLANNED, limits)
    statement = statement.where(Meeting.board_id == board_id) if board_id else statement
    return db.session.scalars(_with_names(statement.order_by(Meeting.starts_at, Meeting.id).limit(most))).all()


def on_first_page(person: Viewer, today: date, most: int) -> Sequence[Meeting]:
    """The next meetings within a person's sight, and the next of each of their groups and of each of their boards.

    However many others come before it, of another board or of a group that meets more often.
    """
    own = or_(Meeting.group_id.in_(person.groups), Meeting.id.in_(person.meetings))
    limits = within(reach(person, MEETINGS_READ), Meeting)
    day = (Meeting.starts_at, Meeting.id)
    places = (
        func.row_number().over(order_by=day).label("of_all"),
        func.row_number().over(partition_by=Meeting.board_id, order_by=day).label("of_board"),
        func.row_number().over(partition_by=(Meeting.group_id, own), order_by=day).label("of_group"),
    )
    coming = select(Meeting.id, own.label("own"), *places)
    coming = coming.where(Meeting.meets_on >= today, Meeting.status == PLANNED, limits)
    found = coming.subquery()
    shown = or_(found.c.of_all <= most, found.c.of_board == 1, and_(found.c.own, found.c.of_group == 1))
    statement = select(Meeting).join(found, found.c.id == Meeting.id).where(shown, limits)
    return db.session.scalars(_with_names(statement.order_by(Meeting.starts_at, Meeting.id))).all()


def lately(person: Viewer, first: date, last: date) -> Sequence[Meeting]:
    """Meetings held in these days within a person's sight, the latest first."""
    limits = within(reach(person, MEETINGS_READ), Meeting)
    statement = select(Meeting).where(Meeting.meets_on.between(first, last), Meeting.status == PLANNED, limits)
    return db.session.scalars(_with_names(statement.order_by(Meeting.meets_on.desc(), Meeting.id).limit(8))).all()


def for_calendar(person: Viewer, since: date) -> Sequence[Meeting]:
    """Everything for a person's calendar feed: cancelled meetings too, so that calendars drop them."""
    limits = within(reach(person, MEETINGS_READ), Meeting)
    statement = select(Meeting).where(Meeting.meets_on >= since, limits).order_by(Meeting.starts_at, Meeting.id)
    return db.session.scalars(_with_names(statement.limit(300))).all()


def planned_between(first: date, last: date) -> Sequence[Meeting]:
    """Meetings of every board in these days, cancelled ones left out: for the clock."""
    statement = select(Meeting).where(Meeting.meets_on.between(first, last), Meeting.status == PLANNED)
    statement = _with_names(across_boards(statement, CrossBoardReason.CLOCK))
    return db.session.scalars(statement.order_by(Meeting.meets_on, Meeting.id)).all()


def sittings(meeting_id: UUID) -> Sequence[Sitting]:
    """The earlier days on which an adjourned meeting sat, the first one first."""
    statement = select(Sitting).where(Sitting.meeting_id == meeting_id)
    return db.session.scalars(statement.order_by(Sitting.starts_at, Sitting.id)).all()


@seen_with(MEETINGS_READ)
def item(sight: Sight, item_id: UUID) -> AgendaItem | None:
    """An agenda item within a person's sight, with its meeting."""
    limits = sight.of(AgendaItem)
    statement = select(AgendaItem).join(AgendaItem.meeting).where(AgendaItem.id == item_id, limits)
    return db.session.scalar(
        statement.options(
            contains_eager(AgendaItem.meeting).joinedload(Meeting.board),
            contains_eager(AgendaItem.meeting).joinedload(Meeting.group),
        )
    )


def find_item(item_id: UUID) -> AgendaItem | None:
    """An item for emails, whoever asks; None where it is not kept any more."""
    return db.session.scalar(select(AgendaItem).where(AgendaItem.id == item_id))


def item_by_id(item_id: UUID) -> AgendaItem:
    return db.session.scalars(select(AgendaItem).where(AgendaItem.id == item_id)).one()


def items(meeting_id: UUID) -> Sequence[AgendaItem]:
    """Every item of a meeting, in order, prepared ones included."""
    return db.session.scalars(_items(), {"meeting_id": meeting_id}).all()


@made_once
def _items() -> Select[AgendaItem]:
    statement = select(AgendaItem).where(AgendaItem.meeting_id == bindparam("meeting_id"))
    return statement.order_by(AgendaItem.position, AgendaItem.id)


def last_position(meeting_id: UUID) -> int:
    return db.session.scalar(select(func.max(AgendaItem.position)).where(AgendaItem.meeting_id == meeting_id)) or 0


def stand_ins(meeting_id: UUID) -> list[tuple[StandIn, str, str]]:
    """(row, depute's name, rep's name) for each depute at a meeting."""
    rows = db.session.execute(_stand_ins(), {"meeting_id": meeting_id})
    return [(row, depute, name) for row, depute, name in rows]


@made_once
def _stand_ins() -> Select[StandIn, str, str]:
    rep = Person.__table__.alias("rep")
    return (
        select(StandIn, Person.name, rep.c.name)
        .join(Person, Person.id == StandIn.person_id)
        .join(rep, rep.c.id == StandIn.on_behalf_of_id)
        .where(StandIn.meeting_id == bindparam("meeting_id"))
        .order_by(StandIn.id)
    )


@dataclass(frozen=True)
class RepOfMeeting:
    """Who sits on the group of a meeting on its day, and the name of whoever goes instead."""

    id: UUID
    name: str
    depute: str | None


def reps_and_deputes(meeting: Meeting) -> list[RepOfMeeting]:
    """The reps of a meeting's group by id, disabled accounts left out; once more for each depute of theirs."""
    of = {"board_id": meeting.board_id, "group_id": meeting.group_id, "meeting_id": meeting.id}
    rows = db.session.execute(_reps_and_deputes(), {**of, "day": meeting.meets_on})
    return [RepOfMeeting(key, name, depute) for key, name, depute in rows]


@made_once
def _reps_and_deputes() -> Select[UUID, str, str | None]:
    depute = Person.__table__.alias("depute")
    is_for_them = and_(
        StandIn.board_id == Appointment.board_id,
        StandIn.meeting_id == bindparam("meeting_id"),
        StandIn.on_behalf_of_id == Person.id,
    )
    return (
        select(Person.id, Person.name, depute.c.name)
        .join(Appointment, Appointment.person_id == Person.id)
        .outerjoin(StandIn, is_for_them)
        .outerjoin(depute, depute.c.id == StandIn.person_id)
        .where(
            Appointment.board_id == bindparam("board_id"),
            Appointment.group_id == bindparam("group_id"),
            Appointment.from_on <= bindparam("day"),
            Appointment.until_on >= bindparam("day"),
            Person.disabled_at.is_(None),
            is_still_theirs(),
        )
        .order_by(Person.id, StandIn.id)
    )


def is_standing_in(meeting_id: UUID, person_id: UUID) -> bool:
    return any(row.person_id == person_id for row, _, _ in stand_ins(meeting_id))


def has_depute(rep_id: UUID | SQLColumnExpression[UUID]) -> ColumnElement[bool]:
    """As a part of a statement on meetings: a depute goes instead of this rep."""
    row = aliased(StandIn)  # the statement itself may be about those who stand in
    return exists().where(row.board_id == Meeting.board_id, row.meeting_id == Meeting.id, row.on_behalf_of_id == rep_id)


def who_goes_instead(rep_id: UUID, meeting: Meeting) -> str:
    """The name of the depute who goes to a meeting instead of a rep; '' where none does."""
    return next((name for row, name, _ in stand_ins(meeting.id) if row.on_behalf_of_id == rep_id), "")


@seen_with(MEETINGS_READ)
def stand_in(sight: Sight, stand_in_id: UUID) -> StandIn | None:
    limits = sight.of(StandIn)
    return db.session.scalar(select(StandIn).where(StandIn.id == stand_in_id, limits))


def past_meetings_of_groups(ended: list[tuple[UUID, date]]) -> list[UUID]:
    """Ids of the meetings of groups up to the last day of an appointment there."""
    if not ended:
        return []
    clauses = [and_(Meeting.group_id == group_id, Meeting.meets_on <= last) for group_id, last in ended]
    return list(db.session.scalars(select(Meeting.id).where(or_(*clauses)).order_by(Meeting.id)))


def coming_stand_ins(person_id: UUID, today: date) -> Sequence[StandIn]:
    """Where a person stands in from today on."""
    statement = select(StandIn).join(Meeting, Meeting.id == StandIn.meeting_id)
    statement = statement.where(StandIn.person_id == person_id, Meeting.meets_on >= today)
    return db.session.scalars(statement.order_by(StandIn.id)).all()


def whom_one_stands_in_for(person_id: UUID, today: date) -> dict[UUID, list[str]]:
    """By coming meeting, the names of the reps instead of whom a person goes."""
    statement = select(StandIn.meeting_id, Person.name).join(Person, Person.id == StandIn.on_behalf_of_id)
    coming = (StandIn.person_id == person_id, Meeting.meets_on >= today)
    statement = statement.join(Meeting, Meeting.id == StandIn.meeting_id).where(*coming)
    found: dict[UUID, list[str]] = {}
    for meeting_id, name in db.session.execute(statement.order_by(StandIn.id)):
        found.setdefault(meeting_id, []).append(name)
    return found


def stood_in_by(person_id: UUID, today: date) -> list[tuple[StandIn, Meeting]]:
    """The coming meetings at which somebody stands in, soonest first."""
    statement = select(StandIn, Meeting).join(Meeting, Meeting.id == StandIn.meeting_id)
    statement = statement.where(StandIn.person_id == person_id, Meeting.meets_on >= today, Meeting.status == PLANNED)
    statement = statement.options(joinedload(Meeting.group)).order_by(Meeting.starts_at, StandIn.id)
    return [(row, meeting) for row, meeting in db.session.execute(statement)]
