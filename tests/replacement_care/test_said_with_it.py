"""Beside a request: that its price is over the limit, what the rep would pay first, and what begins a new one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.notifications.models import Email
from portal.notifications.render import words_of
from portal.replacement_care.models import CarePolicy
from tests.cast import NOW, Cast, anywhere
from tests.replacement_care.asking import ARRANGE, ASK, asked, do, request_of
from tests.visitor import text_of


def limited(app: Flask, cast: Cast, cap: int | None) -> None:
    with app.app_context(), unit_of_work():
        of_board = select(CarePolicy).where(CarePolicy.board_id == cast.northfirth.id).order_by(CarePolicy.id)
        db.session.scalars(of_board).one().cap = cap


@pytest.mark.parametrize(("cap", "cost", "says"), [(12000, "130", True), (12000, "120", False), (None, "130", False)])
def test_a_price_over_the_limit_is_said_and_saved(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any, cap: int | None, cost: str, says: bool
) -> None:
    limited(app, cast, cap)
    one, officer = asked(app, visit, cast), visit("northfirth.officer")
    typed = {**ARRANGE, "cost": cost, "is_paid_by_board": "no", "version": "1"}
    done = text_of(officer.post(f"/care/{one.id}/arrange", typed, follow_redirects=True))
    over = "£10.00 more than the care policy’s limit, £120.00 each time"
    assert request_of(app, cast).cost == int(cost) * 100, "it is no refusal"
    assert (f"It costs {over}." in done) is says
    assert (over in text_of(officer.get(f"/care/{one.id}/arrange"))) is says


def test_what_a_rep_would_pay_first_stands_with_the_facts(app: Flask, visit: Any, cast: Cast) -> None:
    one = asked(app, visit, cast, estimate="45")
    assert "You said you’d pay first, about £45.00" in text_of(visit("northfirth.rep").get(f"/care/{one.id}"))
    assert "£45.00, paid first by the rep" in text_of(visit("northfirth.officer").get(f"/care/{one.id}/arrange"))
    other = asked(app, visit, cast, day=["21", "3", "2026"], title="A stall")
    assert "pay first" not in text_of(visit("northfirth.rep").get(f"/care/{other.id}"))


@pytest.mark.parametrize(
    ("typed", "rest"),
    [
        (
            {"estimate": "45"},
            ", where, what kind of care, who could provide it, what you’d pay first and what you wrote",
        ),
        ({"note": ""}, ", where, what kind of care and who could provide it"),
    ],
)
def test_what_a_new_request_begins_with_is_named(
    app: Flask, visit: Any, cast: Cast, typed: dict[str, str], rest: str
) -> None:
    rep, meeting = visit("northfirth.rep"), cast.northfirth.things["meeting_id"]
    form = rep.get(f"/care/new?meeting={meeting}").text
    found = {name: form.split(f'name="{name}"')[1].split('value="')[1].split('"')[0] for name in ("once",)}
    day = ["13", "3", "2026"]
    sent = rep.post(f"/care/new?meeting={meeting}", {**ASK, "day": day, "travel": "", **found, **typed})
    assert sent.status_code == 302, text_of(sent)
    one = request_of(app, cast)
    says = f"the same day and times{rest}."
    assert f"That form will begin with {says}" in text_of(rep.get(f"/care/{one.id}/cancel"))
    do(rep, one, "cancel", one.version)
    assert f"The form begins with {says}" in text_of(rep.get(f"/care/{one.id}"))
    again = rep.get(f"/care/new?meeting={meeting}")
    assert f"The form below begins with {says}" in text_of(again)
    assert ("NOTEWORDS" in again.text) is ("note" not in typed)
    assert ('value="45.00"' in again.text) is ("estimate" in typed)


def test_no_email_says_when_somebody_is_out_but_for_a_meeting(app: Flask, visit: Any, cast: Cast) -> None:
    one = asked(app, visit, cast)
    do(visit("northfirth.officer"), one, "take", 1)
    do(visit("northfirth.officer"), one, "arrange", 2, **ARRANGE)
    do(visit("northfirth.rep"), one, "cancel", 3)
    with app.app_context():
        statement = select(Email).where(Email.template.like("care-%")).order_by(Email.id)
        written = [(each.template, words_of(each)) for each in db.session.scalars(anywhere(statement)).unique()]
        mine = [(name, words) for name, words in written if one.id.hex[:8] in words.text]
    assert {name for name, _ in mine} == {"care-asked", "care-update", "care-called-off"}
    for name, words in mine:
        assert "20 March" not in words.subject + words.text, name
        if name != "care-asked":
            assert "made on 3 March" in words.subject.replace("Tuesday ", ""), name
            assert "made on Tuesday 3 March" in words.text, name


def test_two_requests_made_on_one_day_are_told_apart_by_their_hour(app: Flask, visit: Any, cast: Cast, at: Any) -> None:
    """Cancelled and asked for again, three emails in a row read as if they were of one request."""
    first = asked(app, visit, cast)
    do(visit("northfirth.rep"), first, "cancel", 1)
    at(NOW + timedelta(minutes=20))
    second = asked(app, visit, cast)
    do(visit("northfirth.officer"), second, "take", 1)
    with app.app_context():
        statement = select(Email).where(Email.template == "care-update").order_by(Email.id)
        said = [words_of(each) for each in db.session.scalars(anywhere(statement)).unique()]
    [taken] = [words.text for words in said if second.id.hex[:8] in words.text]
    assert "made at 10:20am on Tuesday 3 March has been taken on" in taken
