"""Finding claims that an officer writes for somebody, and receipts for care that an officer should look at."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import joinedload

from portal.access.decide import reach
from portal.access.permissions import CARE_RECEIPTS_CHECK, CLAIMS_HELP
from portal.access.roles import Viewer
from portal.expenses.claims.queries import with_person
from portal.expenses.claims.rules import DRAFT, QUERIED, SEEN_BY_BOARD, SENT
from portal.expenses.models import Claim, ClaimLine, Receipt
from portal.infra.database import db
from portal.infra.scope import within


def draft_for_rep(person: Viewer, draft_id: UUID) -> Claim | None:
    """A claim that this officer writes for somebody, until they hand it over."""
    theirs = and_(within(reach(person, CLAIMS_HELP), Claim), _in_hand(person))
    return db.session.scalar(with_person(select(Claim).where(Claim.id == draft_id, theirs)))


def _in_hand(person: Viewer) -> ColumnElement[bool]:
    return and_(Claim.helped_by_id == person.id, Claim.status == DRAFT, Claim.to_confirm_at.is_(None))


def drafts_for_reps(person: Viewer, board_id: UUID) -> Sequence[Claim]:
    """What this officer writes for others at the moment."""
    statement = select(Claim).where(Claim.board_id == board_id, _in_hand(person))
    return db.session.scalars(with_person(statement.order_by(Claim.created_at, Claim.id))).all()


def line_for_rep(person: Viewer, draft_line_id: UUID) -> ClaimLine | None:
    statement = select(ClaimLine).join(Claim, Claim.id == ClaimLine.claim_id).where(ClaimLine.id == draft_line_id)
    return db.session.scalar(statement.where(within(reach(person, CLAIMS_HELP), Claim), _in_hand(person)))


def _locked(person: Viewer) -> ColumnElement[bool]:
    """Locked receipts of others, once their claim is sent: for officers."""
    sent = and_(Claim.status.in_(SEEN_BY_BOARD), Receipt.sealed_key != "")
    return and_(within(reach(person, CARE_RECEIPTS_CHECK), Receipt), sent)


def care_receipt(person: Viewer, care_receipt_id: UUID) -> Receipt | None:
    statement = select(Receipt).join(Claim, Claim.id == Receipt.claim_id).where(Receipt.id == care_receipt_id)
    return db.session.scalar(statement.where(_locked(person)))


def care_receipts_to_check(person: Viewer, board_id: UUID) -> list[tuple[Receipt, ClaimLine, Claim]]:
    """Locked receipts that nobody has looked at, while their claim is not decided; the oldest first."""
    statement = (
        select(Receipt, ClaimLine, Claim)
        .join(ClaimLine, ClaimLine.id == Receipt.line_id)
        .join(Claim, Claim.id == Receipt.claim_id)
        .where(_locked(person), Receipt.board_id == board_id, Receipt.checked_at.is_(None))
        .where(Claim.status.in_((SENT, QUERIED)))
        .options(joinedload(Claim.person))
        .order_by(Claim.sent_at, Receipt.created_at, Receipt.id)
    )
    return [(receipt, line, claim) for receipt, line, claim in db.session.execute(statement.limit(100))]
