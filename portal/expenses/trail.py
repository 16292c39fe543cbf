"""What the audit trail calls the things that claims, payment runs and policies tell of."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import select

from portal.core.naming import Before, Naming
from portal.core.text import date_words
from portal.core.values import EventFacts
from portal.expenses.claims.rules import reference
from portal.expenses.events import ClaimDeleted, ClaimSent, PolicyDraftDiscarded, PolicyPublished
from portal.expenses.models import Claim, ExpensePolicy
from portal.expenses.payments.models import PaymentRun
from portal.infra.database import db

NOT_SENT = "not sent"


def policy_words(day: date) -> str:
    return f"the policy from {date_words(day)}"


def claims(board_id: UUID, ids: Collection[UUID]) -> dict[UUID, str]:
    """By their references: an administrator reads no claim, and so not what it is for."""
    statement = select(Claim.id, Claim.prefix, Claim.year, Claim.number)
    rows = db.session.execute(statement.where(Claim.board_id == board_id, Claim.id.in_(ids)).order_by(Claim.id))
    return {key: reference(prefix, year, number) or NOT_SENT for key, prefix, year, number in rows}


def runs(board_id: UUID, ids: Collection[UUID]) -> dict[UUID, str]:
    statement = select(PaymentRun.id, PaymentRun.number)
    statement = statement.where(PaymentRun.board_id == board_id, PaymentRun.id.in_(ids)).order_by(PaymentRun.id)
    return {key: f"run {number}" for key, number in db.session.execute(statement)}


def policies(board_id: UUID, ids: Collection[UUID]) -> dict[UUID, str]:
    statement = select(ExpensePolicy.id, ExpensePolicy.from_on)
    statement = statement.where(ExpensePolicy.board_id == board_id, ExpensePolicy.id.in_(ids))
    rows = db.session.execute(statement.order_by(ExpensePolicy.id))
    return {key: policy_words(day) for key, day in rows}


def _before_sent(facts: EventFacts, _typed: Mapping[str, str], after: str) -> str:
    return NOT_SENT if facts.get("is_first") else after


def _draft_before(name: str) -> Before:
    """A draft has a day too; the one on which it holds is said when it is published."""

    def before(facts: EventFacts, _typed: Mapping[str, str], _after: str) -> str:
        return policy_words(date.fromisoformat(facts[name])) if facts.get(name) else ""

    return before


CLAIMS = {ClaimSent: _before_sent, ClaimDeleted: lambda _facts, _typed, _after: NOT_SENT}
POLICIES = {PolicyPublished: _draft_before("draft_from_on"), PolicyDraftDiscarded: _draft_before("from_on")}
NAMES = {
    "claim_id": Naming(claims, CLAIMS, names_gone=True),
    "run_id": Naming(runs),
    "policy_id": Naming(policies, POLICIES, names_gone=True),
}
