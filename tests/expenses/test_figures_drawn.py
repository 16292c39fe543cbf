"""What is withheld of expenses is in no picture: other amounts behind it change nothing on the page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import lxml.html
import pytest
from flask import Flask
from sqlalchemy import update

from portal.expenses.figures import charts
from portal.expenses.figures.queries import Days
from portal.expenses.models import ClaimLine
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from tests.cast import NOW, Cast, anywhere, person
from tests.expenses.test_figures import BOARD, settle

FEW, MANY = 2, 8


@pytest.fixture
def approved(app: Flask, cast: Cast, rolled_back: Any) -> None:
    """Many people claimed for cars and taxis, and so few for parking that it is withheld."""
    with app.app_context(), unit_of_work():
        people = [person(f"drawn{n}@x.test", f"Person {n}").id for n in range(MANY)]
        for category, number in (("car", MANY), ("taxi", MANY), ("bicycle", MANY - 1), ("parking", FEW)):
            for one in people[:number]:
                settle(cast, one, category)


def pictures(visit: Any) -> list[str]:
    page = visit("northfirth.officer").get(BOARD)
    return [lxml.html.tostring(one, encoding="unicode") for one in lxml.html.fromstring(page.text).xpath("//figure")]


def test_an_amount_that_is_withheld_changes_no_picture(app: Flask, visit: Any, at: Any, approved: None) -> None:
    at(NOW + timedelta(days=31))
    before = [one for one in pictures(visit) if "by kind" in one]
    assert [one.count(">withheld<") for one in before] == [2]
    with app.app_context(), unit_of_work():
        db.session.execute(anywhere(update(ClaimLine).where(ClaimLine.category == "parking").values(approved=1)))
    assert [one for one in pictures(visit) if "by kind" in one] == before


def test_each_bar_of_money_has_the_amount_of_its_table(visit: Any, at: Any, approved: None) -> None:
    at(NOW + timedelta(days=31))
    html = lxml.html.fromstring(visit("northfirth.officer").get(BOARD).text)
    [figure] = [one for one in html.xpath("//figure") if "by kind" in one.text_content()]
    drawn = [one.text_content() for one in figure.xpath(".//*[contains(@class, 'portal-chart__figure')]")]
    rows = html.xpath("//table[caption[contains(., 'by kind')]]//td")
    assert drawn == [one.text_content().strip() for one in rows]


def test_a_bar_of_days_says_the_promise_to_a_screen_reader_too() -> None:
    drawn = charts.of_days(Days(4, 9, 5), Days(82, None, 5), 30)
    assert drawn
    assert [row.title for row in drawn.rows] == [
        "Typical: 4 days. Slowest: 9 days.",
        "Typical: 82 days, promised: 30 days.",
    ]
