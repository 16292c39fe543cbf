"""An expense added by its receipt, on the page of an empty claim."""

from __future__ import annotations

import io
from typing import Any
from uuid import uuid4

from flask import Flask

from portal.expenses.claims import queries as claims_queries
from portal.expenses.models import Claim
from tests.cast import Cast
from tests.expenses.claiming import begin, lines_of, press
from tests.role_profiles.test_pages import photo
from tests.visitor import text_of


def add_receipt(visitor: Any, claim: Claim, *names: str, width: int = 300, **typed: str) -> Any:
    form: dict[str, Any] = {"once": str(uuid4()), "paid": "4.50", "category": "parking", **typed}
    if names:
        form["receipts"] = [(io.BytesIO(photo(size=(width, 200))), name) for name in names]
    return visitor.post(f"/claims/{claim.id}/receipts/new", form, content_type="multipart/form-data")


def test_a_photo_a_sum_and_what_for_are_enough(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = begin(app, visit, cast)
    assert add_receipt(rep, claim, "ticket.jpg").status_code == 302
    [line] = lines_of(app, claim.id)
    assert (line.category, line.paid, line.spent_on) == ("parking", 450, claim.happened_on)


def test_its_receipt_is_with_the_expense(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = begin(app, visit, cast)
    add_receipt(rep, claim, "ticket.jpg")
    [line] = lines_of(app, claim.id)
    with app.app_context():
        assert [one.file_name for one in claims_queries.receipts(claim.id)[line.id]] == ["ticket.jpg"]


def test_an_empty_claim_asks_for_it_at_once(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = begin(app, visit, cast)
    page = rep.get(f"/claims/{claim.id}")
    assert text_of(page).index("Photo of your receipt") < text_of(page).index("What did you pay?")


def test_the_page_says_which_day_it_will_be(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = begin(app, visit, cast)
    assert "the day of this claim, Monday 2 March 2026" in text_of(rep.get(f"/claims/{claim.id}"))


def test_a_filled_claim_shows_what_it_has_and_leads_there(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = begin(app, visit, cast)
    add_receipt(rep, claim, "ticket.jpg")
    page = rep.get(f"/claims/{claim.id}")
    assert "What did you pay?" not in text_of(page)
    assert f'href="/claims/{claim.id}/receipts/new"' in page.text


def test_a_photo_survives_a_missing_sum(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = begin(app, visit, cast)
    page = add_receipt(rep, claim, "ticket.jpg", paid="")
    assert "Enter what you paid, like 4.50" in text_of(page)
    assert "We still have this file. Leave it ticked to use it" in text_of(page)


def test_what_is_no_receipt_is_refused_and_the_rest_stays(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = begin(app, visit, cast)
    form = {"once": str(uuid4()), "paid": "4.50", "category": "taxi", "receipts": [(io.BytesIO(b"words"), "a.txt")]}
    page = rep.post(f"/claims/{claim.id}/receipts/new", form, content_type="multipart/form-data")
    assert page.status_code == 200
    assert 'value="4.50"' in page.text
    assert lines_of(app, claim.id) == []


def test_sent_twice_it_is_one_expense(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = begin(app, visit, cast)
    once = str(uuid4())
    for _ in range(2):
        add_receipt(rep, claim, once=once)
    assert len(lines_of(app, claim.id)) == 1


def test_miles_and_hours_are_not_asked_for_here(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = begin(app, visit, cast)
    assert "Choose what it was for" in text_of(add_receipt(rep, claim, category="car"))
    assert "Add miles, hours or an expense without a receipt" in text_of(rep.get(f"/claims/{claim.id}"))


def test_a_claim_that_was_sent_takes_no_more(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = begin(app, visit, cast)
    add_receipt(rep, claim, "ticket.jpg")
    press(rep, claim, "send")
    page = add_receipt(rep, claim, paid="9.75")
    assert "was not saved" in text_of(page)
    assert "9.75" in page.text
    assert len(lines_of(app, claim.id)) == 1
