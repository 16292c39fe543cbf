"""Finding the questions of a claim, and whether the claim was changed since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from sqlalchemy import select

from portal.expenses.claims.queries import named
from portal.expenses.claims.rules import names_of
from portal.expenses.models import Claim, ClaimLine, ClaimQuestion, Receipt
from portal.infra.database import db

LinesThen = dict[str, list[object]]


def questions(claim: Claim) -> Sequence[ClaimQuestion]:
    """Every question about a claim, the first one first."""
    statement = select(ClaimQuestion).where(
        ClaimQuestion.board_id == claim.board_id, ClaimQuestion.claim_id == claim.id
    )
    return db.session.scalars(statement.order_by(ClaimQuestion.asked_at, ClaimQuestion.id)).all()


def answered(claim_ids: Iterable[UUID]) -> set[UUID]:
    """Which of these claims were sent again after a question."""
    of_claims = (ClaimQuestion.claim_id.in_(list(claim_ids)), ClaimQuestion.closed_at.is_not(None))
    found = select(ClaimQuestion.claim_id).where(*of_claims).distinct()
    return set(db.session.scalars(found.order_by(ClaimQuestion.claim_id)))


def open_question(claim: Claim) -> ClaimQuestion | None:
    """The one that waits for an answer."""
    return next((one for one in reversed(questions(claim)) if one.closed_at is None), None)


def line_asked_about(claim: Claim, lines: Sequence[ClaimLine]) -> ClaimLine | None:
    """The expense that the open question is about, while it is still in the claim."""
    asked = open_question(claim)
    return next((one for one in lines if asked and one.id == asked.line_id), None)


def lines_now(lines: Sequence[ClaimLine], receipts: Mapping[UUID, Sequence[Receipt]]) -> LinesThen:
    """Everything a rep can change of a claim's lines, by their ids, with their receipts and their names. Of a sealed
    note only its last letters: they change with it, and tell nothing."""
    names = names_of(named(lines, to_approver=True))
    return {
        str(one.id): [
            str(one.spent_on),
            one.tenths,
            one.minutes,
            one.paid,
            one.no_receipt_because,
            one.sealed_note[-12:],
            sorted(str(receipt.id) for receipt in receipts.get(one.id, ())),
            names[one.id],
        ]
        for one in lines
    }
