"""The emails to one rep, for their page: those that the list of the board's emails shows to the same person."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING
from uuid import UUID

from portal.access.decide import can
from portal.access.permissions import EMAILS_READ
from portal.capability import gathered
from portal.infra.guard import viewer
from portal.notifications import queries
from portal.notifications.views import with_subjects

if TYPE_CHECKING:
    from portal.boards.models import Board
    from portal.notifications.models import Email


def emails_to_rep(
    board: Board, person_id: UUID, most: int, without: Collection[str] = ()
) -> list[tuple[Email, str, str]]:
    """The newest, each with its subject, and when it goes where it is held. `without` those of some capabilities."""
    if not can(viewer(), EMAILS_READ, board):
        return []
    left_out = [name for name, sender in gathered().sender_of.items() if sender in without]
    return with_subjects(queries.emails_to_rep(viewer(), board.id, person_id, left_out, most))
