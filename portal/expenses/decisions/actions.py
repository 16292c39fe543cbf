"""Deciding on claims: by an approver of the board, never on their own. The UPDATE itself refuses what may not be."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import update

from portal.core import clock
from portal.expenses.claims import originals
from portal.expenses.claims import queries as claims_queries
from portal.expenses.claims.rules import QUERIED, SENT
from portal.expenses.decisions.rules import ATTENDANCE_WANTED, attendance_question, decided
from portal.expenses.events import AttendanceAsked, ClaimDecided, ClaimQueried
from portal.expenses.models import Claim, event_ids
from portal.expenses.questions import actions as questions_actions
from portal.infra.database import db, rows_changed
from portal.infra.occasions import fire_once
from portal.infra.unit_of_work import record
from portal.infra.versions import EditConflict


def decide(claim: Claim, version: int, approver_id: UUID, answers: Mapping[UUID, tuple[bool, str]]) -> str:
    """Say yes or no to each line, with a reason for each no; what becomes of the claim.

    Raises EditConflict when somebody else decided first, the claim changed, or it is the approver's own or
    made by them for somebody.
    """
    lines = claims_queries.lines(claim.id)
    said = {one.id: answers.get(one.id, (False, "")) for one in lines}
    status = decided((one.covered, one.covered if said[one.id][0] else 0) for one in lines)
    now = {"decided_at": clock.now(), "days_to_decide": claim.days_with_board(clock.today()) or 0}
    _take(claim, version, approver_id, status=status, decided_by_id=approver_id, **now)
    for one in lines:
        is_approved, reason = said[one.id]
        one.approved, one.declined_because = (one.covered, "") if is_approved else (0, reason)
    originals.forget_of_claim(claim.board_id, claim.id)
    db.session.flush()
    record(ClaimDecided(**event_ids(claim), status=status))
    return status


def ask(claim: Claim, version: int, approver_id: UUID, question: str, line_ids: Collection[UUID] = ()) -> None:
    """Hand a claim back with a question, perhaps about some lines, ready to correct. Raises EditConflict likewise.

    The days that it lay here go on counting when it is sent again: a question makes nobody quicker.
    """
    earlier = claim.days_with_board(clock.today()) or 0
    _take(claim, version, approver_id, status=QUERIED, earlier_days=earlier)
    questions_actions.ask(claim, question, line_ids)
    record(ClaimQueried(**event_ids(claim), version=claim.version))


def ask_clerks(board_id: UUID, meeting_id: UUID) -> bool:
    """Ask the clerks of a board to record who came to a meeting; False when they were asked today already."""
    if not fire_once(attendance_question(meeting_id, clock.today())):
        return False
    fire_once(f"{ATTENDANCE_WANTED}:{meeting_id.hex}")  # what clerks have to do from now on
    record(AttendanceAsked(board_id=board_id, meeting_id=meeting_id))
    return True


def _take(claim: Claim, version: int, approver_id: UUID, **values: object) -> None:
    statement = update(Claim).where(
        Claim.id == claim.id, Claim.status == SENT, Claim.version == version, claims_queries.not_of(approver_id)
    )
    if rows_changed(statement.values(version=version + 1, **values)) != 1:
        raise EditConflict
    db.session.refresh(claim, ["version", *values])
