"""Finding somebody's account, and who has agreed to change it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from portal.access.permissions import PEOPLE_READ
from portal.accounts.models import Person
from portal.boards.models import Agreement, Appointment, Board, StaffRole
from portal.boards.rules import PAPERS_STAY_DAYS
from portal.core import clock
from portal.infra.database import db
from portal.infra.sight import Sight, seen_with

Post = type[StaffRole] | type[Appointment]


def boards_of(person_id: UUID, today: date) -> set[UUID | None]:
    """The boards that have a say in somebody's account; None stands for a role on no board.

    Those on which they have a role or seat, or will have one; and once they have none, those on which they had one.
    """
    terms = _terms(person_id)
    return {board_id for board_id, until_on in terms if until_on >= today} or {board_id for board_id, _ in terms}


def number_of_posts(person_id: UUID, today: date) -> int:
    """How many roles and seats somebody has anywhere, or will have."""
    return sum(until_on >= today for _, until_on in _terms(person_id))


def has_role(person_id: UUID, today: date) -> bool:
    """Whether somebody has, or will have, a role other than in a seat."""
    return any(until_on >= today for _, until_on in _terms(person_id, (StaffRole,)))


def has_seat(person_id: UUID, today: date) -> bool:
    """Whether somebody is, or will be, appointed to a seat."""
    return any(until_on >= today for _, until_on in _terms(person_id, (Appointment,)))


def _terms(person_id: UUID, of: Iterable[Post] = (StaffRole, Appointment)) -> list[tuple[UUID | None, date]]:
    """The board and last day of every role and seat that somebody has, had or will have."""
    found: list[tuple[UUID | None, date]] = []
    for model in of:
        rows = select(model.board_id, model.until_on).where(model.person_id == person_id).order_by(model.id)
        found += [(board_id, until_on or date.max) for board_id, until_on in db.session.execute(rows)]
    return found


def agreements(person_id: UUID, what: str, since: datetime) -> Sequence[Agreement]:
    """Who agreed to a change of somebody's account, for which board, since a moment."""
    statement = select(Agreement).where(Agreement.person_id == person_id, Agreement.what == what)
    return db.session.scalars(statement.where(Agreement.agreed_at > since).order_by(Agreement.agreed_at)).all()


@dataclass(frozen=True)
class Member:
    """Somebody in whose account a board has a say, seen from that board."""

    board: Board
    person: Person
    board_id: UUID
    has_say: bool = True  # in the account; of somebody who left lately and is elsewhere now, only in access to itself


@seen_with(PEOPLE_READ)
def member(sight: Sight, board: str, person_id: UUID) -> Member | None:
    """Somebody on a board, for those who may see its people."""
    limits = sight.of(Board)
    found = db.session.scalar(select(Board).where(Board.key == board, limits))
    today = clock.today()
    has_say = found is not None and found.id in boards_of(person_id, today)
    if found is None or not (has_say or _left_lately(found.id, person_id, today)):
        return None
    person = db.session.get_one(Person, person_id)
    return Member(found, person, found.id, has_say) if person.erased_at is None else None


def _left_lately(board_id: UUID, person_id: UUID, today: date) -> bool:
    """Whether past papers of a board are still open to somebody, for all that is known of their terms."""
    earliest = today - timedelta(days=PAPERS_STAY_DAYS)
    return any(board == board_id and until_on >= earliest for board, until_on in _terms(person_id))
