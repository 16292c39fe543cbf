"""Wrong codes of the second factor: on record, told at the fifth, slower and slower; and never for the owner."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts import rules
from portal.accounts.models import FactorPause, KnownBrowser, Person
from portal.audit.models import AuditLine
from portal.infra.database import db
from portal.notifications.models import Email
from portal.notifications.render import words_of
from portal.scheduler.run import do_chores
from tests.accounts.test_pages import count, latest_link
from tests.accounts.test_second_factor import CLERK, code_at, set_up, type_password
from tests.cast import NOW, Cast, anywhere
from tests.visitor import Visitor, text_of

pytestmark = pytest.mark.usefixtures("required_of_staff")
CODE = "/sign-in/code"


@pytest.fixture
def secret(visit: Any, required_of_staff: None) -> str:
    """What the clerk's authenticator holds. No browser of theirs but that in which they set it up has passed it."""
    first = visit("")
    type_password(first)
    return set_up(first)[0]


@pytest.fixture
def thief(visit: Any) -> Callable[[], Visitor]:
    """thief() is a new browser of somebody who knows the clerk's password."""

    def come() -> Visitor:
        visitor: Visitor = visit("")
        type_password(visitor)
        return visitor

    return come


def try_wrong(visitor: Visitor, times: int = 1) -> list[Any]:
    return [visitor.post(CODE, {"code": f"{n:06}"}) for n in range(times)]


def wear_out(thief: Callable[[], Visitor], times: int = 6) -> None:
    for _ in range(times):
        try_wrong(thief())


def enter(visitor: Visitor, secret: str, moment: datetime) -> int:
    return visitor.post(CODE, {"code": code_at(secret, moment)}).status_code


def own_browser(visit: Any, at: Any, secret: str, moment: datetime) -> Visitor:
    """A browser in which the owner has signed in with a code, and signed out."""
    visitor: Visitor = visit("")
    at(moment)
    type_password(visitor)
    assert enter(visitor, secret, moment) == 302
    visitor.token = ""
    visitor.post("/sign-out")
    visitor.token = ""
    return visitor


def test_each_wrong_code_is_on_record_and_the_owner_hears_of_the_fifth(
    app: Flask, cast: Cast, secret: str, thief: Any
) -> None:
    for told in (0, 0, 0, 0, 1, 1):
        answer = try_wrong(thief())[0]
        assert count(app, Email, Email.template == "wrong-codes") == told
    assert answer.status_code == 429
    whose = AuditLine.facts["person_id"].as_string() == str(cast.northfirth.people["clerk"])
    assert count(app, AuditLine, AuditLine.event == "CodeFailed", whose) == 5
    assert count(app, AuditLine, AuditLine.event == "CodesFailed", whose) == 1
    with app.app_context():
        email = db.session.scalars(anywhere(select(Email).where(Email.template == "wrong-codes"))).one()
        assert email.person_id == cast.northfirth.people["clerk"]
        assert "Choose a new one now" in words_of(email).text


