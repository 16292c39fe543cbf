"""A payment run that is cancelled: it asks first, stays to be found, and whoever was told hears that it is off."""

from __future__ import annotations

from typing import Any

from flask import Flask
from sqlalchemy import select

from portal.boards.models import Board
from portal.expenses.payments.models import PaymentRun
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.notifications.models import Email
from tests.cast import Cast, anywhere
from tests.visitor import text_of


def told(app: Flask, template: str) -> list[tuple[Any, Any]]:
    with app.app_context():
        statement = select(Email).where(Email.template == template).order_by(Email.id)
        return [(one.person_id, one.facts) for one in db.session.scalars(anywhere(statement))]


def test_it_asks_first_and_says_what_returns(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    approver, path = visit("northfirth.approver"), f"/payment-runs/{things['run_id']}"
    assert f'href="{path}/cancel"' in approver.get(path).text
    page = text_of(approver.get(f"{path}/cancel"))
    assert "1 claim, £9.00, will return to the unpaid list" in page
    with app.app_context():
        assert db.session.get_one(PaymentRun, things["run_id"]).reopened_at is None
    assert told(app, "run-cancelled") == []


def test_whoever_was_told_of_it_hears_that_it_is_off(
    app: Flask, visit: Any, cast: Cast, things: dict[str, Any]
) -> None:
    with app.app_context(), unit_of_work():
        db.session.get_one(Board, cast.northfirth.id).finance_email = "finance@northfirth.test"
    approver = visit("northfirth.approver")
    said = text_of(approver.post(f"/payment-runs/{things['run_id']}/cancel", follow_redirects=True))
    assert "What was in it is back in the unpaid list" in said
    assert "Nobody is emailed" not in said
    assert "finance@northfirth.test will be told not to pay it." in said
    [(_, facts)] = told(app, "run-cancelled")
    assert (facts["number"], facts["total"]) == (1, "£9.00")
    [(person, _)] = told(app, "claim-out-of-payment")
    assert person == cast.northfirth.people["rep"]


def test_it_can_still_be_found(visit: Any, things: dict[str, Any]) -> None:
    approver, path = visit("northfirth.approver"), f"/payment-runs/{things['run_id']}"
    approver.post(f"{path}/cancel")
    assert "Cancelled on Tuesday 3 March 2026" in text_of(approver.get(path))
    listed = text_of(approver.get("/claims/payments"))
    assert "Run 1" in listed
    assert "Cancelled on Tuesday 3 March" in listed
    assert visit("southmoor.approver").get(path).status_code == 404


def test_every_way_to_it_leads_to_its_page(visit: Any, things: dict[str, Any]) -> None:
    """It was cancelled in another tab: nothing of it is paid, corrected or cancelled again, and its page says when."""
    approver, path = visit("northfirth.approver"), f"/payment-runs/{things['run_id']}"
    approver.post(f"{path}/cancel")
    says = "Cancelled on Tuesday 3 March 2026"
    for way in ("run.csv", "run.xlsx", "cancel", "correct"):
        assert says in text_of(approver.get(f"{path}/{way}", follow_redirects=True)), way
        assert visit("southmoor.approver").get(f"{path}/{way}").status_code == 404
    for way in ("cancel", "paid", "correct"):
        assert says in text_of(approver.post(f"{path}/{way}", follow_redirects=True)), way
    again = text_of(approver.post(f"{path}/paid", follow_redirects=True))
    assert "This run is not marked as paid. It has been cancelled." in again
    admin = text_of(visit("northfirth.admin").get(f"{path}/correct", follow_redirects=True))
    assert "Payment run 1 was cancelled on 3 March 2026, before it was paid." in admin
