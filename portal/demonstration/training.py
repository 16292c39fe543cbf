"""The demonstration's training: a course and a plan for each board, and an induction that is nearly done."""

from __future__ import annotations

from uuid import UUID

from portal.boards.models import Board
from portal.training import actions, queries

LOCAL_COURSE = {
    "title": "Who is who in the partnership",
    "why": "So that you know whom to ask about what",
    "minutes": 40,
    "how": "room",
    "for_whom": ["rep", "depute"],
    "is_required": True,
}


def fill(board: Board) -> None:
    actions.add_course(board.id, LOCAL_COURSE)
    actions.set_up_plan(board.id)


def induct(board: Board, rep_id: UUID, officer_id: UUID) -> None:
    """All but the last step of the rep's induction is done."""
    for one in queries.inductions_of_board(board.id):
        for task in one.tasks[:-1] if one.person_id == rep_id else ():
            actions.mark_done(one.appointment, UUID(task.key), officer_id)
