"""Wherever a limit is part of an amount, whoever reads the amount reads the limit."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from portal.expenses.models import PolicyTerms
from portal.expenses.pricing import Item, Terms, Used, price
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.replacement_care.requests.limits import estimate_words
from tests.cast import Cast
from tests.expenses.claiming import DAY, TAXI, add, begin, press
from tests.expenses.test_helping import written
from tests.visitor import text_of

ON = date(2026, 3, 2)
HOURS = Terms(True, 1800, cap=7200, cap_per="day")
CUT = "5 hours at £18.00 an hour. Paid for up to 4 hours a day (£72.00)"
CUT_ON_PAGE = "The policy covers part of 5 hours at £18.00 an hour, £72.00. Paid for up to 4 hours a day (£72.00)."


def says(app: Flask, board_id: UUID, category: str, **values: Any) -> None:
    """Change what the board's policy says of a kind of expense."""
    with app.app_context(), unit_of_work():
        every = select(PolicyTerms).where(PolicyTerms.board_id == board_id, PolicyTerms.category == category)
        for one in db.session.scalars(every.order_by(PolicyTerms.id)):
            for name, value in values.items():
                setattr(one, name, value)


@pytest.mark.parametrize(
    ("item", "terms", "words"),
    [
        (Item("a", "replacement_care", ON, minutes=300), HOURS, CUT),
        (
            Item("a", "replacement_care", ON, minutes=240),
            HOURS,
            "4 hours at £18.00 an hour. The limit is 4 hours a day (£72.00)",
        ),
        (
            Item("a", "earnings", ON, minutes=120),
            Terms(True, 1700, cap=2000, cap_per="claim"),
            "2 hours at £17.00 an hour. Paid up to £20.00 a claim",
        ),
        (
            Item("a", "bicycle", ON, tenths=600),
            Terms(True, 20, cap=1000),
            "60 miles at 20p a mile. Paid for up to 50 miles each time (£10.00)",
        ),
        (
            Item("a", "car", ON, tenths=600),
            Terms(True, 50, 10_000, 25, cap=1000, cap_per="day"),
            "60 miles at 50p a mile. Paid up to £10.00 a day",
        ),
        (
            Item("a", "subsistence", ON, cost=400),
            Terms(True, cap=1070, cap_per="day"),
            "What it cost. The limit is £10.70 a day",
        ),
        (Item("a", "subsistence", ON, cost=400), Terms(True), "What it cost"),
    ],
)
def test_the_limit_is_part_of_how_an_amount_was_worked_out(item: Item, terms: Terms, words: str) -> None:
    assert price([item], lambda _c, _d: terms, Used())["a"].words == words


def test_what_other_expenses_took_of_a_limit_is_said() -> None:
    used = Used(pence={("replacement_care", "day", "2026-03-02"): 5400})
    priced = price([Item("a", "replacement_care", ON, minutes=120)], lambda _c, _d: HOURS, used)["a"]
    assert priced.covered == 1800
    assert priced.words.endswith("Paid for up to 4 hours a day (£72.00). £54.00 of it went to other expenses")


def test_rep_and_approver_read_the_limit_that_cut_an_amount(app: Flask, visit: Any, cast: Cast) -> None:
    says(app, cast.northfirth.id, "replacement_care", is_covered=True, rate=1800, cap=7200, cap_per="day")
    rep, claim = begin(app, visit, cast)
    form = rep.get(f"/claims/{claim.id}/lines/new?category=replacement_care")
    assert "£18.00 an hour, up to 4 hours a day (£72.00)." in text_of(form)
    add(rep, claim, "replacement_care", {**DAY, "hours": "5", "no_receipt_because": "Lost"})
    page = text_of(rep.get(f"/claims/{claim.id}"))
    assert CUT_ON_PAGE in page
    assert "Not covered: £18.00" in page
    press(rep, claim, "send")
    assert CUT_ON_PAGE in text_of(visit("northfirth.approver").get(f"/claims/{claim.id}/decide"))


def test_an_officer_who_writes_a_claim_reads_the_limit(app: Flask, visit: Any, cast: Cast) -> None:
    says(app, cast.northfirth.id, "taxi", cap=1000, cap_per="day")
    officer, claim = written(app, visit, cast)
    page = text_of(officer.get(f"/claims-for-reps/{claim.id}"))
    assert "The policy covers part of what it cost, £10.00. Paid up to £10.00 a day." in page
    assert "Not covered: £2.50" in page


def test_the_approver_reads_beside_each_line_what_the_policy_says(app: Flask, visit: Any, cast: Cast) -> None:
    says(app, cast.northfirth.id, "taxi", receipt_over=500, examples="When there is no bus")
    says(app, cast.northfirth.id, "phone", is_covered=False)
    rep, claim = begin(app, visit, cast)
    for category in ("taxi", "phone"):
        add(rep, claim, category, {**TAXI, "once": str(uuid4())})
    press(rep, claim, "send")
    page = text_of(visit("northfirth.approver").get(f"/claims/{claim.id}/decide"))
    assert "What it cost. Receipt over £5.00. When there is no bus" in page
    assert "Not covered yet" in page


@pytest.mark.parametrize(
    ("minutes", "cap", "words"),
    [
        (300, 7200, "5 hours at £18.00 an hour. Paid for up to 4 hours each time (£72.00)"),
        (240, 7200, "4 hours at £18.00 an hour. The limit is 4 hours each time (£72.00)"),
        (300, 7000, "5 hours at £18.00 an hour. Paid up to £70.00 each time"),
        (90, None, "1 hour 30 minutes at £18.00 an hour"),
    ],
)
def test_an_estimate_for_care_says_how_it_was_worked_out(minutes: int, cap: int | None, words: str) -> None:
    assert estimate_words(minutes, 1800, cap) == words
