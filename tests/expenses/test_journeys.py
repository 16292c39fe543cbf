"""Journeys: kept as they were typed, one way or there and back."""

from __future__ import annotations

from typing import Any

from flask import Flask
from lxml.html import fromstring

from portal.expenses.claims.drafting import UsualLine, drafted
from portal.expenses.models import ClaimLine
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from tests.cast import Cast
from tests.expenses.claiming import DAY, add, begin, lines_of
from tests.visitor import text_of


def test_miles_there_and_back_are_doubled_once(app: Flask, visit: Any, cast: Cast) -> None:
    """It is shown as it was typed, and saved again as it is shown."""
    rep, claim = begin(app, visit, cast)
    page = add(rep, claim, "car", {**DAY, "miles": "401", "is_return": "y", "note": "home"})
    assert "There and back is 802 miles, and one expense has at most 800" in text_of(page)
    add(rep, claim, "car", {**DAY, "miles": "10.5 miles", "is_return": "y", "note": "home"})
    [line] = lines_of(app, claim.id)
    assert line.tenths == 210
    assert "10.5 miles there and 10.5 miles back: 21 miles in total." in text_of(rep.get(f"/claims/{claim.id}"))
    page = fromstring(rep.get(f"/claim-lines/{line.id}/change").text)
    assert page.xpath("//label[@for='miles']/text()")[0].strip() == "Miles one way"
    assert page.xpath("//input[@name='miles']/@value") == ["10.5"]
    assert page.xpath("//input[@name='is_return']/@checked") == ["checked"]
    rep.post(f"/claim-lines/{line.id}/change", {**DAY, "miles": "10.5", "note": "home", "is_return": "y"})
    assert [one.tenths for one in lines_of(app, claim.id)] == [210]
    page = text_of(rep.get(f"/claims/{claim.id}"))
    assert "miles back: 21 miles in total" not in page, "what did not change is not said again"
    assert "There and back. The policy covers 21 miles at" in page
    rep.post(f"/claim-lines/{line.id}/change", {**DAY, "miles": "10.5", "note": "home"})
    assert [(one.tenths, one.is_return) for one in lines_of(app, claim.id)] == [(105, False)]


def test_a_journey_of_before_is_shown_as_a_whole(app: Flask, visit: Any, cast: Cast) -> None:
    """Nobody was asked then whether it was there and back."""
    rep, claim = begin(app, visit, cast)
    add(rep, claim, "car", {**DAY, "miles": "21", "note": "home"})
    [line] = lines_of(app, claim.id)
    with app.app_context(), unit_of_work():
        db.session.get_one(ClaimLine, line.id).is_return = None
    page = fromstring(rep.get(f"/claim-lines/{line.id}/change").text)
    assert page.xpath("//label[@for='miles']/text()")[0].strip() == "Total miles"
    assert page.xpath("//input[@name='is_return']") == []
    for again in ({}, {"is_return": "y"}):
        rep.post(f"/claim-lines/{line.id}/change", {**DAY, "miles": "21", "note": "home", **again})
        assert [(one.tenths, one.is_return) for one in lines_of(app, claim.id)] == [(210, None)]


def test_a_draft_takes_over_that_a_journey_was_there_and_back() -> None:
    usual = UsualLine("car", 240, is_return=True)
    assert drafted([usual], None) == [usual]
