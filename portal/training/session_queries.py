"""Finding training sessions, who has a place, and Carer Awareness."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from portal.access.decide import reach
from portal.access.permissions import SESSIONS_ARRANGE, SESSIONS_BOOK
from portal.access.roles import Asker
from portal.core import clock
from portal.infra.database import db
from portal.infra.scope import Across, across_boards, within
from portal.training.models import (
    AwarenessCount,
    AwarenessDelivered,
    AwarenessSession,
    Booking,
    OtherMembers,
    TrainingSession,
)
from portal.training.rules import AWARENESS_COUNTS_FOR, BOOKED, HAS_A_PLACE, ON_WAITING_LIST


def session(person: Asker, session_id: UUID) -> TrainingSession | None:
    """A session that somebody may book."""
    limits = within(reach(person, SESSIONS_BOOK), TrainingSession)
    return db.session.scalar(select(TrainingSession).where(TrainingSession.id == session_id, limits))


def session_to_arrange(person: Asker, arranged_id: UUID) -> TrainingSession | None:
    """A session of an officer's board."""
    limits = within(reach(person, SESSIONS_ARRANGE), TrainingSession)
    return db.session.scalar(select(TrainingSession).where(TrainingSession.id == arranged_id, limits))


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


def sessions_of_board(board_id: UUID) -> Sequence[TrainingSession]:
    """The sessions of a board, the latest first."""
    statement = select(TrainingSession).where(TrainingSession.board_id == board_id)
    return db.session.scalars(statement.order_by(TrainingSession.starts_at.desc(), TrainingSession.id).limit(60)).all()


def taken(session_ids: Iterable[UUID]) -> Counter[UUID]:
    """How many places are taken, by session."""
    statement = select(Booking.session_id, func.count(Booking.id)).where(
        Booking.session_id.in_(list(session_ids)), Booking.status.in_(HAS_A_PLACE)
    )
    rows = db.session.execute(statement.group_by(Booking.session_id).order_by(Booking.session_id))
    return Counter({session_id: number for session_id, number in rows})  # noqa: C416 - rows are not pairs to mypy


def bookings(one: TrainingSession) -> Sequence[Booking]:
    """Who asked for a place, the first first, with names."""
    statement = select(Booking).where(Booking.session_id == one.id).options(joinedload(Booking.person))
    return db.session.scalars(statement.order_by(Booking.asked_at, Booking.id)).all()


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
    statement = across_boards(statement.order_by(TrainingSession.starts_at, TrainingSession.id), Across.CLOCK)
    return db.session.scalars(statement).all()


def awareness_of_board(board_id: UUID) -> Sequence[AwarenessSession]:
    """When Carer Awareness was held on a board, the latest first."""
    statement = select(AwarenessSession).where(AwarenessSession.board_id == board_id)
    return db.session.scalars(statement.order_by(AwarenessSession.held_on.desc(), AwarenessSession.id).limit(60)).all()


def delivered_by(board_id: UUID) -> dict[UUID, list[str]]:
    """The names of the reps who delivered it, by session."""
    statement = select(AwarenessDelivered).where(AwarenessDelivered.board_id == board_id)
    found: dict[UUID, list[str]] = {}
    for one in db.session.scalars(
        statement.options(joinedload(AwarenessDelivered.person)).order_by(AwarenessDelivered.id)
    ):
        found.setdefault(one.session_id, []).append(one.person.name)
    return found


def delivered_between(first: date, last: date) -> Sequence[AwarenessDelivered]:
    """Who delivered Carer Awareness in these days, on every board: for the clock."""
    statement = select(AwarenessDelivered).join(AwarenessDelivered.session)
    statement = statement.where(AwarenessSession.held_on.between(first, last))
    statement = statement.options(joinedload(AwarenessDelivered.session)).order_by(AwarenessDelivered.id)
    return db.session.scalars(across_boards(statement, Across.CLOCK)).all()


def had_awareness(board_id: UUID, today: date) -> Counter[UUID]:
    """How many other members had it within three years, by group."""
    statement = (
        select(AwarenessCount.group_id, func.sum(AwarenessCount.members))
        .join(AwarenessSession, AwarenessSession.id == AwarenessCount.session_id)
        .where(AwarenessCount.board_id == board_id, AwarenessSession.held_on > today - AWARENESS_COUNTS_FOR)
        .group_by(AwarenessCount.group_id)
    )
    rows = db.session.execute(statement.order_by(AwarenessCount.group_id))
    return Counter({group_id: int(number) for group_id, number in rows})


def other_members(board_id: UUID) -> dict[UUID, OtherMembers]:
    """How many other members each group has, where somebody wrote it down."""
    statement = select(OtherMembers).where(OtherMembers.board_id == board_id).order_by(OtherMembers.id)
    return {one.group_id: one for one in db.session.scalars(statement)}
