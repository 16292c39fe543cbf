"""Finding somebody's account, and who has agreed to change it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from portal.access.permissions import PEOPLE_READ
from portal.accounts.models import Person
from portal.boards.models import Agreement, Board
from portal.boards.queries import roles_held
from portal.core import clock
from portal.infra.database import db
from portal.infra.sight import Sight, seen_with


def boards_of(person_id: UUID, today: date) -> set[UUID | None]:
    """The boards on which somebody has a role or seat today; None stands for a role on no board."""
    return {held.board_id for held in roles_held(person_id, today) if held.until_on is None or held.until_on >= today}


def agreements(person_id: UUID, what: str, since: datetime) -> Sequence[Agreement]:
    """Who agreed to a change of somebody's account, for which board, since a moment."""
    statement = select(Agreement).where(Agreement.person_id == person_id, Agreement.what == what)
    return db.session.scalars(statement.where(Agreement.agreed_at > since).order_by(Agreement.agreed_at)).all()


@dataclass(frozen=True)
class Member:
    """Somebody with a role or seat on a board today, seen from that board."""

    board: Board
    person: Person
    board_id: UUID


@seen_with(PEOPLE_READ)
def member(sight: Sight, board: str, person_id: UUID) -> Member | None:
    """Somebody on a board, for those who may see its people."""
    limits = sight.of(Board)
    found = db.session.scalar(select(Board).where(Board.key == board, limits))
    if found is None or found.id not in boards_of(person_id, clock.today()):
        return None
    return Member(found, db.session.get_one(Person, person_id), found.id)
