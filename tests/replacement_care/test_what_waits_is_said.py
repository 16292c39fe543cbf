"""What an officer wrote stays on their page, and an invoice that nobody pays yet says what it waits for."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.replacement_care.models import CareRequest
from tests.cast import Cast
from tests.replacement_care.asking import asked, do, request_of
from tests.replacement_care.test_two_tabs import arranged, page_of
from tests.visitor import text_of

LISTED = "1 care invoice will appear here once the rep says that care took place."


def test_what_an_officer_wrote_when_declining_stays_on_their_page(app: Flask, visit: Any, cast: Cast) -> None:
    one, officer = asked(app, visit, cast), visit("northfirth.officer")
    do(officer, one, "cannot", 1, answer="Nobody is free. You can join online.", sure="y")
    assert "What you told the rep Nobody is free. You can join online." in page_of(officer, one)
    assert "Nobody is free" in text_of(visit("northfirth.rep").get(f"/care/{one.id}"))


@pytest.mark.parametrize("cost", ["54", ""])
def test_an_invoice_that_is_entered_early_says_what_it_waits_for(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any, cost: str
) -> None:
    _, officer, one = arranged(app, visit, cast, is_paid_by_board="yes", cost=cost, invoice="INV-54")
    first = "" if cost else "its cost is entered and "
    says = f"INV-54. Approvers see this invoice once {first}the rep says that care took place."
    assert says in page_of(officer, one)
    approver = visit("northfirth.approver")
    assert (LISTED in text_of(approver.get("/claims/payments"))) == bool(cost)
    assert "will appear here once" not in text_of(visit("southmoor.approver").get("/claims/payments"))
    with app.app_context(), unit_of_work():
        db.session.get_one(CareRequest, one.id).status = "took_place"
    assert "Approvers see this invoice once" not in page_of(officer, one)
    listed = text_of(approver.get("/claims/payments"))
    assert LISTED not in listed
    assert ("INV-54" in listed) == bool(cost), "it is there"
    with app.app_context(), unit_of_work():
        db.session.get_one(CareRequest, one.id).status = "not_held"
    no = "INV-54. Approvers do not see this invoice, because the rep said that care did not take place."
    assert no in page_of(officer, one)
    assert "INV-54" not in text_of(approver.get("/claims/payments"))


def test_what_the_rep_pays_is_in_no_list_of_approvers(app: Flask, visit: Any, cast: Cast) -> None:
    _, officer, one = arranged(app, visit, cast, invoice="INV-54")
    assert not request_of(app, cast).is_paid_by_board
    assert "Approvers see" not in page_of(officer, one)
    assert "will appear here once" not in text_of(visit("northfirth.approver").get("/claims/payments"))