def test_pauses_grow_and_the_answer_says_how_long(secret: str, thief: Any, at: Any) -> None:
    try_wrong(thief(), 5)
    moment, waited = NOW, []
    for _ in range(6):
        refused = try_wrong(thief())[0]
        seconds = int(refused.headers["Retry-After"])
        waited.append(seconds // 60)
        assert refused.status_code == 429
        at(moment + timedelta(seconds=seconds - 1))
        assert try_wrong(thief())[0].status_code == 429
        moment += timedelta(seconds=seconds)
        at(moment)
        assert try_wrong(thief())[0].status_code == 200
    assert waited == [1, 2, 5, 15, 60, 60]
    assert "Try again in 1 hour." in text_of(try_wrong(thief())[0])


def test_a_new_browser_for_each_guess_gets_no_more_of_them(secret: str, thief: Any) -> None:
    """Whoever knows the password can have any number of browsers that have typed it."""
    answers = [try_wrong(thief())[0].status_code for _ in range(8)]
    assert answers == [200] * 5 + [429] * 3


def test_strangers_do_not_keep_the_owner_waiting_in_a_browser_that_is_known(
    visit: Any, at: Any, secret: str, thief: Any
) -> None:
    moment = NOW + timedelta(minutes=2)
    own = own_browser(visit, at, secret, moment)
    wear_out(thief)
    later = moment + timedelta(seconds=30)
    at(later)
    assert try_wrong(thief())[0].status_code == 429
    type_password(own)
    assert enter(own, secret, later) == 302


def test_nor_in_the_browser_in_which_they_set_it_up(visit: Any, at: Any, required_of_staff: None, thief: Any) -> None:
    """Nothing but setting it up was ever done there, and it is their own all the same."""
    own = visit("")
    type_password(own)
    secret, _ = set_up(own)
    own.token = ""
    own.post("/sign-out")
    own.token = ""
    wear_out(thief)
    later = NOW + timedelta(seconds=30)
    at(later)
    assert try_wrong(thief())[0].status_code == 429
    type_password(own)
    assert enter(own, secret, later) == 302


def test_strangers_do_not_keep_the_owner_waiting_who_uses_a_mailed_link(
    app: Flask, visit: Any, at: Any, secret: str, thief: Any
) -> None:
    wear_out(thief)
    at(NOW + timedelta(seconds=50))
    new = visit("")
    new.post("/sign-in/by-email", {"email": CLERK})
    assert new.post(latest_link(app, "sign-in-link")).status_code == 302
    new.token = ""
    assert try_wrong(thief())[0].status_code == 429
    assert enter(new, secret, NOW + timedelta(seconds=50)) == 302


def test_a_browser_that_only_typed_the_password_is_not_known_for_codes(app: Flask, secret: str, thief: Any) -> None:
    before = count(app, KnownBrowser, KnownBrowser.factor_at.is_not(None))
    thief()
    assert count(app, KnownBrowser, KnownBrowser.factor_at.is_not(None)) == before


def test_the_right_code_ends_the_row_of_wrong_ones_on_its_way_alone(
    app: Flask, visit: Any, at: Any, secret: str, thief: Any
) -> None:
    moment = NOW + timedelta(minutes=2)
    own = own_browser(visit, at, secret, moment)
    try_wrong(thief(), 4)
    type_password(own)
    try_wrong(own, 4)
    later = moment + timedelta(minutes=1)
    at(later)
    assert enter(own, secret, later) == 302
    with app.app_context():
        rows = db.session.scalars(select(FactorPause).order_by(FactorPause.way)).all()
    assert [(one.way, one.wrong) for one in rows] == [("strangers", 4)]


def test_a_client_that_tries_codes_of_many_has_to_wait(
    app: Flask, visit: Any, secret: str, thief: Any, monkeypatch: pytest.MonkeyPatch, at: Any
) -> None:
    monkeypatch.setitem(app.config, "PORTAL", dataclasses.replace(app.config["PORTAL"], proxies=1))
    monkeypatch.setattr(rules, "CODES_OF_CLIENT", dataclasses.replace(rules.CODES_OF_CLIENT, most=3))
    one, other = thief(), thief()
    one.client.environ_base["HTTP_X_FORWARDED_FOR"] = "81.2.69.142"
    other.client.environ_base["HTTP_X_FORWARDED_FOR"] = "81.2.69.143"
    assert [answer.status_code for answer in try_wrong(one, 4)] == [200, 200, 200, 429]
    assert try_wrong(other)[0].status_code == 200
    at(NOW + timedelta(minutes=1))
    assert enter(other, secret, NOW + timedelta(minutes=1)) == 302


def test_rows_of_wrong_codes_are_forgotten_after_a_day(app: Flask, secret: str, thief: Any, at: Any) -> None:
    wear_out(thief)
    at(NOW + timedelta(days=1))
    do_chores_in(app)
    assert count(app, FactorPause) == 0
    assert [one.status_code for one in try_wrong(thief(), 2)] == [200, 200]


def do_chores_in(app: Flask) -> None:
    with app.app_context():
        do_chores()


def test_a_clock_that_was_ahead_locks_nobody_out(app: Flask, secret: str, thief: Any, at: Any) -> None:
    at(NOW + timedelta(days=300))
    wear_out(thief)
    at(NOW + timedelta(minutes=1))
    assert enter(thief(), secret, NOW + timedelta(minutes=1)) == 302


def test_an_account_that_ends_takes_its_row_with_it(app: Flask, cast: Cast, secret: str, thief: Any) -> None:
    from portal.accounts.actions import erase
    from portal.infra.unit_of_work import unit_of_work

    try_wrong(thief())
    with app.app_context(), unit_of_work():
        erase(db.session.get_one(Person, cast.northfirth.people["clerk"]))
    assert count(app, FactorPause) == 0
