"""Who decides for whom: nobody alone for someone they appointed, invited or gave a role within a year, where two could.

As a rule of its own, and as parts of statements, which say the same to the database.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_, select

from portal.boards.models import Appointment, StaffRole
from portal.core import clock
from portal.expenses.decisions.rules import CLOSE
from portal.expenses.models import Claim
from portal.expenses.payments import eyes
from portal.infra.database import db


def is_close_to(approver_id: UUID, now: datetime) -> ColumnElement[bool]:
    """Claims of somebody whom this approver appointed, invited or gave a role on the claim's board within a year."""
    return or_(
        *(
            exists()
            .where(
                model.board_id == Claim.board_id,
                model.person_id == Claim.person_id,
                model.made_by_id == approver_id,
                model.made_at > now - CLOSE,
            )
            .correlate(Claim)
            for model in (StaffRole, Appointment)
        )
    )


def may_decide_alone(approver_id: UUID) -> ColumnElement[bool]:
    """Claims on which the word of this approver is enough."""
    return or_(~is_close_to(approver_id, clock.now()), ~eyes.another_could(Claim, approver_id, clock.today()))


def is_close(claim: Claim, approver_id: UUID) -> bool:
    this = (Claim.board_id == claim.board_id, Claim.id == claim.id)
    return db.session.scalar(select(Claim.id).where(and_(*this, is_close_to(approver_id, clock.now())))) is not None


def who_else(claim: Claim, approver_id: UUID) -> dict[UUID, str]:
    """Who else could decide a claim today: names by id."""
    kept_out = {approver_id, claim.person_id, claim.helped_by_id}
    return {key: name for key, name in eyes.approvers(claim.board_id).items() if key not in kept_out}
