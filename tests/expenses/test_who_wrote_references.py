"""Of each payee reference that a run pays, its page says who wrote that one, whatever was changed since."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from portal.access.roles import APPROVER
from portal.boards.people import actions as people
from portal.boards.queries import board_by_key
from portal.expenses.models import Claim
from portal.expenses.payments import queries
from portal.expenses.payments.models import PaymentRun
from portal.expenses.payments.new_payees import said_of
from portal.expenses.payments.references import keep_with
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from tests.cast import NOW, Cast, anywhere, person
from tests.visitor import Visitor, text_of

MADE_BY, LATER_BY = "CANARYNORTH Approver", "Olga Other"
FIRST = "First payment to this person"


@pytest.fixture
def other(app: Flask, cast: Cast) -> UUID:
    with app.app_context(), unit_of_work():
        olga = person("other@northfirth.test", LATER_BY)
        people.give_role(board_by_key("northfirth"), olga, APPROVER)
        return olga.id


@pytest.fixture
def whose(app: Flask, things: dict[str, Any]) -> UUID:
    """Whose claim is in the run of the cast."""
    with app.app_context():
        statement = select(Claim).where(Claim.run_id == things["run_id"]).order_by(Claim.id)
        return db.session.scalars(anywhere(statement)).all()[0].person_id


def keep(visitor: Any, key: UUID, reference: str) -> None:
    answer = visitor.post("/boards/northfirth/payees", {f"payee-{key}": reference, "version": "1"})
    assert answer.status_code == 302


def made_at(app: Flask, things: dict[str, Any], moment: Any) -> None:
    """The run is made then, by what is known of its payees."""
    with app.app_context(), unit_of_work():
        run = db.session.get_one(PaymentRun, things["run_id"])
        run.created_at = moment
        keep_with(run)


def page(visit: Any, things: dict[str, Any]) -> str:
    return text_of(visit("northfirth.approver").get(f"/payment-runs/{things['run_id']}"))


def test_a_reference_changed_later_is_not_the_one_that_the_run_pays(
    app: Flask, visit: Any, cast: Cast, things: dict[str, Any], at: Any, other: UUID, whose: UUID
) -> None:
    keep(visit("northfirth.approver"), whose, "QX-1")
    made_at(app, things, NOW + timedelta(hours=1))
    wrote = f"{FIRST}. Payee reference added on Tuesday 3 March by {MADE_BY}"
    assert wrote in page(visit, things)
    at(NOW + timedelta(days=1))
    keep(Visitor(app, other), whose, "QX-2")
    said = page(visit, things)
    assert wrote in said
    changed = f"Payee reference changed on Wednesday 4 March by {LATER_BY} after"
    assert f"{changed} this run was made. This run pays the earlier one" in said
    with app.app_context():
        now = said_of(cast.northfirth.id)(whose)
        assert f"Payee reference changed on Wednesday 4 March by {LATER_BY}" in now, "what waits is paid by the newer"
        assert MADE_BY not in now
        run = queries.run_by_id(cast.northfirth.id, things["run_id"])
        run.paid_on = NOW.date()
        assert "earlier one" not in said_of(cast.northfirth.id, run=run)(whose), "it is paid"
    at(NOW + timedelta(days=2))
    keep(Visitor(app, other), whose, "QX-1")
    assert "earlier one" not in page(visit, things), "it is the same again"


def test_a_claim_says_in_which_run_an_earlier_reference_is_paid(
    app: Flask, visit: Any, things: dict[str, Any], at: Any, other: UUID, whose: UUID
) -> None:
    keep(visit("northfirth.approver"), whose, "QX-1")
    made_at(app, things, NOW + timedelta(hours=1))
    at(NOW + timedelta(days=1))
    keep(Visitor(app, other), whose, "")
    with app.app_context():
        claim = db.session.scalars(anywhere(select(Claim).where(Claim.run_id == things["run_id"]))).all()[0]
    said = text_of(visit("northfirth.approver").get(f"/claims/{claim.id}/decide"))
    removed = f"Payee reference removed on Wednesday 4 March by {LATER_BY} after run 1 was made"
    assert f"{removed}. Run 1 pays the earlier one" in said


def test_a_reference_added_to_a_run_without_one_is_of_whoever_added_it(
    app: Flask, visit: Any, things: dict[str, Any], at: Any, other: UUID, whose: UUID
) -> None:
    keep(visit("northfirth.approver"), whose, "QX-0")
    at(NOW + timedelta(minutes=1))
    keep(visit("northfirth.approver"), whose, "")
    made_at(app, things, NOW + timedelta(hours=1))
    assert "Payee reference" not in page(visit, things).split("Check who this run pays")[1].split("Claims")[0]
    at(NOW + timedelta(days=1))
    keep(Visitor(app, other), whose, "QX-1")
    assert f"Payee reference added on Wednesday 4 March by {LATER_BY}" in page(visit, things)
    at(NOW + timedelta(days=2))
    keep(visit("northfirth.approver"), whose, "QX-2")
    said = page(visit, things)
    assert f"Payee reference added on Wednesday 4 March by {LATER_BY}" in said
    assert f"changed on Thursday 5 March by {MADE_BY} after this run was made. This run pays the earlier one" in said
