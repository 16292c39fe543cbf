"""Which receipt of which expense it is about, on every page that says something of one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask

from portal.expenses.models import Receipt
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from tests.cast import NOW, Cast
from tests.expenses.claiming import DAY, add, begin, lines_of, press
from tests.expenses.test_helping import written
from tests.role_profiles.test_pages import photo
from tests.visitor import text_of

CARE = {**DAY, "hours": "2", "paid": "50"}


def test_the_same_receipt_is_said_to_be_before_or_after_and_which_it_is(
    app: Flask, visit: Any, cast: Cast, at: Any
) -> None:
    rep, first = begin(app, visit, cast, "First")
    add(rep, first, "taxi", {**DAY, "paid": "12.50"}, (photo(), "taxi.jpg"))
    press(rep, first, "send")
    at(NOW + timedelta(hours=30))
    rep, second = begin(app, visit, cast, "Second")
    add(rep, second, "taxi", {**DAY, "paid": "12.50"}, (photo("PNG"), "other.png"), (photo(), "taxi.jpg"))
    press(rep, second, "send")
    approver = visit("northfirth.approver")
    earlier, later = (text_of(approver.get(f"/claims/{one.id}/decide")) for one in (first, second))
    assert "The same receipt was sent again later" in earlier
    assert "Second, sent on Wednesday 4 March" in earlier
    assert "was sent before" not in earlier
    number = 1 if "Receipt 1: taxi.jpg" in later else 2  # both came at one moment
    assert f"Receipt {number}: the same one was sent before" in later
    assert "First, sent on Tuesday 3 March" in later
    assert f"Receipt {number}: taxi.jpg" in later
    assert f"Receipt {3 - number}: other.jpg" in later


def test_one_of_two_care_receipts_is_not_said_to_be_all_of_them(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = begin(app, visit, cast)
    add(rep, claim, "replacement_care", CARE, (photo("PNG"), "one.png"), (photo(), "two.jpg"))
    own = text_of(rep.get(f"/claims/{claim.id}"))
    assert "Receipt 1.jpg" in own
    assert "Receipt 2.jpg" in own
    press(rep, claim, "send")
    listed = text_of(visit("northfirth.officer").get("/boards/northfirth/care-receipts"))
    assert "Monday 2 March, Receipt 1.jpg" in listed
    assert "Monday 2 March, Receipt 2.jpg" in listed
    with app.app_context(), unit_of_work():
        of_claim = db.session.query(Receipt).where(Receipt.claim_id == claim.id).order_by(Receipt.created_at)
        first = of_claim.first()
        assert first
        first.checked_at, first.checked_by_id = NOW, cast.northfirth.people["officer"]
    page = text_of(visit("northfirth.approver").get(f"/claims/{claim.id}/decide"))
    assert "1 of 2 receipts has not been looked at" in page
    assert "No officer has looked" not in page


def test_an_officer_reads_what_is_missing_and_changes_it_before_handing_over(
    app: Flask, visit: Any, cast: Cast
) -> None:
    officer, claim = written(app, visit, cast)
    [line] = lines_of(app, claim.id)
    path = f"/claims-for-reps/lines/{line.id}/change"
    officer.post(path, {**DAY, "paid": "12.50", "no_receipt_because": ""})
    page = text_of(officer.get(f"/claims-for-reps/{claim.id}"))
    assert "Before CANARYNORTH Rep can send it: Taxi" in page
    assert "Add one, or say why you have none" in page
    officer.post(path, {**DAY, "paid": "13.50", "no_receipt_because": "The driver gave none"})
    page = text_of(officer.get(f"/claims-for-reps/{claim.id}"))
    assert "£13.50" in page
    assert "can send it:" not in page
    assert visit("northfirth.rep").get(path).status_code == 404
    assert visit("southmoor.officer").get(path).status_code == 404


def test_the_approver_is_not_told_that_what_the_policy_comes_to_is_what_it_cost(
    app: Flask, visit: Any, cast: Cast
) -> None:
    rep, claim = begin(app, visit, cast)
    add(rep, claim, "taxi", {**DAY, "paid": "12.50"}, (photo(), "taxi.jpg"))
    press(rep, claim, "send")
    page = text_of(visit("northfirth.approver").get(f"/claims/{claim.id}/decide"))
    assert "This is all that was claimed" not in page
    assert "The policy covers £12.50." in page
    assert "The policy covers what it cost" not in page
    assert "A receipt may show more than can be paid" in page
