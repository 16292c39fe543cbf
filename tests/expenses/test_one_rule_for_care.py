"""The page of a care expense says one rule: which policy pays, and whether the amount may be left empty."""

from __future__ import annotations

import io
from datetime import date, time
from typing import Any

from flask import Flask

from portal.core.calendar import moment
from portal.expenses.models import ExpensePolicy, PolicyTerms
from portal.expenses.policies.defaults import default_terms
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from tests.cast import TODAY, Cast
from tests.expenses.claiming import DAY, TAXI, add, begin, lines_of, press
from tests.expenses.test_beside_the_decision import with_policy
from tests.expenses.test_helping import written
from tests.role_profiles.test_pages import photo
from tests.visitor import text_of

EMPTY = {**DAY, "hours": "2", "paid": ""}


def with_rate(app: Flask, cast: Cast, rate: int | None) -> None:
    with app.app_context(), unit_of_work():
        of = {"board_id": cast.northfirth.id, "category": "replacement_care"}
        db.session.query(PolicyTerms).filter_by(**of).update({"rate": rate, "is_covered": True, "cap": None})


def page_of(rep: Any, claim: Any) -> str:
    return str(text_of(rep.get(f"/claims/{claim.id}/lines/new?category=replacement_care")))


def test_without_a_rate_the_amount_is_asked_for(app: Flask, visit: Any, cast: Cast) -> None:
    with_policy(app, cast, moment(date(2026, 3, 1), time(9)))
    with_rate(app, cast, None)
    rep, claim = begin(app, visit, cast)
    page = page_of(rep, claim)
    assert "Enter the total you paid" in page
    assert "eave this empty" not in page
    assert "The care policy pays £18.00 an hour, up to 4 hours each time (£72.00). It covers the meeting and" in page
    assert "If you claim more, your approver may ask why." in page
    refused = text_of(add(rep, claim, "replacement_care", EMPTY))
    assert "Enter what you paid, like 4.50. On this day your board pays no rate for each hour" in refused
    add(rep, claim, "replacement_care", {**EMPTY, "paid": "50"}, (photo(), "care.jpg"))
    said = "The care policy pays £36.00 for 2 hours. You claimed £50.00, so the approver may ask why."
    page = text_of(rep.get(f"/claims/{claim.id}"))
    assert said in page
    assert "The expenses policy covers all of it. The care policy pays less for replacement care." in page
    press(rep, claim, "send")
    assert said in text_of(rep.get(f"/claims/{claim.id}")), "the same once it is sent"


def test_with_a_rate_it_may_be_left_empty_and_what_it_comes_to_is_said(app: Flask, visit: Any, cast: Cast) -> None:
    with_rate(app, cast, 1500)
    rep, claim = begin(app, visit, cast)
    assert "You can leave this blank: your board pays £15.00 an hour, whatever you paid" in page_of(rep, claim)
    add(rep, claim, "replacement_care", EMPTY)
    assert [one.cost for one in lines_of(app, claim.id)] == [3000]
    add(rep, claim, "replacement_care", {**EMPTY, "hours": "1", "paid": "50"})
    said = text_of(rep.get(f"/claims/{claim.id}"))
    assert "You paid £50.00. Your board pays 1 hour at £15.00 an hour: £15.00, whatever it cost." in said


def test_the_receipts_that_are_there_are_on_the_page_of_their_expense(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = begin(app, visit, cast)
    add(rep, claim, "taxi", {**DAY, "paid": "9"}, (photo("PNG"), "ride.png"))
    [line] = lines_of(app, claim.id)
    assert "Saved with this expense: Receipt: ride" in text_of(rep.get(f"/claim-lines/{line.id}/change"))
    page = rep.get(f"/claim-lines/{line.id}/change").text
    assert page.index("Saved with this expense:") > page.index('name="paid"'), "beside the box for more of them"
    assert "Add another receipt" in page
    assert "Add another receipt" not in rep.get(f"/claims/{claim.id}/lines/new?category=taxi").text


def test_the_officer_who_writes_it_reads_the_receipts_that_are_there_too(app: Flask, visit: Any, cast: Cast) -> None:
    officer, claim = written(app, visit, cast)
    [line] = lines_of(app, claim.id)
    page = f"/claims-for-reps/lines/{line.id}/change"
    typed = {**TAXI, "once": str(line.id), "receipts": [(io.BytesIO(photo()), "ride.jpg")]}
    assert officer.post(page, typed, content_type="multipart/form-data").status_code == 302
    shown = officer.get(page)
    assert "Saved with this expense: Receipt: ride.jpg" in text_of(shown)
    assert "/receipts/" not in shown.text, "whose it is opens it"


def test_what_is_said_beside_the_amount_goes_by_the_day_that_was_typed(app: Flask, visit: Any, cast: Cast) -> None:
    with_rate(app, cast, 1500)
    with app.app_context(), unit_of_work():
        db.session.query(ExpensePolicy).filter_by(board_id=cast.northfirth.id).update({"from_on": date(2026, 3, 2)})
    rep, claim = begin(app, visit, cast)
    refused = text_of(add(rep, claim, "replacement_care", {**EMPTY, "spent_on": ["1", "3", "2026"]}))
    assert "On this day your board pays no rate for each hour" in refused
    assert "eave this empty" not in refused
    assert "Enter the total you paid" not in refused, "no policy was in force"


def test_a_meal_is_not_priced_by_hours_that_nobody_is_asked_for() -> None:
    assert all("hour" not in str(terms.get("examples")) for terms in default_terms(TODAY).values())
