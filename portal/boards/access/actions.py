"""Changing somebody's access to one board. What they have on other boards stays as it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from portal.boards.access import rules
from portal.boards.access.events import AccessRestored, AccessSuspended, ReadingEnded, SignedOutOfBoard
from portal.boards.access.queries import access_of
from portal.boards.models import Board, BoardAccess
from portal.core import clock
from portal.infra.database import db
from portal.infra.unit_of_work import record, records_nothing


def sign_out_of_board(board_id: UUID, person_id: UUID, by_id: UUID) -> None:
    """Every browser in which they are signed in has to prove itself again before it sees this board."""
    _access(board_id, person_id).signed_out_at = clock.now()
    record(SignedOutOfBoard(board_id=board_id, person_id=person_id, by_id=by_id))


def suspend(board_id: UUID, person_id: UUID, by_id: UUID) -> None:
    """From now on they see nothing of this board, and get none of its emails. What they hold stays on record."""
    access = _access(board_id, person_id)
    if access.suspended_at is None:
        access.suspended_at = clock.now()
        record(AccessSuspended(board_id=board_id, person_id=person_id, by_id=by_id))


def restore(board_id: UUID, person_id: UUID, by_id: UUID) -> None:
    access = _access(board_id, person_id)
    if access.suspended_at is not None:
        access.suspended_at = None
        record(AccessRestored(board_id=board_id, person_id=person_id, by_id=by_id))


def end_reading(board_id: UUID, person_id: UUID, by_id: UUID) -> None:
    """Their term is over: past papers close to them now, and not 60 days later."""
    end_reading_on(board_id, person_id, clock.today())
    record(ReadingEnded(board_id=board_id, person_id=person_id, by_id=by_id))


@records_nothing("the end of the term is recorded, or that reading was ended")
def end_reading_on(board_id: UUID, person_id: UUID, last_day: date) -> None:
    """Past papers close to them with a last day."""
    _access(board_id, person_id).reading_ended_on = last_day


def _access(board_id: UUID, person_id: UUID) -> BoardAccess:
    """Of two who change it at once, the second waits for the first."""
    db.session.get_one(Board, board_id, with_for_update=True)
    found = access_of(board_id, person_id)
    if found is None:
        found = BoardAccess(board_id=board_id, person_id=person_id)
        db.session.add(found)
    return found


DO: dict[str, Callable[[UUID, UUID, UUID], None]] = {
    rules.SIGN_OUT: sign_out_of_board,
    rules.RESTORE: restore,
    rules.END_READING: end_reading,
}
