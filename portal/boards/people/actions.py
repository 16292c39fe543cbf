"""Roles given and ended."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import or_, select, update

from portal.access.roles import COORDINATOR, WAITS_FOR_ANOTHER
from portal.accounts.actions import end_every_session
from portal.accounts.invitations import invite_once, withdraw_invitation
from portal.accounts.models import Person
from portal.accounts.work_phones.actions import give_work_phone
from portal.boards.accounts import queries as account_queries
from portal.boards.events import (
    RoleAnswered,
    RoleAsked,
    RoleEnded,
    RoleGiven,
)
from portal.boards.independence.queries import made_by
from portal.boards.independence.rules import brought_in
from portal.boards.models import Board, StaffRole
from portal.boards.offers.actions import invite_to
from portal.boards.people import queries
from portal.boards.seats.rules import overlaps
from portal.core import clock
from portal.infra.database import db, rows_changed
from portal.infra.unit_of_work import acting, record, records_nothing
from portal.infra.versions import EditConflict


class BroughtIn(Exception):
    """Whoever gave themselves a role also gave this administrator theirs within a year."""


def give_role(
    board: Board | None, person: Person, role: str, from_on: date | None = None, until_on: date | None = None
) -> bool:
    """Give a role, from today if not said; one already held on some of these days stays as it is: False.

    A coordinator has no board. A role that somebody gives to themselves, whichever way, does not begin: it waits for
    another administrator, whom they did not bring in.
    """
    board_id = board.id if board and role != COORDINATOR else None
    from_on = from_on or clock.today()
    if board_id and overlaps(from_on, until_on or date.max, queries.terms_of_role(board_id, person.id, role)):
        return False
    days, giver = {"from_on": from_on, "until_on": until_on}, acting.get()
    held = StaffRole(person_id=person.id, board_id=board_id, role=role, **days, made_by_id=giver, made_at=clock.now())
    db.session.add(held)
    if board_id and giver == person.id and role in WAITS_FOR_ANOTHER:
        held.waits_since = clock.now()
        record(RoleAsked(board_id=board_id, person_id=person.id, role=role, role_id=held.id))
        return True
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
    board: Board,
    name: str,
    email: str,
    role: str,
    from_on: date | None = None,
    until_on: date | None = None,
    work_phone: str = "",
) -> tuple[Person, bool]:
    """The person, and whether the role is new to them on these days. A work phone number that they have stays."""
    person = invite_to(board.id, email, name)
    give_work_phone(person, work_phone, board.id)
    return person, give_role(board, person, role, from_on, until_on)


def let_begin(held: StaffRole, by_id: UUID | None) -> None:
    """Another administrator agrees to a role that somebody gave themselves; None: whoever runs the portal does.

    Raises EditConflict when it does not wait any more, or it is theirs, and BroughtIn where whoever asked gave them
    their own role, perhaps through others.
    """
    if by_id and held.board_id and brought_in(held.person_id, by_id, made_by(held.board_id)):
        raise BroughtIn
    today, asked_by = clock.today(), held.made_by_id
    _settle(held, by_id, waits_since=None, made_by_id=by_id, made_at=clock.now(), from_on=max(held.from_on, today))
    if held.from_on <= today:
        end_every_session(held.person_id)
    record(RoleGiven(board_id=held.board_id, person_id=held.person_id, role=held.role, asked_by=asked_by))
    _answer(held, is_agreed=True)


def refuse(held: StaffRole, by_id: UUID | None) -> None:
    """It never begins. That it was asked for stays on record. Raises EditConflict likewise."""
    _settle(held, by_id, until_on=clock.today() - timedelta(days=1))
    _answer(held, is_agreed=False)


def _settle(held: StaffRole, by_id: UUID | None, **values: object) -> None:
    waits = (StaffRole.waits_since.is_not(None), or_(StaffRole.until_on.is_(None), StaffRole.until_on >= clock.today()))
    mine = [StaffRole.person_id != by_id] if by_id else []
    if rows_changed(update(StaffRole).where(StaffRole.id == held.id, *waits, *mine).values(**values)) != 1:
        raise EditConflict
    db.session.refresh(held, [*values])


def _answer(held: StaffRole, *, is_agreed: bool) -> None:
    if held.board_id:
        role = {"board_id": held.board_id, "person_id": held.person_id, "role_id": held.id}
        record(RoleAnswered(**role, role=held.role, is_agreed=is_agreed))


def end_role(held: StaffRole) -> None:
    """The role ends with yesterday, so that it is gone at once."""
    held.until_on = clock.today() - timedelta(days=1)
    if held.waits_since is None:
        end_every_session(held.person_id)
    withdraw_if_nothing_is_left(db.session.get_one(Person, held.person_id), held.board_id)
    never_began = held.waits_since is not None
    record(RoleEnded(board_id=held.board_id, person_id=held.person_id, role=held.role, never_began=never_began))


def withdraw_and_end_roles(person: Person, board_id: UUID) -> None:
    """The invitation of somebody who has not joined, and every role that it was for."""
    withdraw_invitation(person, board_id)
    lasting = or_(StaffRole.until_on.is_(None), StaffRole.until_on >= clock.today())
    statement = select(StaffRole).where(StaffRole.person_id == person.id, StaffRole.board_id.is_not(None), lasting)
    for held in db.session.scalars(statement.order_by(StaffRole.id)).all():
        end_role(held)


@records_nothing("that an invitation is withdrawn is recorded")
def withdraw_if_nothing_is_left(person: Person, board_id: UUID | None) -> None:
    """Somebody who has not joined, and has nothing on any board any more, cannot join."""
    db.session.flush()
    if not account_queries.number_of_posts(person.id, clock.today()):
        withdraw_invitation(person, board_id)
