"""Of what a payee reference is made."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from portal.expenses.payments import queries as payments_queries
from portal.expenses.payments.actions import keep_payees
from portal.expenses.payments.rules import problem_with_reference
from portal.infra.unit_of_work import unit_of_work
from tests.cast import Cast
from tests.visitor import text_of

PAYEES = "/boards/northfirth/payees"


@pytest.mark.parametrize("typed", ["=2+3", "+44", "@SUM(A1)", "SUP_1", "SUP\t1", "Ünal", "1,2"])
def test_no_other_marks_are_part_of_a_reference(typed: str) -> None:
    allowed = "A payee reference is letters, numbers, spaces, hyphens, slashes and full stops only"
    assert problem_with_reference(typed) == allowed


def test_a_reference_with_other_marks_that_is_stored_stays(app: Flask, visit: Any, cast: Cast) -> None:
    rep, depute = (cast.northfirth.people[one] for one in ("rep", "depute"))
    with app.app_context(), unit_of_work():
        keep_payees(cast.northfirth.id, {rep: "=2+3"})
    approver = visit("northfirth.approver")
    approver.post(PAYEES, {f"payee-{rep}": "=2+3", f"payee-{depute}": "SUP-9"})
    with app.app_context():
        known = payments_queries.payees(cast.northfirth.id)
        assert {key: one.reference for key, one in known.items()} == {rep: "=2+3", depute: "SUP-9"}
    assert "A payee reference is letters" not in text_of(approver.get(PAYEES))
    page = text_of(approver.post(PAYEES, {f"payee-{rep}": "=2+4"}))
    assert "CANARYNORTH Rep: a payee reference is letters, numbers, spaces, hyphens" in page
