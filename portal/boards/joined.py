"""Which boards have joined: somebody works for it here, or it has seats. Of the others nothing is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import exists, or_, select

from portal.access.decide import Reach
from portal.accounts.models import Person
from portal.boards.models import Board, Group, Seat, StaffRole
from portal.infra.database import db
from portal.infra.name_order import by_name
from portal.infra.scope import CrossBoardReason, across_boards


@dataclass(frozen=True)
class Compared:
    """The boards that figures compare, and those that have not joined yet, of which there are none."""

    boards: Sequence[Board]
    not_joined: Sequence[Board] = ()


def compared(within: Reach | None = None) -> Compared:
    """For the coordinator and the public every board; for others their own, whether it has joined or not."""
    found = list(_boards())
    if within is not None and not within.everything:
        return Compared([one for one, _ in found if one.id in within.boards])
    return Compared([one for one, joined in found if joined], [one for one, joined in found if not joined])


def has_joined(board: Board) -> bool:
    return board not in compared().not_joined


def _boards() -> Sequence[tuple[Board, bool]]:
    """Every board, and whether it has joined: an invitation that nobody has taken up does not count."""
    works = StaffRole.person_id == Person.id, StaffRole.board_id == Board.id, Person.joined_at.is_not(None)
    has_seats = exists().where(Seat.group_id == Group.id, Group.board_id == Board.id)
    statement = select(Board, or_(exists().where(*works), has_seats)).order_by(by_name(Board.short_name), Board.id)
    found = db.session.execute(across_boards(statement, CrossBoardReason.PUBLISHED))
    return [(board, joined) for board, joined in found]
