"""Which boards have joined: whoever looks after one has set up its groups. Of the others nothing is known here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import exists, select

from portal.access.decide import Reach
from portal.boards.models import Board, Group
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
    """Every board, and whether it has a group."""
    statement = select(Board, exists().where(Group.board_id == Board.id)).order_by(by_name(Board.short_name), Board.id)
    found = db.session.execute(across_boards(statement, CrossBoardReason.PUBLISHED))
    return [(board, joined) for board, joined in found]
