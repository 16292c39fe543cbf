"""Every change to training sessions and bookings."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import delete

from portal.core import clock
from portal.core.clock import london_day
from portal.core.values import Typed
from portal.infra.database import db
from portal.infra.unit_of_work import record
from portal.infra.versions import save_unless_changed
from portal.training.events import (
    AttendanceNoted,
    PlaceBooked,
    PlaceFree,
    PlaceGivenUp,
    PlaceWaitedFor,
    SessionArranged,
    SessionCancelled,
    SessionChanged,
    SessionRenamed,
)
from portal.training.models import (
    AwarenessDelivered,
    Booking,
    TrainingSession,
)
from portal.training.records import actions as records_actions
from portal.training.sessions import queries
from portal.training.sessions.rules import (
    ATTENDED,
    BOOKED,
    HAS_A_PLACE,
    MISSED,
    ON_WAITING_LIST,
    Noted,
    places_left,
    problem_with_booking,
)

TOLD_OF = ("starts_at", "ends_at", "place", "link")


def _event_ids(session: TrainingSession) -> dict[str, UUID]:
    return {"board_id": session.board_id, "session_id": session.id}


def _about(booking: Booking) -> Typed:
    return {
        "board_id": booking.board_id,
        "session_id": booking.session_id,
        "booking_id": booking.id,
        "person_id": booking.person_id,
    }


def arrange(session_id: UUID, board_id: UUID, typed: Typed) -> TrainingSession:
    """A session. The same id twice, from a form sent twice, is one."""
    found = db.session.get(TrainingSession, session_id)
    if found is not None:
        return found
    one = TrainingSession(id=session_id, board_id=board_id, version=1, **typed)
    db.session.add(one)
    db.session.flush()
    record(SessionArranged(**_event_ids(one)))
    return one


def change(session: TrainingSession, version: int, typed: Typed) -> None:
    """Another day, place or number of places; more places go to the waiting list. Raises EditConflict."""
    before = {name: getattr(session, name) for name in TOLD_OF}
    changed = save_unless_changed(session, version, **typed)
    if before != {name: getattr(session, name) for name in TOLD_OF}:
        says: Typed = {"was_at": before["starts_at"], "was_until": before["ends_at"], **SessionChanged.says(changed)}
        record(SessionChanged(board_id=session.board_id, session_id=session.id, **says))
    if "title" in changed:
        record(SessionRenamed(board_id=session.board_id, session_id=session.id, **SessionRenamed.says(changed)))
    _fill_places(session)


def cancel(session: TrainingSession) -> None:
    """It does not take place; everybody with a place or on the waiting list is told. Once."""
    if session.cancelled_at is None:
        session.cancelled_at = clock.now()
        db.session.flush()
        record(SessionCancelled(**_event_ids(session)))


def book(one: TrainingSession, person_id: UUID, needs_care: bool) -> Booking | None:
    """A place, or one on the waiting list when it is full. None for a session that is over or cancelled.

    Booked twice, it is one place.
    """
    one = queries.session_for_update(one)
    if problem_with_booking(one.starts_at, one.is_cancelled, clock.now()):
        return None
    found = queries.booking(one.id, person_id)
    if found is not None:
        return found
    taken = len(queries.people_of(one.board_id, one.id, *HAS_A_PLACE))
    mine = Booking(board_id=one.board_id, session_id=one.id, person_id=person_id)
    mine.status = BOOKED if places_left(one.places, taken) else ON_WAITING_LIST
    mine.needs_care, mine.asked_at = needs_care, clock.now()
    db.session.add(mine)
    db.session.flush()
    if mine.status == BOOKED:
        record(PlaceBooked(**_about(mine), needs_care=needs_care))
    else:
        record(PlaceWaitedFor(**_about(mine)))
    return mine


def give_up(one: TrainingSession, person_id: UUID) -> None:
    """Somebody cannot come: whoever waits longest has the place. Given up twice, it is given up once."""
    one = queries.session_for_update(one)
    mine = queries.booking(one.id, person_id)
    if mine is not None and mine.status in (BOOKED, ON_WAITING_LIST):
        db.session.delete(mine)
        db.session.flush()
        record(PlaceGivenUp(**_about(mine)))
        _fill_places(one)


def _fill_places(session: TrainingSession) -> None:
    """Free places go to the waiting list, while the session is ahead."""
    if problem_with_booking(session.starts_at, session.is_cancelled, clock.now()):
        return
    found = queries.bookings(session)
    left = places_left(session.places, sum(each.status in HAS_A_PLACE for each in found))
    for waiting in [each for each in found if each.status == ON_WAITING_LIST][:left]:
        waiting.status = BOOKED
        record(PlaceFree(**_about(waiting), needs_care=waiting.needs_care))
    db.session.flush()


def note_attendance(session: TrainingSession, came: Collection[UUID], officer_id: UUID) -> Noted:
    """Who was there, by the officer; it stands in their records as confirmed. Never about the officer's own place."""
    noted = Noted()
    for each in queries.bookings(session):
        now = ATTENDED if each.person_id in came else MISSED
        if each.status not in HAS_A_PLACE or each.person_id == officer_id or each.status == now:
            continue
        if now == ATTENDED:
            _keep_record(session, each, officer_id)
            noted.added.append(each.person_id)
        elif each.status == ATTENDED:
            records_actions.take_back_record(each.person_id, each.id)
            noted.removed.append(each.person_id)
        each.status, noted.is_changed = now, True
    if noted.is_changed:
        db.session.flush()
        record(AttendanceNoted(**_event_ids(session)))
    return noted


def _keep_record(session: TrainingSession, booking: Booking, officer_id: UUID) -> None:
    """It stands in their training record, confirmed by the officer."""
    learned = {"title": session.title, "course_id": session.course_id, "done_on": london_day(session.starts_at)}
    kept = records_actions.add_record(booking.id, session.board_id, booking.person_id, learned, None)
    records_actions.answer_record(kept, officer_id, is_confirmed=True)


def note_unbooked(session: TrainingSession, person_id: UUID, officer_id: UUID) -> None:
    """Somebody of the board was there without a place, by the officer. Never the officer. Noted twice, it is once."""
    found = queries.booking(session.id, person_id)
    if person_id == officer_id or (found is not None and found.status in HAS_A_PLACE):
        return
    one = found or Booking(board_id=session.board_id, session_id=session.id, person_id=person_id)
    one.status, one.needs_care, one.asked_at = ATTENDED, False, clock.now()
    db.session.add(one)
    db.session.flush()
    _keep_record(session, one, officer_id)
    record(AttendanceNoted(**_event_ids(session)))


def forget_person(person_id: UUID) -> None:
    """An account ended: places ahead are free again, and past ones go. The trail has its line."""
    for one in queries.own_bookings(person_id, clock.now()):
        give_up(one.session, person_id)
    for model in (Booking, AwarenessDelivered):
        db.session.execute(delete(model).where(model.person_id == person_id))
