"""Claims with nothing to check twice: one button approves each, and opens the next."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from portal.expenses.claims.rules import DRAFT, SENT
from portal.expenses.decisions.rules import NO_TRAINING, of_training, speaks_against
from portal.expenses.models import Claim
from portal.expenses.policies import queries as policies_queries
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.training.sessions.rules import ATTENDED, MISSED
from tests.cast import NOW, TODAY, Cast, anywhere
from tests.expenses.claiming import TAXI, add, begin, lines_of, press, version_on
from tests.expenses.test_from_receipt import add_receipt
from tests.expenses.test_new_payees import was_paid
from tests.visitor import text_of

WHOLE = "Everything is right: approve"


@pytest.fixture(autouse=True)
def paid_before(app: Flask, cast: Cast, visit: Any) -> None:
    """The rep was paid once, and the policy is an old one: neither is news to the approver."""
    with app.app_context(), unit_of_work():
        policy = policies_queries.policy_on(cast.northfirth.id, TODAY)
        assert policy
        policy.published_at = NOW - timedelta(days=100)
        was_paid(cast, 991, cast.northfirth.people["rep"], TODAY - timedelta(days=40))


def sent(app: Flask, visit: Any, cast: Cast, title: str, paid: str = "4.50") -> Claim:
    """Receipts of different sums are different files, as two alike are something to check."""
    rep, claim = begin(app, visit, cast, title)
    add_receipt(rep, claim, "ticket.jpg", width=300 + int(float(paid)), paid=paid)
    press(rep, claim, "send")
    return claim


def approve(approver: Any, page: Any, path: str, **typed: str) -> Any:
    return approver.post(path, {"version": version_on(page), "everything": "yes", **typed})


def status_of(app: Flask, claim: Claim) -> str:
    with app.app_context():
        return db.session.get_one(Claim, claim.id).status


def test_one_button_approves_all_of_it(app: Flask, visit: Any, cast: Cast) -> None:
    claim = sent(app, visit, cast, "Carers week")
    approver, path = visit("northfirth.approver"), f"/claims/{claim.id}/decide"
    page = approver.get(path)
    assert f"{WHOLE} £4.50" in text_of(page)
    assert approve(approver, page, path).status_code == 302
    assert status_of(app, claim) == "approved"


def test_then_the_claim_that_waited_longest_is_next(app: Flask, visit: Any, cast: Cast) -> None:
    claim, other = sent(app, visit, cast, "Carers week"), sent(app, visit, cast, "Stall", "6.20")
    approver, path = visit("northfirth.approver"), f"/claims/{claim.id}/decide"
    waiting = re.findall("/claims/([0-9a-f-]{36})/decide", approver.get("/claims/to-decide").text)
    assert str(other.id) in waiting
    longest = next(one for one in waiting if one != str(claim.id))
    done = approve(approver, approver.get(path), path)
    assert done.headers["Location"].endswith(f"/claims/{longest}/decide")
    assert "This is the next claim." in text_of(approver.get(f"/claims/{longest}/decide"))


def test_after_the_last_comes_the_list(app: Flask, visit: Any, cast: Cast) -> None:
    claim = sent(app, visit, cast, "Carers week")
    with app.app_context(), unit_of_work():
        db.session.execute(
            anywhere(update(Claim).where(Claim.status == SENT, Claim.id != claim.id).values(status=DRAFT))
        )
    approver, path = visit("northfirth.approver"), f"/claims/{claim.id}/decide"
    assert approve(approver, approver.get(path), path).headers["Location"].endswith("/claims/to-decide")


def test_something_to_check_takes_the_button_away(app: Flask, visit: Any, cast: Cast) -> None:
    sent(app, visit, cast, "Carers week")
    twice = sent(app, visit, cast, "Stall")  # the same day, kind and sum
    approver, path = visit("northfirth.approver"), f"/claims/{twice.id}/decide"
    page = approver.get(path)
    assert WHOLE not in text_of(page)
    refused = approve(approver, page, path)
    assert "There is something to check on this claim" in text_of(refused)
    assert status_of(app, twice) == "sent"


def test_a_missing_receipt_is_something_to_check(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = begin(app, visit, cast)
    add(rep, claim, "taxi", TAXI)
    press(rep, claim, "send")
    page = visit("northfirth.approver").get(f"/claims/{claim.id}/decide")
    assert ("There is no receipt" in text_of(page)) != (WHOLE in text_of(page))


def test_a_no_that_was_chosen_is_not_overridden(app: Flask, visit: Any, cast: Cast) -> None:
    claim = sent(app, visit, cast, "Carers week")
    [line] = lines_of(app, claim.id)
    approver, path = visit("northfirth.approver"), f"/claims/{claim.id}/decide"
    page = approve(approver, approver.get(path), path, **{f"lines-{line.id}-say": "no"})
    assert "You chose no for an expense" in text_of(page)
    assert status_of(app, claim) == "sent"


def test_a_doubt_that_they_were_there_is_something_to_check() -> None:
    assert speaks_against([of_training("First steps", MISSED)])
    assert speaks_against([NO_TRAINING])
    assert not speaks_against([of_training("First steps", ATTENDED)])
