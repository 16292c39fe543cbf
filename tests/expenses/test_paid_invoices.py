"""What a provider charged for care is what was paid: no officer changes it afterwards; an open run says if one did."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from portal.expenses.payments import actions as payments_actions
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.infra.versions import EditConflict
from portal.replacement_care.arranging import actions as arranging
from portal.replacement_care.models import CareRequest
from portal.replacement_care.requests.queries import request_by_id
from tests.cast import Cast
from tests.expenses.test_four_eyes import another_approver, invoiced, pay
from tests.visitor import text_of

LATE = {"cost": "75", "invoice": "INV-2", "sure": "y"}


@pytest.fixture
def second(app: Flask, cast: Cast, rolled_back: Any) -> UUID:
    return another_approver(app, cast, "second")


def in_a_run(app: Flask, cast: Cast, by: UUID) -> tuple[UUID, UUID]:
    """An invoice that an officer entered, and the run that holds it."""
    care_id = invoiced(app, cast, cast.northfirth.people["officer"])
    with app.app_context(), unit_of_work():
        care = request_by_id(cast.northfirth.id, care_id)
        return care_id, payments_actions.make_run(cast.northfirth.id, by, [], [care]).id


def care_of(app: Flask, care_id: UUID) -> CareRequest:
    with app.app_context():
        return db.session.get_one(CareRequest, care_id)


def test_an_invoice_that_is_paid_stays_as_it_is(app: Flask, visit: Any, cast: Cast, second: UUID) -> None:
    care_id, run_id = in_a_run(app, cast, second)
    pay(app, run_id, cast.northfirth.people["approver"])
    officer, version = visit("northfirth.officer"), care_of(app, care_id).version
    said = "The invoice was paid on 3 March 2026, so it cannot be changed here."
    assert said in text_of(officer.get(f"/care/{care_id}/arrange"))
    refused = officer.post(f"/care/{care_id}/late-cost", {**LATE, "version": str(version)}, follow_redirects=True)
    assert said in text_of(refused)
    with app.app_context(), unit_of_work():
        care = request_by_id(cast.northfirth.id, care_id)
        with pytest.raises(EditConflict):
            arranging.keep_late_cost(care, version, second, care.provider_id, 7500, "INV-2")
    kept = care_of(app, care_id)
    assert (kept.cost, kept.invoice) == (5000, "INV-1")


def test_a_run_that_is_open_says_that_an_invoice_was_changed(app: Flask, visit: Any, cast: Cast, second: UUID) -> None:
    care_id, run_id = in_a_run(app, cast, second)
    approver = visit("northfirth.approver")
    assert "changed since" not in text_of(approver.get(f"/payment-runs/{run_id}"))
    officer, version = visit("northfirth.officer"), care_of(app, care_id).version
    provider = str(cast.northfirth.things["provider_id"])
    officer.post(f"/care/{care_id}/late-cost", {**LATE, "provider": provider, "version": str(version)})
    page = text_of(approver.get(f"/payment-runs/{run_id}"))
    assert "Invoice INV-1, £50.00: changed since to INV-2, £75.00" in page
    pay(app, run_id, cast.northfirth.people["approver"])
    assert "changed since" not in text_of(approver.get(f"/payment-runs/{run_id}"))
