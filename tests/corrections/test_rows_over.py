"""What a correction says of a row about somebody goes when the row does, and is still counted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import Table, delete, func, select

from portal.capability import gathered
from portal.check_in.models import CheckIn
from portal.corrections import queries
from portal.corrections.models import Correction
from portal.expenses.models import Claim
from portal.expenses.paid_days import actions as paid_days
from portal.expenses.payments import actions as payments
from portal.expenses.payments.models import PaymentRun, SupplierLine
from portal.expenses.retention import RETENTION
from portal.infra.database import Model, db
from portal.replacement_care.models import CareRequest
from portal.retention.actions import delete_due, lift_hold
from portal.retention.queries import holds
from portal.training.models import TrainingRecord
from tests.cast import NOW, TODAY, Cast, anywhere

ROWS = {
    "attendance": (CheckIn,),
    "payment-day": (Claim, SupplierLine),
    "training-record": (TrainingRecord,),
}
SAID = dict.fromkeys(("about", "was_value", "now_value", "was", "now"), "what was said")


def _corrected(board_id: UUID, kind: str, thing_id: UUID, person_id: UUID) -> Correction:
    facts = {"board_id": board_id, "kind": kind, "thing_id": thing_id, "is_of_board": False, "status": "made"}
    who = {"about_id": person_id, "asked_by_id": person_id, "decided_by_id": person_id}
    row = Correction(**facts, **SAID, **who, reason="typed", asked_at=NOW, decided_at=NOW)
    row.line = "A line about them"
    return row


def _says_nothing(row: Correction) -> None:
    db.session.refresh(row)
    assert (row.about, row.was, row.now, row.was_value, row.now_value, row.sealed_line) == ("",) * 6
    assert row.about_id is None


def test_every_kind_of_row_about_somebody_names_its_models(app: Flask) -> None:
    with app.app_context():
        kinds = {one.kind: one.rows for one in gathered().correctable.values() if not one.is_of_board}
        rules = gathered().rule_of
    assert kinds == ROWS
    assert all(model.__tablename__ in rules for models in kinds.values() for model in models)


@pytest.mark.parametrize("at_once", [False, True])
@pytest.mark.parametrize(("kind", "model"), [(kind, model) for kind, models in ROWS.items() for model in models])
def test_what_a_correction_says_goes_with_the_row_whichever_way_that_is_deleted(
    cast: Cast, work: Any, kind: str, model: Any, at_once: bool
) -> None:
    """One row by itself, and rows at once by a statement, as a clock removes them."""
    with work():
        row, rep = _a_row(model, cast), cast.northfirth.people["rep"]
        gone, stays = (_corrected(cast.northfirth.id, kind, key, rep) for key in (row.id, uuid4()))
        db.session.add_all([gone, stays])
        db.session.flush()
        _nothing_leans_on(model.__table__, [row.id])
        if at_once:
            db.session.execute(anywhere(delete(model).where(model.id == row.id)))
        else:
            db.session.delete(row)
            db.session.flush()
        _says_nothing(gone)
        db.session.refresh(stays)
        assert stays.was == "what was said", "another row is still there"


def _a_row(model: Any, cast: Cast) -> Any:
    if model is not SupplierLine:
        return db.session.scalars(anywhere(select(model).order_by(model.id))).first()
    run = db.session.scalars(anywhere(select(PaymentRun).order_by(PaymentRun.id))).first()
    request = db.session.scalars(anywhere(select(CareRequest).order_by(CareRequest.id))).first()
    assert run
    assert request
    row = SupplierLine(run_id=run.id, request_id=request.id, board_id=run.board_id)
    row.name, row.on_day, row.pence = "CANARYNORTH Care", TODAY, 100
    db.session.add(row)
    db.session.flush()
    return row


def _nothing_leans_on(table: Table, ids: Sequence[UUID]) -> None:
    """What names these rows goes first, as this test is of them alone."""
    for other in Model.metadata.sorted_tables:
        for key in (one for one in other.columns if one.references(table.c.id) and other is not table):
            if "id" in other.columns:
                found = db.session.scalars(anywhere(select(other.c.id).where(key.in_(ids)).order_by(other.c.id))).all()
                if found:
                    _nothing_leans_on(other, found)
            db.session.execute(anywhere(other.delete().where(key.in_(ids))))


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
    _says_nothing(one)
    assert queries.rows_by_month(cast.northfirth.id, "payment-day") == [("March 2026", 1)]
