"""Claims that are not sent: deleted, or with nothing to claim."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import delete

from portal.expenses.claims import queries
from portal.expenses.claims.actions import move
from portal.expenses.claims.receipts import forget_receipt
from portal.expenses.claims.rules import DRAFT, NOTHING
from portal.expenses.claims.versions import take_version
from portal.expenses.events import ClaimChanged, ClaimDeleted
from portal.expenses.models import Claim, ClaimLine, event_ids
from portal.infra.database import db
from portal.infra.unit_of_work import record, records_nothing
from portal.infra.versions import EditConflict


class NotEmpty(Exception):
    """There is something in the claim, so it is not nothing."""


@records_nothing("the change of state is recorded")
def nothing_to_claim(claim: Claim, version: int) -> None:
    """It cost nothing, or they do not wish to say: a private choice, so no event. The board sees a count.

    Raises NotEmpty for a claim with something in it: that is deleted on a page of its own.
    """
    if queries.lines(claim.id):
        raise NotEmpty
    move(claim, version, NOTHING)


def delete_draft(claim: Claim, version: int) -> None:
    """A claim that was never sent goes, with all that is in it. Raises EditConflict.

    One that the portal asked about stays as one with nothing to claim, so that it is not asked about again.
    """
    if claim.status != DRAFT or claim.sent_at is not None or claim.version != version:
        raise EditConflict
    take_version(claim)
    remove_lines(claim.id)
    if claim.offered_at is not None:
        move(claim, claim.version, NOTHING)
        record(ClaimChanged(**event_ids(claim)))
        return
    of = event_ids(claim)
    db.session.delete(claim)
    db.session.flush()
    record(ClaimDeleted(**of))


@records_nothing("what becomes of the claim is recorded")
def remove_lines(claim_id: UUID) -> None:
    """Take everything out of a claim that was never sent."""
    for receipts in queries.receipts(claim_id).values():
        for receipt in receipts:
            forget_receipt(receipt)
    db.session.flush()
    db.session.execute(delete(ClaimLine).where(ClaimLine.claim_id == claim_id))


@records_nothing("that the account was erased is recorded")
def forget_person(person_id: UUID) -> None:
    """An account ended: claims that were never sent go; what was paid stays as the board's accounts."""
    for claim in db.session.scalars(queries.of_person(person_id)).all():
        if claim.status in (DRAFT, NOTHING) and claim.sent_at is None:
            remove_lines(claim.id)
            db.session.delete(claim)
    db.session.flush()
