"""Putting right the day on which a run was paid: one correction for each of its claims."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from portal.core.text import date_words
from portal.corrections import actions as corrections
from portal.corrections.actions import Change
from portal.corrections.rules import stored_day
from portal.expenses.models import Claim
from portal.expenses.paid_days.rules import PAYMENT_DAY
from portal.expenses.payments import queries as payments
from portal.expenses.payments.actions import AnotherPays, OwnClaim
from portal.expenses.payments.eyes import why_not_paid
from portal.expenses.payments.models import PaymentRun
from portal.infra.correctable import NotAsItWas
from portal.infra.database import db
from portal.infra.unit_of_work import records_nothing


@records_nothing("the corrections are recorded")
def correct_day(run: PaymentRun, day: date, person_id: UUID, reason: str, line: str) -> None:
    """Raises OwnClaim when the run holds a claim of whoever corrects it, AnotherPays when they could not have marked it
    as paid, and NotAsItWas."""
    if why_not_paid(run, person_id):
        raise OwnClaim if payments.is_in_run(run, person_id) else AnotherPays
    was = run.paid_on
    if was is None:
        raise NotAsItWas
    for claim in payments.claims_in(run):
        change = Change(
            kind=PAYMENT_DAY,
            board_id=run.board_id,
            thing_id=claim.id,
            about=f"Payment of {claim.reference}",
            was_value=was.isoformat(),
            now_value=day.isoformat(),
            was=f"paid on {date_words(was)}",
            now=f"paid on {date_words(day)}",
        )
        corrections.correct_row(change, claim.person_id, person_id, reason, line)
    run.paid_on = day
    db.session.flush()


@records_nothing("the correction is recorded")
def apply_day(_board_id: UUID, claim_id: UUID, was: str, now: str) -> None:
    """Put the day of one claim right, and how many days it took. Raises NotAsItWas."""
    claim = db.session.get_one(Claim, claim_id)
    if claim.paid_on is None or claim.paid_on.isoformat() != was:
        raise NotAsItWas
    claim.paid_on, claim.version = stored_day(now), claim.version + 1
    claim.days_to_pay = claim.days_with_board(claim.paid_on)
    db.session.flush()
