"""Finding paid runs whose day can be corrected, and what was corrected."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select

from portal.access.permissions import PAYMENTS_CORRECT
from portal.core.clock import london_day
from portal.core.values import Typed
from portal.corrections import queries as corrections
from portal.corrections.models import Correction
from portal.expenses.models import Claim
from portal.expenses.paid_days.rules import PAYMENT_DAY
from portal.expenses.payments.models import PaymentRun
from portal.expenses.payments.queries import claims_in
from portal.infra.database import db
from portal.infra.sight import Sight, seen_with


@seen_with(PAYMENTS_CORRECT)
def run_to_correct(sight: Sight, run_id: UUID) -> PaymentRun | None:
    one = (PaymentRun.id == run_id, PaymentRun.reopened_at.is_(None), sight.of(PaymentRun))
    return db.session.scalar(select(PaymentRun).where(*one))


def last_sent_on(run: PaymentRun) -> date | None:
    """The latest day on which a claim of a run was sent."""
    return max((london_day(one.sent_at) for one in claims_in(run) if one.sent_at), default=None)


def corrections_of(run: PaymentRun) -> Sequence[Correction]:
    """Every time its day was corrected, the latest first: of one claim, as all of them were paid together."""
    found = corrections.of_things(run.board_id, PAYMENT_DAY, [one.id for one in claims_in(run)])
    return next(iter(found.values()), [])


def page_of_claim(claim_id: UUID) -> tuple[str, Typed]:
    """Where approvers see it."""
    return "expenses.run", {"run_id": str(db.session.get_one(Claim, claim_id).run_id)}
