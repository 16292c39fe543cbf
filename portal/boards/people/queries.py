"""Finding who works for a board."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from portal.access.permissions import PEOPLE_READ
from portal.accounts.models import Person
from portal.boards.models import Appointment, Board, StaffRole
from portal.infra.database import db
from portal.infra.name_order import by_name
from portal.infra.sight import Sight, seen_with


@seen_with(PEOPLE_READ)
def staff_role(sight: Sight, board: str, role_id: UUID) -> StaffRole | None:
    limits = sight.of(StaffRole)
    statement = select(StaffRole).join(Board, Board.id == StaffRole.board_id)
    statement = statement.where(Board.key == board, StaffRole.id == role_id, limits)
    return db.session.scalar(statement.options(joinedload(StaffRole.person)))


def staff(board_id: UUID, today: date) -> Sequence[StaffRole]:
    """Staff roles in force on a board, with their people."""
    statement = select(StaffRole).join(StaffRole.person).options(joinedload(StaffRole.person))
    statement = statement.where(
        StaffRole.board_id == board_id, or_(StaffRole.until_on.is_(None), StaffRole.until_on >= today)
    )
    return db.session.scalars(statement.order_by(by_name(Person.name), StaffRole.role, StaffRole.id)).unique().all()


def everyone_ever(board_id: UUID) -> list[tuple[UUID, str]]:
    """(id, name) of everyone who has or had a role or seat on a board, by name."""
    roles = select(StaffRole.person_id).where(StaffRole.board_id == board_id)
    seats = select(Appointment.person_id).where(Appointment.board_id == board_id)
    statement = select(Person.id, Person.name).where(or_(Person.id.in_(roles), Person.id.in_(seats)))
    return [(key, name) for key, name in db.session.execute(statement.order_by(by_name(Person.name), Person.id))]
