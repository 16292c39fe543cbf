"""What a correction says of a row about somebody goes when the row does, and is still counted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from portal.capability import gathered
from portal.check_in.models import CheckIn
from portal.corrections import queries
from portal.corrections.actions import forget_rows_over
from portal.corrections.models import Correction
from portal.expenses.models import Claim
from portal.expenses.paid_days import actions as paid_days
from portal.expenses.payments import actions as payments
from portal.expenses.payments.models import PaymentRun
from portal.expenses.retention import RETENTION
from portal.infra.database import db
from portal.retention.actions import delete_due, lift_hold
from portal.retention.queries import holds
from portal.training.models import TrainingRecord
from tests.cast import NOW, TODAY, Cast

CORRECTED = {"payment-day": Claim, "attendance": CheckIn, "training-record": TrainingRecord}


def test_each_kind_of_row_that_goes_by_the_clock_takes_its_corrections_along(app: Flask) -> None:
    with app.app_context():
        kinds = {one.kind for one in gathered().correctable.values() if not one.is_of_board}
        rules = gathered().rule_of
    assert kinds == set(CORRECTED), "say here of which rows they are"
    removed = [
        one for one in (rules[model.__tablename__] for model in CORRECTED.values()) if one.days and not one.empty
    ]
    assert removed
    assert {one.before for one in removed} == {forget_rows_over}


def test_a_corrected_payment_day_goes_with_its_claim(
    app: Flask, cast: Cast, things: dict[str, Any], at: Any, work: Any
) -> None:
    approver = cast.northfirth.people["approver"]
    at(NOW + timedelta(days=9))
    run = db.session.get_one(PaymentRun, things["run_id"])
    with work():
        payments.mark_paid(run, TODAY + timedelta(days=5), approver)
    with work():
        paid_days.correct_day(run, TODAY + timedelta(days=7), approver, "typed", "The bank said so")
    of_payment = (Correction.board_id == cast.northfirth.id, Correction.kind == "payment-day")
    [one] = db.session.scalars(select(Correction).where(*of_payment)).all()
    assert (one.was, bool(one.about_id), one.line) == ("paid on 8 March 2026", True, "The bank said so")
    with work():
        for hold in holds(cast.northfirth.id):
            lift_hold(hold)
        for rule in RETENTION:
            if rule.days:
                delete_due(rule, NOW + timedelta(days=8 * 365))
    claims = select(func.count()).select_from(Claim).where(Claim.board_id == one.board_id, Claim.id == one.thing_id)
    assert not db.session.scalar(claims)
    db.session.refresh(one)
    assert (one.about, one.was, one.now, one.was_value, one.now_value, one.sealed_line) == ("",) * 6
    assert one.about_id is None
    assert queries.rows_by_month(cast.northfirth.id, "payment-day") == [("March 2026", 1)]
