"""Finding claims that an officer writes for somebody, and receipts for care that an officer should look at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import joinedload

from portal.access.decide import reach
from portal.access.permissions import CARE_RECEIPTS_CHECK, CLAIMS_HELP
from portal.access.roles import Viewer
from portal.expenses.claims.queries import with_person
from portal.expenses.claims.rules import DECIDED, DRAFT, QUERIED, SEEN_BY_BOARD, SENT
from portal.expenses.models import Claim, ClaimLine, Receipt
from portal.infra.database import db
from portal.infra.scope import within
from portal.infra.sight import Sight, seen_with


@seen_with(CLAIMS_HELP, whose=lambda draft: (draft.helped_by_id,))
def draft_for_rep(sight: Sight, claim_id: UUID) -> Claim | None:
    """A claim that this officer writes for somebody, until they hand it over."""
    theirs = and_(sight.of(Claim), _in_hand(sight.person))
    return db.session.scalar(with_person(select(Claim).where(Claim.id == claim_id, theirs)))


def _in_hand(person: Viewer) -> ColumnElement[bool]:
    return and_(Claim.helped_by_id == person.id, Claim.status == DRAFT, Claim.to_confirm_at.is_(None))


def drafts_for_reps(person: Viewer, board_id: UUID) -> Sequence[Claim]:
    """What this officer writes for others at the moment."""
    statement = select(Claim).where(Claim.board_id == board_id, _in_hand(person))
    return db.session.scalars(with_person(statement.order_by(Claim.created_at, Claim.id))).all()


def handed_over(person: Viewer, board_id: UUID, sent_after: datetime) -> Sequence[Claim]:
    """What this officer wrote for others and handed over: what waits for them, and what they sent after a moment.

    What somebody took back, or does not claim after all, is theirs to know.
    """
    sent = and_(Claim.status.in_(SEEN_BY_BOARD), Claim.sent_at > sent_after)
    theirs = (Claim.helped_by_id == person.id, Claim.to_confirm_at.is_not(None))
    statement = select(Claim).where(Claim.board_id == board_id, *theirs, or_(Claim.status.in_((DRAFT, QUERIED)), sent))
    return db.session.scalars(with_person(statement.order_by(Claim.to_confirm_at, Claim.id).limit(200))).all()


@dataclass(frozen=True)
class DraftLine:
    """A line of a claim that an officer writes for somebody."""

    draft: Claim
    line: ClaimLine

    @property
    def board_id(self) -> UUID:
        return self.draft.board_id


@seen_with(CLAIMS_HELP, whose=lambda one: (one.draft.helped_by_id,))
def line_for_rep(sight: Sight, line_id: UUID) -> DraftLine | None:
    statement = select(Claim, ClaimLine).join(ClaimLine, ClaimLine.claim_id == Claim.id).where(ClaimLine.id == line_id)
    found = db.session.execute(statement.where(sight.of(Claim), _in_hand(sight.person))).one_or_none()
    return DraftLine(*found) if found else None


def _locked(person: Viewer) -> ColumnElement[bool]:
    """Locked receipts of others, once their claim is sent: for officers."""
    sent = and_(Claim.status.in_(SEEN_BY_BOARD), Receipt.sealed_key != "")
    return and_(within(reach(person, CARE_RECEIPTS_CHECK), Receipt), sent)


def unchecked() -> ColumnElement[bool]:
    """Locked receipts that nobody has looked at, while their claim is not decided: of every list that names them."""
    return and_(Receipt.sealed_key != "", Receipt.checked_at.is_(None), Claim.status.in_((SENT, QUERIED)))


@seen_with(CARE_RECEIPTS_CHECK)
def care_receipt(sight: Sight, receipt_id: UUID) -> Receipt | None:
    statement = select(Receipt).join(Claim, Claim.id == Receipt.claim_id).where(Receipt.id == receipt_id)
    return db.session.scalar(statement.where(_locked(sight.person)))


def receipt_places(line_ids: Sequence[UUID]) -> dict[UUID, tuple[int, int]]:
    """Which receipt of its line each one is, and of how many: (1, 2)."""
    statement = select(Receipt.line_id, Receipt.id).where(Receipt.line_id.in_(line_ids))
    by_line: dict[UUID, list[UUID]] = defaultdict(list)
    for line_id, key in db.session.execute(statement.order_by(Receipt.created_at, Receipt.id)):
        by_line[line_id].append(key)
    return {key: (number, len(keys)) for keys in by_line.values() for number, key in enumerate(keys, 1)}


OfReceipt = tuple[Receipt, ClaimLine, Claim]


def care_receipts_to_check(person: Viewer, board_id: UUID) -> list[OfReceipt]:
    """Locked receipts that nobody has looked at, while their claim is not decided; the oldest first."""
    return _of_board(person, board_id, unchecked())


def approved_unchecked(person: Viewer, board_id: UUID, decided_after: datetime) -> list[OfReceipt]:
    """Those that nobody has looked at although an approver paid since a moment; the oldest first."""
    was_paid = and_(Claim.status.in_(DECIDED), Claim.decided_at > decided_after, ClaimLine.approved > 0)
    return _of_board(person, board_id, and_(Receipt.checked_at.is_(None), was_paid))


def _of_board(person: Viewer, board_id: UUID, which: ColumnElement[bool]) -> list[OfReceipt]:
    statement = (
        select(Receipt, ClaimLine, Claim)
        .join(ClaimLine, ClaimLine.id == Receipt.line_id)
        .join(Claim, Claim.id == Receipt.claim_id)
        .where(_locked(person), Receipt.board_id == board_id, which)
        .options(joinedload(Claim.person))
        .order_by(Claim.sent_at, Receipt.created_at, Receipt.id)
    )
    return [(receipt, line, claim) for receipt, line, claim in db.session.execute(statement.limit(100))]
