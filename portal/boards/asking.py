"""Who is asking: the session, and the roles that somebody holds everywhere, in as few queries as it takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Date,
    Uuid,
    and_,
    bindparam,
    literal,
    null,
    or_,
    select,
    true,
    union_all,
)

from portal.access.roles import REP
from portal.accounts.models import SignedInSession
from portal.audit import queries as audit
from portal.boards.events import AppointmentEnded, OfferAccepted, RepAppointed, RoleEnded, RoleGiven
from portal.boards.models import Appointment, Board, BoardAccess, StaffRole
from portal.boards.rules import PAPERS_STAY_DAYS
from portal.infra.database import db
from portal.infra.kept import made_once
from portal.infra.scope import CrossBoardReason, across_boards
from portal.infra.todo import Rows


@dataclass(frozen=True)
class Held:
    """One role of a person; for a rep the group, and the last day of the appointment.

    The last three say what administrators of the board did to the person's access to it.
    """

    role: str
    board_id: UUID | None
    group_id: UUID | None
    until_on: date | None
    board_key: str | None
    board_name: str | None
    signed_out_at: datetime | None = None
    suspended_at: datetime | None = None
    reading_ended_on: date | None = None


def roles_held(person_id: UUID, today: date) -> list[Held]:
    """Every role of a person in force today, and appointments that ended within the last 60 days; by board."""
    rows = db.session.execute(_roles_held(), {"person_id": person_id, **_days(today)})
    return [Held(role, _uuid(board), _uuid(group), *rest) for role, board, group, *rest in rows]


def session_and_roles(key: str, today: date) -> tuple[SignedInSession | None, list[Held]]:
    """A session by its key, unless it was ended, and its person's roles: who is asking, in one query a request."""
    rows = db.session.execute(_session_and_roles(), {"key": key, **_days(today)}).all()
    held = [Held(role, _uuid(board), _uuid(group), *rest) for _, role, board, group, *rest in rows if role]
    return rows[0][0] if rows else None, held


ROLES_CHANGED = (RoleGiven, RoleEnded, RepAppointed, AppointmentEnded, OfferAccepted)
CHANGED_WITHIN = timedelta(minutes=1)  # the trail is written as what was done together ends


def roles_changed(ended: SignedInSession) -> bool:
    """Whether a session was ended because its person's roles changed."""
    if ended.ended_at is None:
        return False
    names, at = [one.__name__ for one in ROLES_CHANGED], ended.ended_at
    return audit.is_on_trail(ended.person_id, names, at, at + CHANGED_WITHIN)


def _days(today: date) -> dict[str, date]:
    return {"today": today, "earliest": today - timedelta(days=PAPERS_STAY_DAYS)}


@made_once
def _roles_held() -> Roles:
    both = _every_role(bindparam("person_id", type_=Uuid()))
    return across_boards(both.order_by("key", "role", "group_id", "until_on"), CrossBoardReason.ASKING)


@made_once
def _session_and_roles() -> Rows:
    is_it = (SignedInSession.key == bindparam("key"), SignedInSession.ended_at.is_(None))
    held = _every_role(select(SignedInSession.person_id).where(*is_it).scalar_subquery()).subquery()
    statement = select(SignedInSession, held).outerjoin(held, true()).where(*is_it)
    ordered = statement.order_by(held.c.key, held.c.role, held.c.group_id, held.c.until_on)
    return across_boards(ordered, CrossBoardReason.ASKING)


Roles = CompoundSelect[*tuple[Any, ...]]  # a union has no type for its columns


def _every_role(person_id: ColumnElement[UUID]) -> Roles:
    today = bindparam("today", type_=Date())
    access = (BoardAccess.signed_out_at, BoardAccess.suspended_at, BoardAccess.reading_ended_on)
    board_facts = (Board.key, Board.short_name, *access)
    staff = select(StaffRole.role, StaffRole.board_id, null().label("group_id"), StaffRole.until_on, *board_facts)
    staff = staff.outerjoin(Board, Board.id == StaffRole.board_id).outerjoin(BoardAccess, access_of(StaffRole))
    staff = staff.where(
        StaffRole.person_id == person_id,
        StaffRole.from_on <= today,
        or_(StaffRole.until_on.is_(None), StaffRole.until_on >= today),
        StaffRole.waits_since.is_(None),
    )
    seats = select(literal(REP), Appointment.board_id, Appointment.group_id, Appointment.until_on, *board_facts)
    seats = seats.join(Board, Board.id == Appointment.board_id).outerjoin(BoardAccess, access_of(Appointment))
    seats = seats.where(
        Appointment.person_id == person_id, Appointment.from_on <= today, Appointment.until_on >= bindparam("earliest")
    )
    return union_all(staff, seats)


def access_of(model: type[StaffRole | Appointment]) -> ColumnElement[bool]:
    return and_(BoardAccess.board_id == model.board_id, BoardAccess.person_id == model.person_id)


def _uuid(value: UUID | str | None) -> UUID | None:
    return UUID(value) if isinstance(value, str) else value
