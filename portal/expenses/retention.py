"""How long policies, claims and payment runs are kept."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists

from portal.expenses.models import (
    Claim,
    ClaimLine,
    ClaimQuestion,
    ExpensePolicy,
    FirstDecision,
    PolicyTerms,
    Receipt,
    ReceiptOriginal,
)
from portal.expenses.payments.models import ClosedPeriod, Payee, PaymentRun, SupplierLine
from portal.retention.rule import RetentionRule

SEVEN_YEARS = 7 * 365 + 2  # six years after the financial year in which it was
ACCOUNTS = "6 years after the financial year of the claim, as accounts are"
PORTAL_USED = "As long as the board uses the portal"


def _of_old_claims(model: Any) -> Any:  # a model with claim_id; the answer is a RetentionRule.is_over
    def over(before: datetime) -> ColumnElement[bool]:
        return exists().where(Claim.id == model.claim_id, Claim.happened_on < before.date())

    return over


RETENTION = (
    RetentionRule(ExpensePolicy, "Expenses policies", PORTAL_USED),
    RetentionRule(PolicyTerms, "What a policy says of each kind of expense", PORTAL_USED),
    RetentionRule(PaymentRun, "Payment runs", PORTAL_USED),
    RetentionRule(
        SupplierLine,
        "What providers of care charged, in payment runs: the invoices that you entered, put into a run or paid",
        PORTAL_USED,
        secret=("request_id",),
    ),
    RetentionRule(ClosedPeriod, "Up to which day the books are closed", PORTAL_USED),
    RetentionRule(
        ReceiptOriginal,
        "Your receipts as you sent them, encrypted; no page opens them",
        "Until there is a decision on your claim, 90 days at most",
        days=90,  # what the scheduler removes each minute should leave nothing
        is_over=lambda before: ReceiptOriginal.created_at < before,
        secret=("stored_as", "sealed_key", "key"),
        file=ReceiptOriginal.stored_as,
    ),
    RetentionRule(
        FirstDecision,
        "Decisions of yours on claims that wait for a second approver",
        "Until another approver has agreed or decided otherwise, as the claim at most",
        days=SEVEN_YEARS,
        is_over=_of_old_claims(FirstDecision),
        told=True,
        whose=("by_id",),
        secret=("person_id",),
    ),
    RetentionRule(
        ClaimQuestion,
        "Questions about your claims, and your answers, which are encrypted",
        ACCOUNTS,
        days=SEVEN_YEARS,
        is_over=_of_old_claims(ClaimQuestion),
        told=True,
        secret=("lines_then",),
    ),
    RetentionRule(
        Receipt,
        "Your receipts; those for care are encrypted",
        ACCOUNTS,
        days=SEVEN_YEARS,
        is_over=_of_old_claims(Receipt),
        told=True,
        secret=("stored_as", "sealed_key", "key"),
        file=Receipt.stored_as,
    ),
    RetentionRule(
        ClaimLine,
        "What you claimed, line by line; from where to where is encrypted",
        ACCOUNTS,
        days=SEVEN_YEARS,
        is_over=_of_old_claims(ClaimLine),
        told=True,
    ),
    RetentionRule(
        Claim,
        "Your claims",
        ACCOUNTS,
        days=SEVEN_YEARS,
        is_over=lambda before: Claim.happened_on < before.date(),
        told=True,
    ),
    RetentionRule(
        Payee,
        "By what finance knows you; never an account number",
        "Until the board takes it away",
        whose=("person_id",),
    ),
)
