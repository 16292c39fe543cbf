"""Every change to boards: groups, seats, appointments, roles and settings."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from portal.access.roles import COORDINATOR
from portal.accounts.actions import end_every_session, invite
from portal.accounts.models import Person
from portal.boards import queries, seat_queries
from portal.boards.events import (
    AppointmentEnded,
    BoardCreated,
    GroupChanged,
    GroupClosed,
    GroupCreated,
    RepAppointed,
    RoleEnded,
    RoleGiven,
    SeatChanged,
    SeatClosed,
    SeatCreated,
    SettingsChanged,
)
from portal.boards.models import Appointment, Board, Group, Seat, StaffRole
from portal.core import clock
from portal.infra.database import db
from portal.infra.unit_of_work import record
from portal.infra.versions import save_unless_changed

SETTINGS = ("paper_target_days", "clear_notice_days", "public_access_days", "reminder_days", "check_in_days", "contact")


class SeatTaken(Exception):
    """Nobody new can sit in this seat for some of these days; the message says why."""


def create_board(key: str, name: str, short_name: str, **facts: Any) -> Board:
    board = Board(id=uuid4(), key=key, name=name, short_name=short_name, **facts)
    db.session.add(board)
    db.session.flush()
    record(BoardCreated(board_id=board.id))
    return board


def change_settings(board: Board, version: int, settings: dict[str, Any]) -> None:
    """Raises ChangedMeanwhile when the version is not the one the page was opened with."""
    changed = tuple(name for name in SETTINGS if name in settings and getattr(board, name) != settings[name])
    save_unless_changed(board, version, **{name: settings[name] for name in changed})
    record(SettingsChanged(board_id=board.id, changed=changed))


def create_group(board: Board, name: str, kind: str, parent_id: UUID | None = None) -> Group:
    group = Group(id=uuid4(), board_id=board.id, name=name, kind=kind, parent_id=parent_id)
    db.session.add(group)
    db.session.flush()
    record(GroupCreated(board_id=board.id, group_id=group.id))
    return group


def change_group(group: Group, name: str, kind: str) -> None:
    group.name, group.kind = name, kind
    record(GroupChanged(board_id=group.board_id, group_id=group.id))


def close_group(group: Group) -> None:
    """The group meets no more; what it did stays on record. Raises SeatTaken while it has open seats."""
    if queries.seats_by_group(group.board_id, clock.today()).get(group.id):
        raise SeatTaken
    group.closed_on = clock.today()
    record(GroupClosed(board_id=group.board_id, group_id=group.id))


def create_seat(group: Group, title: str, created_on: date, votes_from: date | None = None) -> Seat:
    seat = Seat(
        id=uuid4(),
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


def change_seat(seat: Seat, title: str, created_on: date, votes_from: date | None) -> None:
    seat.title, seat.created_on, seat.votes_from = title, created_on, votes_from
    record(SeatChanged(board_id=seat.board_id, group_id=seat.group_id, seat_id=seat.id, votes_from=votes_from))


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
    if problem := seat_queries.days_of_seat(seat.board_id, seat.id).problem_with(from_on, until_on):
        raise SeatTaken(problem)


def appoint(seat: Seat, person: Person, capacity: str, from_on: date, until_on: date) -> Appointment:
    """Raises SeatTaken when somebody else sits there on any of these days, or the seat is not there."""
    _take(seat, from_on, until_on)
    appointment = Appointment(
        id=uuid4(),
        board_id=seat.board_id,
        group_id=seat.group_id,
        seat_id=seat.id,
        person_id=person.id,
        capacity=capacity,
        from_on=from_on,
        until_on=until_on,
    )
    db.session.add(appointment)
    db.session.flush()
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
    return appoint(seat, invite(email, name, seat.board_id), capacity, from_on, until_on)


def end_appointment(appointment: Appointment, last_day: date, because: str) -> None:
    """Set a last day. Why somebody leaves is kept for figures, and no event says it."""
    was_until_on = appointment.until_on
    appointment.until_on = max(last_day, appointment.from_on)
    appointment.left_because = because
    appointment.ended_at = clock.now()
    end_every_session(appointment.person_id)
    record(
        AppointmentEnded(
            board_id=appointment.board_id,
            group_id=appointment.group_id,
            appointment_id=appointment.id,
            person_id=appointment.person_id,
            was_until_on=was_until_on,
        )
    )


def give_role(
    board: Board | None, person: Person, role: str, from_on: date | None = None, until_on: date | None = None
) -> None:
    """Give a role, from today if not said; one already held stays as it is. A coordinator has no board."""
    board_id = board.id if board and role != COORDINATOR else None
    if board_id and queries.has_role(board_id, person.id, role):
        return
    days = {"from_on": from_on or clock.today(), "until_on": until_on}
    db.session.add(StaffRole(person_id=person.id, board_id=board_id, role=role, **days))
    db.session.flush()
    end_every_session(person.id)
    record(RoleGiven(board_id=board_id, person_id=person.id, role=role))


def invite_to_role(
    board: Board, name: str, email: str, role: str, from_on: date | None = None, until_on: date | None = None
) -> Person:
    person = invite(email, name, board.id)
    give_role(board, person, role, from_on, until_on)
    return person


def end_role(held: StaffRole) -> None:
    """The role ends with yesterday, so that it is gone at once."""
    held.until_on = clock.today() - timedelta(days=1)
    end_every_session(held.person_id)
    record(RoleEnded(board_id=held.board_id, person_id=held.person_id, role=held.role))
