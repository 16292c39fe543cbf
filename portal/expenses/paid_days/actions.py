"""Putting right the day on which a run was paid: one correction for each of its claims and invoices."""

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
        change = _change(run, claim.id, f"Payment of {claim.reference}", was, day)
        corrections.correct_row(change, claim.person_id, person_id, reason, line)
    for care in payments.supplier_lines(run):
        about = f"Payment of the care of {date_words(care.on_day)}"
        corrections.correct_row(_change(run, care.id, about, was, day), None, person_id, reason, line)
    run.paid_on = day
    db.session.flush()


def _change(run: PaymentRun, thing_id: UUID, about: str, was: date, day: date) -> Change:
    words = (f"paid on {date_words(was)}", f"paid on {date_words(day)}")
    return Change(PAYMENT_DAY, run.board_id, thing_id, about, was.isoformat(), day.isoformat(), *words)


@records_nothing("the correction is recorded")
def apply_day(_board_id: UUID, thing_id: UUID, was: str, now: str) -> None:
    """Put the day of one claim right, and how many days it took; that of an invoice is its run's. Raises NotAsItWas."""
    claim = db.session.get(Claim, thing_id)
    if claim is None:
        return
    if claim.paid_on is None or claim.paid_on.isoformat() != was:
        raise NotAsItWas
    claim.paid_on, claim.version = stored_day(now), claim.version + 1
    claim.days_to_pay = claim.days_with_board(claim.paid_on)
    db.session.flush()
