"""The version of a claim that is open, so that two screens cannot both change it."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import delete, update

from portal.expenses.claims.rules import OPEN_TO_CHANGE
from portal.expenses.models import Claim, FirstDecision
from portal.infra.database import db, rows_changed
from portal.infra.unit_of_work import records_nothing
from portal.infra.versions import EditConflict


@records_nothing("what becomes of the claim is recorded")
def forget_first(claim_id: UUID) -> None:
    """What one approver said of a claim, to which another had to agree, holds no more."""
    db.session.execute(delete(FirstDecision).where(FirstDecision.claim_id == claim_id))


def take_version(claim: Claim) -> None:
    """The next version of a claim that is still open. Raises EditConflict for one that was sent meanwhile."""
    statement = update(Claim).where(Claim.id == claim.id, Claim.status.in_(OPEN_TO_CHANGE))
    if rows_changed(statement.values(version=Claim.version + 1)) != 1:
        raise EditConflict
    db.session.refresh(claim, ["version", "status"])
