"""Finding the questions of a claim, and whether the claim was changed since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
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


def on_page(claim: Claim, lines: Sequence[ClaimLine]) -> dict[str, Sequence[ClaimQuestion]]:
    """Every question about a claim, and those among them that are about none of the lines it still has."""
    found = questions(claim)
    whole = [one for one in found if not any(one.is_about(line.id) for line in lines)]
    return {"questions": found, "of_whole": whole}


def came_after(asked: Iterable[ClaimQuestion], receipts: Mapping[UUID, Sequence[Receipt]]) -> set[UUID]:
    """The receipts that were added after a question about their line, once it is answered."""
    answered = [one for one in asked if one.closed_at]
    return {
        receipt.id
        for line_id, found in receipts.items()
        for receipt in found
        if any(one.is_about(line_id) and receipt.created_at >= one.asked_at for one in answered)
    }


def answered_and_waiting(claim_ids: Iterable[UUID]) -> tuple[set[UUID], dict[UUID, datetime]]:
    """Which of these claims were sent again after a question, and when the one was asked that waits for an answer."""
    of_claims = select(ClaimQuestion).where(ClaimQuestion.claim_id.in_(list(claim_ids)))
    rows = db.session.scalars(of_claims.order_by(ClaimQuestion.asked_at, ClaimQuestion.id)).all()
    waiting = {one.claim_id: one.asked_at for one in rows if one.closed_at is None}
    return {one.claim_id for one in rows if one.closed_at is not None}, waiting


def lines_with_open_question(claims: Iterable[Claim], lines: Iterable[ClaimLine]) -> set[UUID]:
    """Those of these lines that an approver asked about and waits for an answer."""
    of_claims = (ClaimQuestion.claim_id.in_({one.id for one in claims}), ClaimQuestion.closed_at.is_(None))
    asked = db.session.scalars(select(ClaimQuestion).where(*of_claims).order_by(ClaimQuestion.id)).all()
    return {line.id for line in lines if any(one.is_about(line.id) for one in asked)}


def open_question(claim: Claim) -> ClaimQuestion | None:
    """The one that waits for an answer."""
    return next((one for one in reversed(questions(claim)) if one.closed_at is None), None)


def answer_begun(claim: Claim) -> str:
    """What its person has typed so far; '' where nothing is asked."""
    asked = open_question(claim)
    return asked.answer if asked else ""


def lines_asked_about(claim: Claim, lines: Sequence[ClaimLine]) -> list[ClaimLine]:
    """The expenses that the open question is about, those that are still in the claim."""
    asked = open_question(claim)
    return [one for one in lines if asked and asked.is_about(one.id)]


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
