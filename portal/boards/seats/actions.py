"""Every change to seats and appointments."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

from portal.accounts.actions import end_every_session
from portal.accounts.invitations import invite_once
from portal.accounts.models import Person
from portal.boards.access.actions import end_reading_on
from portal.boards.events import (
    AppointmentCancelled,
    AppointmentEnded,
    RepAppointed,
    SeatChanged,
    SeatClosed,
    SeatCreated,
    SeatGivenUp,
)
from portal.boards.models import Appointment, Board, Group, Seat
from portal.boards.offers.actions import invite_to
from portal.boards.people import actions as people_actions
from portal.boards.seats import days, queries
from portal.boards.seats.rules import TO_ONESELF, USUAL_TITLE, votes_from
from portal.core import clock
from portal.core.values import Typed
from portal.infra.database import db
from portal.infra.unit_of_work import acting, record, records_nothing
from portal.infra.versions import assign


class HasBegun(Exception):
    """Somebody has sat there already: a last day can be set, and nothing cancelled."""


class SeatTaken(Exception):
    """Nobody new can sit in this seat for some of these days; the message says why."""


def create_seat(
    group: Group, title: str, created_on: date, votes_from: date | None = None, seat_id: UUID | None = None
) -> Seat:
    seat = Seat(
        id=seat_id or uuid4(),
        board_id=group.board_id,
        group_id=group.id,
        title=title,
        created_on=created_on,
        votes_from=votes_from,
    )
    db.session.add(seat)
    db.session.flush()
    record(SeatCreated(board_id=group.board_id, group_id=group.id, seat_id=seat.id))
    return seat


def create_usual_seat(board: Board, group: Group, created_on: date, seat_id: UUID) -> Seat:
    """A seat as its page would propose it."""
    return create_seat(group, USUAL_TITLE, created_on, votes_from(group.kind, board.model), seat_id)


def change_seat(seat: Seat, title: str, created_on: date, votes_from: date | None) -> None:
    was = seat.title
    if changed := assign(seat, title=title, created_on=created_on, votes_from=votes_from):
        of: Typed = {"board_id": seat.board_id, "group_id": seat.group_id, "seat_id": seat.id}
        says = SeatChanged.says(changed)
        record(SeatChanged(**of, votes_from=votes_from, was_title=was, title=title, **says))


def close_seat(seat: Seat) -> None:
    """The place exists no more from today; who sat in it stays on record."""
    if queries.terms_of_seat(seat.board_id, seat.id) and not _is_empty(seat):
        raise SeatTaken
    seat.closed_on = clock.today()
    record(SeatClosed(board_id=seat.board_id, group_id=seat.group_id, seat_id=seat.id))


def _is_empty(seat: Seat) -> bool:
    return all(end < clock.today() for _, end in queries.terms_of_seat(seat.board_id, seat.id))


def _take(seat: Seat, from_on: date, until_on: date) -> None:
    """Lock a seat that is free on these days. The second of two administrators looks when the first is done."""
    db.session.refresh(seat, with_for_update=True)
    if problem := days.days_of_seat(seat.board_id, seat.id).problem_with(from_on, until_on):
        raise SeatTaken(problem)
    for one in queries.without_joining(seat, from_on, until_on):
        _give_up(one)


def _give_up(appointment: Appointment) -> None:
    """One who declined, or was withdrawn, has the seat no more, even should they join later. That they did is kept."""
    record(SeatGivenUp(**_of(appointment), from_on=appointment.from_on, until_on=appointment.until_on))
    person = db.session.get_one(Person, appointment.person_id)
    if person.out_on:
        last = person.out_on - timedelta(days=1)
        appointment.from_on, appointment.until_on = min(appointment.from_on, last), min(appointment.until_on, last)
    appointment.left_because = "declined" if person.invitation_declined_at else "withdrawn"
    appointment.ended_at = person.invitation_withdrawn_at


@records_nothing("that the seat is given up is recorded")
def free_seat(appointment: Appointment) -> None:
    """The seat of somebody who declined, or was withdrawn, before anybody else is appointed."""
    if appointment.person.out_on and not appointment.gave_up:
        _give_up(appointment)


def _of(appointment: Appointment) -> dict[str, UUID]:
    where = {"board_id": appointment.board_id, "group_id": appointment.group_id, "seat_id": appointment.seat_id}
    return {**where, "person_id": appointment.person_id}


def appoint(seat: Seat, person: Person, capacity: str, from_on: date, until_on: date) -> Appointment:
    """Raises SeatTaken when somebody else sits there on any of these days, it is not there, or it is one's own."""
    if acting.get() == person.id:
        raise SeatTaken(TO_ONESELF)
    _take(seat, from_on, until_on)
    appointment = Appointment(
        board_id=seat.board_id,
        group_id=seat.group_id,
        seat_id=seat.id,
        person_id=person.id,
        capacity=capacity,
        from_on=from_on,
        until_on=until_on,
        made_by_id=acting.get(),
        made_at=clock.now(),
    )
    db.session.add(appointment)
    db.session.flush()
    invite_once(person, seat.board_id)
    if from_on <= clock.today():
        end_every_session(person.id)
    record(
        RepAppointed(
            board_id=seat.board_id,
            group_id=seat.group_id,
            seat_id=seat.id,
            appointment_id=appointment.id,
            person_id=person.id,
        )
    )
    return appointment


def appoint_by_email(seat: Seat, name: str, email: str, capacity: str, from_on: date, until_on: date) -> Appointment:
    """Appoint somebody who may have no account yet: they are invited too. Raises SeatTaken, and then invites nobody."""
    _take(seat, from_on, until_on)
    return appoint(seat, invite_to(seat.board_id, email, name), capacity, from_on, until_on)


def end_appointment(appointment: Appointment, last_day: date, because: str, ends_reading: bool = False) -> None:
    """Set a last day, with which past papers may close too. Why somebody leaves is kept for figures, in no event."""
    was_until_on = appointment.until_on
    appointment.until_on = max(last_day, appointment.from_on)
    appointment.left_because = because
    appointment.ended_at = clock.now()
    if ends_reading:
        end_reading_on(appointment.board_id, appointment.person_id, appointment.until_on)
    if appointment.until_on < clock.today():
        end_every_session(appointment.person_id)
    people_actions.withdraw_if_nothing_is_left(db.session.get_one(Person, appointment.person_id), appointment.board_id)
    record(
        AppointmentEnded(
            board_id=appointment.board_id,
            group_id=appointment.group_id,
            appointment_id=appointment.id,
            person_id=appointment.person_id,
            was_until_on=was_until_on,
            until_on=appointment.until_on,
        )
    )


def cancel_appointment(appointment: Appointment) -> None:
    """Take back one that has not begun: its days are free again, and the trail keeps it. Raises HasBegun."""
    if appointment.from_on <= clock.today():
        raise HasBegun
    person = db.session.get_one(Person, appointment.person_id)
    event = AppointmentCancelled(**_of(appointment), from_on=appointment.from_on, until_on=appointment.until_on)
    db.session.delete(appointment)
    people_actions.withdraw_if_nothing_is_left(person, appointment.board_id)
    record(event)
