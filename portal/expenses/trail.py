"""What the audit trail calls the things that claims, payment runs and policies tell of."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from portal.core.text import date_words
from portal.expenses.claims.rules import reference
from portal.expenses.models import Claim, ExpensePolicy
from portal.expenses.payments.models import PaymentRun
from portal.infra.database import db


def claims(board_id: UUID, ids: Collection[UUID]) -> dict[UUID, str]:
    """By their references: an administrator reads no claim, and so not what it is for."""
    statement = select(Claim.id, Claim.prefix, Claim.year, Claim.number)
    rows = db.session.execute(statement.where(Claim.board_id == board_id, Claim.id.in_(ids)).order_by(Claim.id))
    return {key: reference(prefix, year, number) or "not sent" for key, prefix, year, number in rows}


def runs(board_id: UUID, ids: Collection[UUID]) -> dict[UUID, str]:
    statement = select(PaymentRun.id, PaymentRun.number)
    statement = statement.where(PaymentRun.board_id == board_id, PaymentRun.id.in_(ids)).order_by(PaymentRun.id)
    return {key: f"run {number}" for key, number in db.session.execute(statement)}


def policies(board_id: UUID, ids: Collection[UUID]) -> dict[UUID, str]:
    statement = select(ExpensePolicy.id, ExpensePolicy.from_on)
    statement = statement.where(ExpensePolicy.board_id == board_id, ExpensePolicy.id.in_(ids))
    rows = db.session.execute(statement.order_by(ExpensePolicy.id))
    return {key: f"the policy from {date_words(day)}" for key, day in rows}


NAMES = {"claim_id": claims, "run_id": runs, "policy_id": policies}
