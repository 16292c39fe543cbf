"""Roles given and ended."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import or_, select

from portal.access.roles import COORDINATOR
from portal.accounts.actions import end_every_session
from portal.accounts.invitations import invite, invite_once, withdraw_invitation
from portal.accounts.models import Person
from portal.boards.accounts import queries as account_queries
from portal.boards.events import (
    RoleEnded,
    RoleGiven,
)
from portal.boards.models import Board, StaffRole
from portal.boards.people import queries
from portal.boards.seats.rules import overlaps
from portal.core import clock
from portal.infra.database import db
from portal.infra.unit_of_work import record, records_nothing


def give_role(
    board: Board | None, person: Person, role: str, from_on: date | None = None, until_on: date | None = None
) -> bool:
    """Give a role, from today if not said; one already held on some of these days stays as it is: False.

    A coordinator has no board.
    """
    board_id = board.id if board and role != COORDINATOR else None
    from_on = from_on or clock.today()
    if board_id and overlaps(from_on, until_on or date.max, queries.terms_of_role(board_id, person.id, role)):
        return False
    days = {"from_on": from_on, "until_on": until_on}
    db.session.add(StaffRole(person_id=person.id, board_id=board_id, role=role, **days))
    db.session.flush()
    invite_once(person, board_id)
    if from_on <= clock.today():
        end_every_session(person.id)
    later = from_on if from_on > clock.today() else None
    record(RoleGiven(board_id=board_id, person_id=person.id, role=role, from_on=later, until_on=until_on))
    return True


def invite_to_role(
    board: Board, name: str, email: str, role: str, from_on: date | None = None, until_on: date | None = None
) -> Person:
    return ask_to_role(board, name, email, role, from_on, until_on)[0]


def ask_to_role(
    board: Board, name: str, email: str, role: str, from_on: date | None = None, until_on: date | None = None
) -> tuple[Person, bool]:
    """The person, and whether the role is new to them on these days."""
    person = invite(email, name, board.id)
    return person, give_role(board, person, role, from_on, until_on)


def end_role(held: StaffRole) -> None:
    """The role ends with yesterday, so that it is gone at once."""
    held.until_on = clock.today() - timedelta(days=1)
    end_every_session(held.person_id)
    withdraw_if_nothing_is_left(db.session.get_one(Person, held.person_id))
    record(RoleEnded(board_id=held.board_id, person_id=held.person_id, role=held.role))


def withdraw_and_end_roles(person: Person) -> None:
    """The invitation of somebody who has not joined, and every role that it was for."""
    withdraw_invitation(person)
    lasting = or_(StaffRole.until_on.is_(None), StaffRole.until_on >= clock.today())
    statement = select(StaffRole).where(StaffRole.person_id == person.id, StaffRole.board_id.is_not(None), lasting)
    for held in db.session.scalars(statement.order_by(StaffRole.id)).all():
        end_role(held)


@records_nothing("that an invitation is withdrawn is recorded")
def withdraw_if_nothing_is_left(person: Person) -> None:
    """Somebody who has not joined, and has nothing on any board any more, cannot join."""
    db.session.flush()
    if not account_queries.number_of_posts(person.id, clock.today()):
        withdraw_invitation(person)
