"""What seats want of administrators, who appoint: a term that ends soon, and a seat that somebody has left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from portal.access.permissions import PEOPLE_MANAGE
from portal.accounts.models import Person
from portal.accounts.queries import is_withdrawn
from portal.appointing.models import ProposedAppointment
from portal.appointing.rules import PROPOSED
from portal.boards.models import Appointment, Board, Group, Seat
from portal.boards.seats.rules import GAVE_UP, REMIND_OF_TERM_DAYS
from portal.core.text import day_words
from portal.infra.kept import Whoever
from portal.infra.todo import Rows, Says, ToDo, Whom
from portal.infra.todo_line import SINCE, UNSAID, Line

MUCH_LATER = timedelta(days=REMIND_OF_TERM_DAYS[0])  # the first email goes out so long before


@dataclass(frozen=True)
class Ending:
    """A term that ends soon, with nobody to come after it."""

    board_id: UUID
    board: str
    seat_id: UUID
    person_name: str
    group_name: str
    until_on: date


@dataclass(frozen=True)
class Left:
    """A seat that somebody had, and nobody has or will have; since when is the day after the last of them left."""

    board_id: UUID
    board: str
    seat_id: UUID
    title: str
    group_name: str
    last_on: date


def _ending(who: Whoever) -> Rows:
    """Whoever leaves by a last day that somebody set is not asked to continue, so no email tells of their end."""
    of_seat = (Appointment.board_id, Board.key.label("board"), Appointment.seat_id)
    rows = select(*of_seat, Person.name.label("person_name"), Group.name.label("group_name"), Appointment.until_on)
    rows = rows.join(Board, Board.id == Appointment.board_id).join(Person, Person.id == Appointment.person_id)
    rows = rows.join(Group, Group.id == Appointment.group_id).join(Seat, Seat.id == Appointment.seat_id)
    is_soon = (Appointment.until_on.between(who.today, who.today + MUCH_LATER), Appointment.ended_at.is_(None))
    return rows.where(
        who.within(PEOPLE_MANAGE, Appointment), *is_soon, *_is_held(), ~_is_taken(Appointment.until_on), *_is_open(who)
    )


def _left(who: Whoever) -> Rows:
    """Without those of a board that has no rep at all, of which one line tells."""
    held = (Appointment.seat_id == Seat.id, Appointment.board_id == Seat.board_id)
    had = exists().where(*held, *_is_held()).correlate(Seat)
    last_on = select(func.max(Appointment.until_on)).where(*held, *_is_held()).correlate(Seat).scalar_subquery()
    rows = select(Seat.board_id, Board.key.label("board"), Seat.id.label("seat_id"), Seat.title)
    rows = rows.add_columns(Group.name.label("group_name"), last_on.label("last_on"))
    rows = rows.join(Board, Board.id == Seat.board_id).join(Group, Group.id == Seat.group_id)
    has_reps = exists().where(Appointment.board_id == Seat.board_id, Appointment.until_on >= who.today, *_is_held())
    is_left = (had, last_on < who.today, has_reps.correlate(Seat))
    return rows.where(who.within(PEOPLE_MANAGE, Seat), *is_left, *_is_open(who))


def _is_held() -> tuple[ColumnElement[bool], ...]:
    """Not by somebody who declined, or was withdrawn, before they joined."""
    never_joins = select(Person.id).where(is_withdrawn())
    return Appointment.left_because.not_in(tuple(GAVE_UP)), Appointment.person_id.not_in(never_joins)


def _is_taken(after: InstrumentedAttribute[date]) -> ColumnElement[bool]:
    """Whether somebody is appointed to the same seat from a later day on."""
    later = aliased(Appointment)
    never_joins = later.person_id.in_(select(Person.id).where(is_withdrawn()))
    same = (later.board_id == Appointment.board_id, later.seat_id == Appointment.seat_id)
    stays = (later.left_because.not_in(tuple(GAVE_UP)), ~never_joins)
    return exists().where(*same, later.until_on > after, *stays).correlate(Appointment)


def _is_open(who: Whoever) -> tuple[ColumnElement[bool], ...]:
    """The seat and its group are there, and nobody is proposed for it: that is a line of its own."""
    proposed = (ProposedAppointment.board_id == Seat.board_id, ProposedAppointment.seat_id == Seat.id)
    waits = exists().where(*proposed, ProposedAppointment.status == PROPOSED).correlate(Seat)
    return *(or_(one.is_(None), one > who.today) for one in (Seat.closed_on, Group.closed_on)), ~waits


def _find_successors(found: Sequence[Ending], _today: date) -> Iterator[Line]:
    for one in sorted(found, key=lambda ending: ending.until_on):
        title = f"{one.person_name}’s term ends on {day_words(one.until_on)}: appoint again or find someone"
        yield Line(one.until_on, title, one.group_name, {"board": one.board, "seat_id": one.seat_id}, day_is=UNSAID)


def _fill(found: Sequence[Left], _today: date) -> Iterator[Line]:
    for one in found:
        title = f"Appoint someone: {one.title}, {one.group_name}"
        where = {"board": one.board, "seat_id": one.seat_id}
        yield Line(one.last_on + timedelta(days=1), title, "Nobody has this seat now", where, day_is=SINCE)


ENDING = ToDo("term that ends", Whom.STAFF, Ending, _ending, first_page=Says("boards.appoint", _find_successors))
LEFT = ToDo("seat to fill", Whom.STAFF, Left, _left, first_page=Says("boards.appoint", _fill))
