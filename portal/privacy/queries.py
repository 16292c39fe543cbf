"""Finding one legal hold of a board, for the page that lifts it."""

from __future__ import annotations

from uuid import UUID

from portal.access.permissions import BOARDS_READ
from portal.boards import queries as boards
from portal.infra.sight import Sight, seen_with
from portal.retention import queries as retention
from portal.retention.models import Hold


@seen_with(BOARDS_READ)
def hold_of_board(sight: Sight, board: str, hold_id: UUID) -> Hold | None:
    found = boards.board(sight.person, board)
    return retention.hold(found.id, hold_id) if found else None
