"""The version of a claim that is open, so that two screens cannot both change it."""

from __future__ import annotations

from sqlalchemy import update

from portal.expenses.claims.rules import OPEN_TO_CHANGE
from portal.expenses.models import Claim
from portal.infra.database import db, rows_changed
from portal.infra.versions import EditConflict


def take_version(claim: Claim) -> None:
    """The next version of a claim that is still open. Raises EditConflict for one that was sent meanwhile."""
    statement = update(Claim).where(Claim.id == claim.id, Claim.status.in_(OPEN_TO_CHANGE))
    if rows_changed(statement.values(version=Claim.version + 1)) != 1:
        raise EditConflict
    db.session.refresh(claim, ["version", "status"])
