"""Finding the questions of a claim, and whether the claim was changed since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select

from portal.expenses.models import Claim, ClaimLine, ClaimQuestion, Receipt
from portal.infra.database import db

LinesThen = dict[str, list[object]]


def questions(claim: Claim) -> Sequence[ClaimQuestion]:
    """Every question about a claim, the first one first."""
    statement = select(ClaimQuestion).where(
        ClaimQuestion.board_id == claim.board_id, ClaimQuestion.claim_id == claim.id
    )
    return db.session.scalars(statement.order_by(ClaimQuestion.asked_at, ClaimQuestion.id)).all()


def open_question(claim: Claim) -> ClaimQuestion | None:
    """The one that waits for an answer."""
    return next((one for one in reversed(questions(claim)) if one.closed_at is None), None)


def lines_now(lines: Sequence[ClaimLine], receipts: Mapping[UUID, Sequence[Receipt]]) -> LinesThen:
    """Everything a rep can change of a claim's lines, by their ids. Of a sealed note only its last letters: they change
    with it, and tell nothing."""
    return {
        str(one.id): [
            str(one.spent_on),
            one.tenths,
            one.minutes,
            one.paid,
            one.no_receipt_because,
            one.sealed_note[-12:],
            sorted(str(receipt.id) for receipt in receipts[one.id]),
        ]
        for one in lines
    }
