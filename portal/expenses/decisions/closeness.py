"""Who decides for whom: nobody alone for someone they appointed, invited or gave a role within a year, where two could.

As parts of statements, and as names. The second must be independent of the first.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select

from portal.boards.independence import queries as independence
from portal.boards.independence.rules import independent, why_not
from portal.core import clock
from portal.expenses.models import Claim
from portal.expenses.payments import eyes
from portal.infra.database import db


def is_close_to(approver_id: UUID, now: datetime) -> ColumnElement[bool]:
    """Claims of somebody whom this approver brought in on the claim's board within a year, perhaps through others."""
    return independence.brought_in(Claim.board_id, approver_id, Claim.person_id, now)


def may_decide_alone(approver_id: UUID) -> ColumnElement[bool]:
    """Claims on which the word of this approver is enough."""
    now = clock.now()
    return or_(~is_close_to(approver_id, now), ~eyes.another_could(Claim, approver_id, clock.today(), now))


def is_close(claim: Claim, approver_id: UUID) -> bool:
    this = (Claim.board_id == claim.board_id, Claim.id == claim.id)
    return db.session.scalar(select(Claim.id).where(and_(*this, is_close_to(approver_id, clock.now())))) is not None


def who_else(claim: Claim, approver_id: UUID) -> dict[UUID, str]:
    """Who else could decide a claim today, independent of this approver: names by id."""
    made_by = independence.made_by(claim.board_id)
    return {key: name for key, name in _others(claim) if independent(approver_id, key, made_by)}


def who_cannot(claim: Claim, approver_id: UUID) -> list[str]:
    """Which approvers are no second to this one, and why: 'Ann cannot: you gave them their role on 3 March 2026'."""
    made_by = independence.made_by(claim.board_id)
    said = [(name, why_not(approver_id, key, made_by)) for key, name in _others(claim)]
    return [f"{name} cannot: {why}" for name, why in said if why]


def _others(claim: Claim) -> list[tuple[UUID, str]]:
    kept_out = {claim.person_id, claim.helped_by_id}
    return [(key, name) for key, name in eyes.approvers(claim.board_id).items() if key not in kept_out]


def is_left_to_others(claim: Claim, first_by_id: UUID, approver_id: UUID) -> str:
    """Why an approver cannot answer a claim on which another decided first, as a sentence; '' where they can.

    Somebody who is not independent of the first neither agrees nor decides instead, while an independent one could.
    """
    if first_by_id == approver_id or not who_else(claim, first_by_id):
        return ""
    return why_not(approver_id, first_by_id, independence.made_by(claim.board_id))
