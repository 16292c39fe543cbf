"""On which days seats are there and taken, for whoever wants one; and seats held while they are given out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload

from portal.accounts.models import Person
from portal.boards.models import Appointment, Board, Group, Seat
from portal.boards.queries import is_still_theirs
from portal.boards.seats.rules import SeatDays, Vacancy, vacancies
from portal.core.clock import london_day
from portal.infra.database import db
from portal.infra.name_order import by_name

Terms = list[tuple[date, date]]


def seat(board_id: UUID, seat_id: UUID) -> Seat:
    return db.session.scalars(select(Seat).where(Seat.board_id == board_id, Seat.id == seat_id)).one()


def hold_seats(board_id: UUID) -> None:
    """Until this transaction ends nobody else brings in a list on this board or gives out a seat of it."""
    db.session.scalars(select(Board.id).where(Board.id == board_id).with_for_update(key_share=True)).one()
    db.session.scalars(select(Seat.id).where(Seat.board_id == board_id).order_by(Seat.id).with_for_update()).all()


def days_of_seats(board_id: UUID, *which: ColumnElement[bool]) -> list[SeatDays]:
    """Every seat that a board has or had, with all who sat, sit or will sit there."""
    taken: dict[UUID, Terms] = defaultdict(list)
    recorded: dict[UUID, dict[date, date]] = defaultdict(dict)
    invited: dict[UUID, set[tuple[date, date]]] = defaultdict(set)
    for one in _appointments(board_id):
        if one.held:
            taken[one.seat_id].append(one.held)
            if one.person.joined_at is None:
                invited[one.seat_id].add(one.held)
            if one.made_at:
                recorded[one.seat_id][one.from_on] = london_day(one.made_at)
    facts = select(Seat.id, Seat.group_id, Seat.created_on, Seat.closed_on)
    facts = facts.where(Seat.board_id == board_id, *which).order_by(by_name(Seat.title), Seat.id)
    rows = db.session.execute(facts)
    return [SeatDays(*row, tuple(taken[row.id]), recorded[row.id], frozenset(invited[row.id])) for row in rows]


def _appointments(board_id: UUID) -> Sequence[Appointment]:
    sits = select(Appointment).where(Appointment.board_id == board_id).options(joinedload(Appointment.person))
    return db.session.scalars(sits.order_by(Appointment.from_on, Appointment.id)).all()


def days_of_seat(board_id: UUID, seat_id: UUID) -> SeatDays:
    [found] = days_of_seats(board_id, Seat.id == seat_id)
    return found


def named_seats(board_id: UUID) -> list[tuple[str, SeatDays]]:
    """Every seat that a board has or had, with its name and that of its group."""
    titles = select(Seat.id, Group.name, Seat.title).join(Group, Group.id == Seat.group_id)
    named = db.session.execute(titles.where(Seat.board_id == board_id).order_by(Seat.id))
    names = {seat_id: f"{title}, {group}" for seat_id, group, title in named}
    return [(names[one.seat_id], one) for one in days_of_seats(board_id)]


def vacancies_since(seats: Sequence[tuple[str, SeatDays]], first: date, today: date) -> list[tuple[str, Vacancy]]:
    """(the seat, when it was empty) of named seats from a day on, the newest first."""
    found = [(name, empty) for name, one in seats for empty in vacancies(one, today)]
    lately = [(name, one) for name, one in found if one.until_on is None or one.until_on >= first]
    return sorted(lately, key=lambda one: one[1].from_on, reverse=True)


def terms_of_reps(board_id: UUID) -> dict[tuple[UUID, str], Terms]:
    """When each person sat, sits or will sit, by group and email address."""
    statement = select(Appointment.group_id, Person.email, Appointment.from_on, Appointment.until_on)
    statement = statement.join(Appointment.person).where(Appointment.board_id == board_id, is_still_theirs())
    found: dict[tuple[UUID, str], Terms] = defaultdict(list)
    for group_id, email, start, end in db.session.execute(statement.order_by(Appointment.from_on, Appointment.id)):
        found[group_id, email].append((start, end))
    return found
