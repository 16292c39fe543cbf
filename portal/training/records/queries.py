"""Finding records of training."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload

from portal.access.decide import reach
from portal.access.permissions import (
    TRAINING_CORRECT,
    TRAINING_OWN,
    TRAINING_READ,
)
from portal.access.roles import Viewer
from portal.boards import queries as boards
from portal.core.calendar import moment
from portal.core.clock import london_day
from portal.core.values import Typed
from portal.corrections import queries as corrections
from portal.corrections.models import Correction
from portal.infra.database import db
from portal.infra.scope import CrossBoardReason, across_boards, within
from portal.infra.sight import Sight, seen_with
from portal.training.models import Booking, TrainingRecord, TrainingSession
from portal.training.records.rules import CONFIRMED, DECLINED, TRAINING_RECORD, is_renewed


def _with_people(statement: Select[TrainingRecord]) -> Select[TrainingRecord]:
    return statement.options(joinedload(TrainingRecord.person), joinedload(TrainingRecord.confirmed_by))


def own_records(person: Viewer) -> Sequence[TrainingRecord]:
    """Somebody's own, of every board: they go with them."""
    own = within(reach(person, TRAINING_OWN), TrainingRecord)
    statement = select(TrainingRecord).where(own, TrainingRecord.person_id == person.id)
    order = (TrainingRecord.done_on.desc(), TrainingRecord.created_at.desc(), TrainingRecord.id)
    return db.session.scalars(_with_people(statement.order_by(*order))).all()


@seen_with(TRAINING_READ)
def record(sight: Sight, record_id: UUID) -> TrainingRecord | None:
    """A record within sight: one's own, or one of the board."""
    one = (TrainingRecord.id == record_id, sight.of(TrainingRecord))
    return db.session.scalar(_with_people(select(TrainingRecord).where(*one)))


@seen_with(TRAINING_CORRECT)
def record_to_correct(sight: Sight, record_id: UUID) -> TrainingRecord | None:
    one = (TrainingRecord.id == record_id, sight.of(TrainingRecord))
    return db.session.scalar(_with_people(select(TrainingRecord).where(*one)))


def own_record_by_id(person_id: UUID, record_id: UUID) -> TrainingRecord | None:
    one = (TrainingRecord.id == record_id, TrainingRecord.person_id == person_id)
    return db.session.scalar(select(TrainingRecord).where(*one))


def record_by_id(board_id: UUID, record_id: UUID) -> TrainingRecord:
    one = (TrainingRecord.board_id == board_id, TrainingRecord.id == record_id)
    return db.session.scalars(_with_people(select(TrainingRecord).where(*one))).one()


def find_record(record_id: UUID) -> TrainingRecord | None:
    """None once it was withdrawn; read anew."""
    return db.session.get(TrainingRecord, record_id, populate_existing=True)


def records_of_board(board_id: UUID) -> Sequence[TrainingRecord]:
    statement = select(TrainingRecord).where(TrainingRecord.board_id == board_id)
    order = (TrainingRecord.done_on.desc(), TrainingRecord.id)
    return db.session.scalars(_with_people(statement.order_by(*order).limit(500))).all()


def records_of_rep(board_id: UUID, person_id: UUID) -> Sequence[TrainingRecord]:
    """Those of one person that a board has, the last training first."""
    of_rep = (TrainingRecord.board_id == board_id, TrainingRecord.person_id == person_id)
    statement = select(TrainingRecord).where(*of_rep)
    return db.session.scalars(statement.order_by(TrainingRecord.done_on.desc(), TrainingRecord.id).limit(100)).all()


def corrected(board_id: UUID, ids: Iterable[UUID]) -> Mapping[UUID, list[Correction]]:
    """What was corrected of some records that are there, by record, the latest first.

    A record that was removed and added again has none of the corrections that were made before.
    """
    statement = select(TrainingRecord.id, TrainingRecord.created_at).where(
        TrainingRecord.board_id == board_id, TrainingRecord.id.in_(list(ids))
    )
    kept = {key: at for key, at in db.session.execute(statement.order_by(TrainingRecord.id))}  # noqa: C416 - rows are not pairs to mypy
    every = corrections.of_things(board_id, TRAINING_RECORD, list(kept))
    since = {key: [one for one in found if (one.decided_at or kept[key]) >= kept[key]] for key, found in every.items()}
    return {key: found for key, found in since.items() if found}


def running_out(first: date, last: date) -> Sequence[TrainingRecord]:
    """On every board, confirmed records that run out in these days and were not done again: for the clock."""
    statement = select(TrainingRecord).where(
        TrainingRecord.valid_until.between(first, last), TrainingRecord.status == "confirmed"
    )
    statement = across_boards(statement.order_by(TrainingRecord.board_id, TrainingRecord.id), CrossBoardReason.CLOCK)
    found = db.session.scalars(statement).all()
    confirmed = _confirmed_of({one.person_id for one in found})
    return [one for one in found if not is_renewed(one, confirmed)]


def _confirmed_of(people: Iterable[UUID]) -> Sequence[TrainingRecord]:
    """What is confirmed of some people on any board, as training goes with them."""
    statement = select(TrainingRecord).where(TrainingRecord.person_id.in_(list(people)))
    statement = statement.where(TrainingRecord.status == CONFIRMED).order_by(TrainingRecord.id)
    return db.session.scalars(across_boards(statement, CrossBoardReason.CLOCK)).all()


def done_between(first: date, last: date) -> Sequence[tuple[TrainingRecord, date]]:
    """On every board, training of these days that nobody has declined, and its day: for the clock.

    What somebody had at a session was on the day of that, whatever day its record says by now.
    """
    at_session = (Booking.id == TrainingRecord.id) & (Booking.board_id == TrainingRecord.board_id)
    of_place = (TrainingSession.id == Booking.session_id) & (TrainingSession.board_id == Booking.board_id)
    statement = select(TrainingRecord, TrainingSession.starts_at).outerjoin(Booking, at_session)
    statement = statement.outerjoin(TrainingSession, of_place).where(
        TrainingRecord.status != DECLINED,
        or_(
            TrainingRecord.done_on.between(first, last),
            TrainingSession.starts_at.between(moment(first, time(0)), moment(last, time(23, 59))),
        ),
    )
    statement = across_boards(statement.order_by(TrainingRecord.done_on, TrainingRecord.id), CrossBoardReason.CLOCK)
    found = [(one, london_day(at) if at else one.done_on) for one, at in db.session.execute(statement)]
    return [(one, day) for one, day in found if first <= day <= last]


def page_of_record(record_id: UUID) -> tuple[str, Typed]:
    """Where officers see it."""
    board_id = db.session.get_one(TrainingRecord, record_id).board_id
    return "training.of_board", {"board": boards.board_by_id(board_id).key}
