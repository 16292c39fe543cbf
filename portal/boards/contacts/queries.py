"""Finding whom of a board people can reach. Who may see it, portal/boards/contacts/shown.py says."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select

from portal.accounts.models import Person
from portal.accounts.queries import is_withdrawn
from portal.boards.contacts.rules import WITH_WORK_PHONE
from portal.boards.models import Appointment, StaffRole
from portal.boards.queries import in_post, is_still_theirs, is_suspended
from portal.boards.rules import InPost
from portal.core import clock
from portal.core.names import name_key
from portal.infra.database import db


def staff(board_ids: Iterable[UUID], roles: Collection[str] = WITH_WORK_PHONE) -> list[InPost]:
    """Who has joined with some roles of some boards and can act today, by role and name."""
    order = list(roles)
    found = [one for one in in_post(board_ids) if one.role in order]
    return sorted(found, key=lambda one: (order.index(one.role), name_key(one.name), one.id))


def is_of_board(board_id: UUID, person_id: UUID) -> bool:
    """Whether somebody has a role or a seat on a board today, by which they may know how to reach its staff."""
    return _has(Appointment, board_id, person_id, is_still_theirs()) or _has(
        StaffRole, board_id, person_id, and_(StaffRole.waits_since.is_(None), ~is_withdrawn())
    )


def _has(model: type[Appointment | StaffRole], board_id: UUID, person_id: UUID, is_theirs: ColumnElement[bool]) -> bool:
    today = clock.today()
    statement = select(model.id).join(model.person).where(model.board_id == board_id, model.person_id == person_id)
    statement = statement.where(model.from_on <= today, or_(model.until_on.is_(None), model.until_on >= today))
    statement = statement.where(is_theirs, ~is_suspended(model), Person.disabled_at.is_(None))
    return db.session.scalar(statement.order_by(model.id).limit(1)) is not None
