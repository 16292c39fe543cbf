"""What training sessions want of people: come where one has a place, and record who was there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import exists, select

from portal.access.permissions import SESSIONS_ARRANGE, SESSIONS_BOOK
from portal.core.clock import london_day
from portal.core.text import hour_words, time_and_place_words
from portal.infra.kept import Whoever
from portal.infra.todo import Rows, Says, ToDo, Whom
from portal.infra.todo_line import ON, SINCE, Line
from portal.training.models import Booking, TrainingSession
from portal.training.sessions.rules import BOOKED

RECORDED_WITHIN = timedelta(days=90)  # who was there is hardly known later
SHOWN_AHEAD = timedelta(days=60)


@dataclass(frozen=True)
class Unrecorded:
    """A training session that is over, and of which nobody has recorded who of those with a place was there."""

    board_id: UUID
    session_id: UUID
    title: str
    ended_at: datetime


def _unrecorded(who: Whoever) -> Rows:
    """An officer's own place is another officer's to record."""
    open_place = exists().where(
        Booking.board_id == TrainingSession.board_id,
        Booking.session_id == TrainingSession.id,
        Booking.status == BOOKED,
        Booking.person_id != who.id,
    )
    of_session = (TrainingSession.board_id, TrainingSession.id.label("session_id"), TrainingSession.title)
    return select(*of_session, TrainingSession.ends_at.label("ended_at")).where(
        TrainingSession.ends_at <= who.now,
        TrainingSession.ends_at > who.now - RECORDED_WITHIN,
        TrainingSession.cancelled_at.is_(None),
        open_place,
        who.within(SESSIONS_ARRANGE, TrainingSession),
    )


def _record(found: Sequence[Unrecorded], _today: date) -> Iterator[Line]:
    for one in found:
        title = f"Record who was at {one.title}"
        yield Line(london_day(one.ended_at), title, where={"session_id": one.session_id}, day_is=SINCE)


@dataclass(frozen=True)
class Booked:
    """A training session that is not over, at which somebody has a place."""

    board_id: UUID
    session_id: UUID
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    link: str


def _booked(who: Whoever) -> Rows:
    of_session = (TrainingSession.board_id, TrainingSession.id.label("session_id"), TrainingSession.title)
    when, where = (TrainingSession.starts_at, TrainingSession.ends_at), (TrainingSession.place, TrainingSession.link)
    own_place = exists().where(
        Booking.board_id == TrainingSession.board_id,
        Booking.session_id == TrainingSession.id,
        Booking.person_id == who.id,
        Booking.status == BOOKED,
    )
    return select(*of_session, *when, *where).where(
        TrainingSession.ends_at > who.now,
        TrainingSession.starts_at < who.now + SHOWN_AHEAD,
        TrainingSession.cancelled_at.is_(None),
        own_place,
        who.within(SESSIONS_BOOK, TrainingSession),
    )


def _come(found: Sequence[Booked], _today: date) -> Iterator[Line]:
    for one in found:
        words = time_and_place_words(one.starts_at, one.ends_at, one.place, one.link)
        day, where = london_day(one.starts_at), {"session_id": one.session_id}
        yield Line(day, f"Training: {one.title}", words, where, day_is=ON, apart=f", {hour_words(one.starts_at)}")


TO_RECORD = ToDo(
    "training to record",
    Whom.STAFF,
    Unrecorded,
    _unrecorded,
    first_page=Says("training.arranged", _record),
    desk=Says("training.arranged", _record),
)
TO_COME = ToDo(
    "training session to come to", Whom.THEMSELVES, Booked, _booked, first_page=Says("training.session", _come)
)
