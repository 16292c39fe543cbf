"""Finding training sessions, and who has a place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from portal.access.permissions import SESSIONS_BOOK
from portal.access.roles import DEPUTE, MENTOR
from portal.boards import queries as boards
from portal.core import clock
from portal.core.clock import london_day
from portal.core.names import name_key
from portal.infra.database import db
from portal.infra.scope import CrossBoardReason, across_boards
from portal.infra.sight import Sight, seen_with
from portal.training.models import (
    Booking,
    Course,
    TrainingSession,
)
from portal.training.sessions.rules import BOOKED, HAS_A_PLACE, ON_WAITING_LIST, PAST_FOR

ALSO_BOOK = (DEPUTE, MENTOR)  # besides reps


@seen_with(SESSIONS_BOOK)
def session(sight: Sight, session_id: UUID) -> TrainingSession | None:
    """A session within sight: of those who may book it, unless the door says of whom else."""
    return db.session.scalar(select(TrainingSession).where(TrainingSession.id == session_id, sight.of(TrainingSession)))


def session_by_id(board_id: UUID, session_id: UUID) -> TrainingSession:
    one = (TrainingSession.board_id == board_id, TrainingSession.id == session_id)
    return db.session.scalars(select(TrainingSession).where(*one)).one()


def session_for_update(one: TrainingSession) -> TrainingSession:
    """A session, held against two people who take its last place at once."""
    statement = select(TrainingSession).where(TrainingSession.id == one.id).with_for_update()
    return db.session.scalars(statement.execution_options(populate_existing=True)).one()


def coming(board_ids: Iterable[UUID]) -> Sequence[TrainingSession]:
    """Sessions of some boards that are still ahead, the soonest first."""
    statement = select(TrainingSession).where(
        TrainingSession.board_id.in_(list(board_ids)),
        TrainingSession.starts_at > clock.now(),
        TrainingSession.cancelled_at.is_(None),
    )
    return db.session.scalars(statement.order_by(TrainingSession.starts_at, TrainingSession.id).limit(50)).all()


def ahead_with_course(course: Course) -> Sequence[TrainingSession]:
    """Sessions to come that teach a course: of its board, or of every board for a national one; the soonest first."""
    statement = select(TrainingSession).where(
        TrainingSession.course_id == course.id,
        TrainingSession.starts_at > clock.now(),
        TrainingSession.cancelled_at.is_(None),
    )
    statement = statement.order_by(TrainingSession.starts_at, TrainingSession.id)
    if course.board_id is None:
        statement = across_boards(statement, CrossBoardReason.COORDINATOR)
    else:
        statement = statement.where(TrainingSession.board_id == course.board_id)
    return db.session.scalars(statement).all()


def sessions_of_board(board_id: UUID) -> Sequence[TrainingSession]:
    """The sessions of a board, the latest first."""
    statement = select(TrainingSession).where(TrainingSession.board_id == board_id)
    return db.session.scalars(statement.order_by(TrainingSession.starts_at.desc(), TrainingSession.id).limit(60)).all()


def taken(session_ids: Iterable[UUID]) -> Counter[UUID]:
    """How many places are taken, by session; of those who had one when it began."""
    statement = select(Booking.session_id, func.count(Booking.id)).join(Booking.session)
    statement = statement.where(
        TrainingSession.board_id == Booking.board_id,
        Booking.session_id.in_(list(session_ids)),
        Booking.status.in_(HAS_A_PLACE),
        Booking.asked_at < TrainingSession.starts_at,
    )
    rows = db.session.execute(statement.group_by(Booking.session_id).order_by(Booking.session_id))
    return Counter({session_id: number for session_id, number in rows})  # noqa: C416 - rows are not pairs to mypy


def bookings(one: TrainingSession) -> Sequence[Booking]:
    """Who asked for a place, the first first, with names."""
    statement = select(Booking).where(Booking.session_id == one.id).options(joinedload(Booking.person))
    return db.session.scalars(statement.order_by(Booking.asked_at, Booking.id)).all()


def without_a_place(one: TrainingSession, but: UUID) -> dict[UUID, str]:
    """People of the board who may book and have no place at a session, with their names, by name; one left out.

    Whoever was only invited to join has agreed to nothing yet.
    """
    reps = {key: name for key, (name, _) in boards.reps_with_groups(one.board_id, london_day(one.starts_at)).items()}
    everyone = reps | boards.people_named(boards.staff_with_role(one.board_id, ALSO_BOOK))
    placed = {but, *people_of(one.board_id, one.id, *HAS_A_PLACE), *boards.not_joined(everyone)}
    free = [(key, name) for key, name in everyone.items() if key not in placed]
    return dict(sorted(free, key=lambda pair: (name_key(pair[1]), pair[0])))


def booking(session_id: UUID, person_id: UUID) -> Booking | None:
    statement = select(Booking).where(Booking.session_id == session_id, Booking.person_id == person_id)
    return db.session.scalar(statement)


def own_bookings(person_id: UUID, since: datetime) -> Sequence[Booking]:
    """Where somebody has a place or waits for one, with the sessions, the soonest first."""
    statement = (
        select(Booking)
        .join(Booking.session)
        .where(
            Booking.person_id == person_id,
            Booking.status.in_((BOOKED, ON_WAITING_LIST)),
            TrainingSession.board_id == Booking.board_id,
            TrainingSession.ends_at > since,
            TrainingSession.cancelled_at.is_(None),
        )
    )
    statement = statement.options(joinedload(Booking.session)).order_by(TrainingSession.starts_at, Booking.id)
    return db.session.scalars(statement).all()


def past_places(person_id: UUID, now: datetime) -> Sequence[Booking]:
    """Where somebody lately had a place, or was there without one, with the sessions; the latest first."""
    statement = select(Booking).join(Booking.session)
    statement = statement.where(
        Booking.person_id == person_id,
        Booking.status.in_(HAS_A_PLACE),
        TrainingSession.board_id == Booking.board_id,
        TrainingSession.ends_at.between(now - PAST_FOR, now),
        TrainingSession.cancelled_at.is_(None),
    )
    statement = statement.options(joinedload(Booking.session))
    return db.session.scalars(statement.order_by(TrainingSession.starts_at.desc(), Booking.id)).all()


def is_place(board_id: UUID, record_id: UUID) -> bool:
    """Whether a record of training is of a session: it has the id of somebody's place there."""
    statement = select(Booking.id).where(Booking.board_id == board_id, Booking.id == record_id)
    return db.session.scalar(statement) is not None


def people_of(board_id: UUID, session_id: UUID, *states: str) -> list[UUID]:
    """Ids of those who booked, in the order in which they asked."""
    statement = select(Booking.person_id).where(Booking.board_id == board_id, Booking.session_id == session_id)
    statement = statement.where(Booking.status.in_(states))
    return list(db.session.scalars(statement.order_by(Booking.asked_at, Booking.id)))


def sessions_between(first: datetime, last: datetime) -> Sequence[TrainingSession]:
    """On every board: for the clock."""
    statement = select(TrainingSession).where(
        TrainingSession.starts_at.between(first, last), TrainingSession.cancelled_at.is_(None)
    )
    statement = across_boards(statement.order_by(TrainingSession.starts_at, TrainingSession.id), CrossBoardReason.CLOCK)
    return db.session.scalars(statement).all()
