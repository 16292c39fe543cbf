"""Deciding on claims: by an approver of the board, never on their own. The UPDATE itself refuses what may not be."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import ColumnElement, select, update

from portal.core import clock
from portal.expenses.claims import originals
from portal.expenses.claims import queries as claims_queries
from portal.expenses.claims.rules import QUERIED, SENT
from portal.expenses.claims.versions import forget_first
from portal.expenses.decisions import closeness, queries
from portal.expenses.decisions.rules import ATTENDANCE_WANTED, attendance_question, decided
from portal.expenses.events import AttendanceAsked, ClaimDecided, ClaimDecidedFirst, ClaimQueried
from portal.expenses.models import Claim, FirstDecision, event_ids
from portal.expenses.questions import actions as questions_actions
from portal.infra.database import db, rows_changed
from portal.infra.occasions import fire_once
from portal.infra.unit_of_work import record
from portal.infra.versions import EditConflict


class NotIndependent(Exception):
    """Another approver decided first, of whom this one is not independent, and somebody else could agree."""


def decide(claim: Claim, version: int, approver_id: UUID, answers: Mapping[UUID, tuple[bool, str]]) -> str:
    """Say yes or no to each line, with a reason for each no; what becomes of the claim.

    Where their word is not enough, it is kept until another approver says the same, and the claim stays as it is.
    Raises NotIndependent where an approver who is not independent of them did so, and an independent one could agree;
    EditConflict when somebody else decided first, the claim changed, or it is the approver's own or
    made by them for somebody.
    """
    lines = claims_queries.lines(claim.id)
    said = {one.id: answers.get(one.id, (False, "")) for one in lines}
    _hold(claim, version, approver_id)
    first = queries.first_decision(claim)
    if first is not None and closeness.is_left_to_others(claim, first.by_id, approver_id):
        raise NotIndependent
    is_agreed = first is not None and first.by_id != approver_id and first.said == said
    is_close = not is_agreed and closeness.is_close(claim, approver_id)
    if is_close and closeness.who_else(claim, approver_id):
        _keep_first(claim, approver_id, said)
        return claim.status
    status = decided((one.covered, one.covered if said[one.id][0] else 0) for one in lines)
    now = {"decided_at": clock.now(), "days_to_decide": claim.days_with_board(clock.today()) or 0}
    if is_agreed and first is not None:
        names = {"decided_by_id": first.by_id, "seconded_by_id": approver_id}
        _take(claim, version, approver_id, status=status, **names, **now)
    else:
        alone = {"decided_by_id": approver_id, "is_decided_alone": is_close}
        _take(claim, version, approver_id, closeness.may_decide_alone(approver_id), status=status, **alone, **now)
    for one in lines:
        is_approved, reason = said[one.id]
        one.approved, one.declined_because = (one.covered, "") if is_approved else (0, reason)
    originals.forget_of_claim(claim.board_id, claim.id)
    db.session.flush()
    first_by_id = claim.decided_by_id if claim.seconded_by_id else None
    record(ClaimDecided(**event_ids(claim), status=status, first_by_id=first_by_id))
    return status


def _hold(claim: Claim, version: int, approver_id: UUID) -> None:
    """Of two who decide at once, the second looks when the first is done. Raises EditConflict likewise."""
    this = (Claim.board_id == claim.board_id, Claim.id == claim.id, Claim.status == SENT, Claim.version == version)
    held = select(Claim.id).where(*this, claims_queries.not_of(approver_id)).with_for_update()
    if db.session.scalar(held) is None:
        raise EditConflict


def _keep_first(claim: Claim, approver_id: UUID, said: Mapping[UUID, tuple[bool, str]]) -> None:
    forget_first(claim.id)
    of = {"board_id": claim.board_id, "claim_id": claim.id, "person_id": claim.person_id, "version": claim.version}
    answers = {str(key): list(answer) for key, answer in said.items()}
    db.session.add(FirstDecision(**of, by_id=approver_id, decided_at=clock.now(), answers=answers))
    db.session.flush()
    record(ClaimDecidedFirst(board_id=claim.board_id, claim_id=claim.id))


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


def _take(claim: Claim, version: int, approver_id: UUID, *mine: ColumnElement[bool], **values: object) -> None:
    this = (Claim.id == claim.id, Claim.status == SENT, Claim.version == version)
    statement = update(Claim).where(*this, claims_queries.not_of(approver_id), *mine)
    if rows_changed(statement.values(version=version + 1, **values)) != 1:
        raise EditConflict
    db.session.refresh(claim, ["version", *values])
    forget_first(claim.id)
