"""A new address counts once it is confirmed, and the old one is told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask

from portal.accounts import actions
from portal.accounts.models import Person
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from tests.accounts.mailed import (
    REP,
    ask_to_change,
    emails,
    send_all,
)
from tests.accounts.test_pages import latest_link, sign_in
from tests.cast import NOW, PASSWORD, Cast
from tests.visitor import text_of


def test_a_second_change_of_address_ends_the_first(app: Flask, visit: Any, cast: Cast, at: Any) -> None:
    rep = visit("northfirth.rep")
    ask_to_change(rep, "mistyped@address.test")
    mistyped = latest_link(app, "confirm-new-email")
    assert visit("").get(mistyped).status_code == 200
    at(NOW + timedelta(minutes=1))
    ask_to_change(rep, "right@address.test")
    right = latest_link(app, "confirm-new-email")
    assert visit("").get(mistyped).status_code == 404
    assert visit("").post(right).status_code == 302
    assert visit("").post(mistyped).status_code == 404
    with app.app_context():
        assert db.session.get_one(Person, cast.northfirth.people["rep"]).email == "right@address.test"


def test_both_addresses_are_told_of_a_change(app: Flask, visit: Any) -> None:
    ask_to_change(visit("northfirth.rep"), "New@Address.test")
    assert not emails(app, "email-changed"), "nothing has changed yet"
    visit("").post(latest_link(app, "confirm-new-email"))
    assert [one.to_address for one in emails(app, "email-changed")] == [REP]
    assert [one.to_address for one in emails(app, "new-email-confirmed")] == ["new@address.test"]


def test_a_change_of_an_address_that_was_itself_just_confirmed_is_told_there_too(
    app: Flask, visit: Any, cast: Cast, at: Any
) -> None:
    """Somebody in haste cannot outrun the warnings: each change tells the address it leaves, whatever came after."""
    for minutes, address in enumerate(("one@address.test", "two@address.test"), 1):
        at(NOW + timedelta(minutes=minutes))
        ask_to_change(visit("northfirth.rep"), address)
        visit("").post(latest_link(app, "confirm-new-email"))
    assert [one.to_address for one in emails(app, "email-changed")] == [REP, "one@address.test"]
    told = [one.to_address for one in emails(app, "new-email-confirmed")]
    assert told == ["one@address.test", "two@address.test"]


def test_an_address_that_somebody_else_took_meanwhile_is_not_taken(app: Flask, visit: Any, cast: Cast) -> None:
    ask_to_change(visit("northfirth.rep"), "wanted@address.test")
    path = latest_link(app, "confirm-new-email")
    with app.app_context(), unit_of_work():
        db.session.get_one(Person, cast.northfirth.people["clerk"]).email = "wanted@address.test"
    answer = visit("").post(path)
    assert answer.status_code == 409
    assert "another account uses this one" in text_of(answer)
    assert not emails(app, "email-changed")
    with app.app_context():
        assert db.session.get_one(Person, cast.northfirth.people["rep"]).email == REP


def test_ones_own_address_is_no_new_one_in_whatever_case_it_is_typed(app: Flask, visit: Any) -> None:
    answer = ask_to_change(visit("northfirth.rep"), REP.upper())
    assert "You already use this address. Enter a different one" in text_of(answer)
    assert not emails(app, "confirm-new-email")


def test_an_email_about_a_second_change_of_address_takes_the_place_of_the_first(app: Flask, visit: Any) -> None:
    rep = visit("northfirth.rep")
    for address in ("mistyped@address.test", "right@address.test"):
        ask_to_change(rep, address)
    send_all(app)
    found = {one.to_address: one.status for one in emails(app, "confirm-new-email")}
    assert found == {"mistyped@address.test": "expired", "right@address.test": "sent"}


def test_the_answer_names_the_address_and_tells_nothing_else(visit: Any) -> None:
    """An address that somebody has is told apart only by whoever can read its mail."""
    rep = visit("northfirth.rep")
    answers = []
    for email in ("free@address.test", "clerk@northfirth.test"):
        page = text_of(ask_to_change(rep, email))
        assert f"We’ve sent a link to {email}." in page
        answers.append(page.replace(email, ""))
    assert answers[0] == answers[1]


def taken_over(app: Flask, visit: Any, address: str = "thief@address.test") -> str:
    """Somebody who knows the password changes the address; what the warning at the old one leads to."""
    ask_to_change(visit("northfirth.rep"), address)
    visit("").post(latest_link(app, "confirm-new-email"))
    return latest_link(app, "email-changed")


def address_of(app: Flask, cast: Cast) -> str:
    with app.app_context():
        return db.session.get_one(Person, cast.northfirth.people["rep"], populate_existing=True).email


def test_the_old_address_says_that_it_was_not_me_and_has_the_account_back(app: Flask, visit: Any, cast: Cast) -> None:
    not_me = taken_over(app, visit)
    thief = visit("northfirth.rep")
    assert "thief@" not in visit("").get(not_me).text, "whoever it was, their address is told to nobody"
    assert address_of(app, cast) == "thief@address.test", "a program that looks at links changes nothing"
    answer = visit("").post(not_me)
    assert answer.headers["Location"] == "/forgotten-password"
    assert address_of(app, cast) == REP
    assert thief.client.get("/account").status_code == 302
    assert sign_in(visit(""), PASSWORD).status_code == 200, "the thief knew this password"
    assert [one.to_address or address_of(app, cast) for one in emails(app, "email-put-back")] == [REP]
    assert [one.to_address for one in emails(app, "email-given-up")] == ["thief@address.test"]
    visit("").post("/forgotten-password", {"email": REP})
    assert visit("").post(latest_link(app, "reset-password"), {"password": "heron ladder quay"}).status_code == 302


def test_the_way_back_works_whatever_was_changed_after(app: Flask, visit: Any, cast: Cast, at: Any) -> None:
    """Somebody in haste who changes password and address again does not outrun it, and has no way back of their own."""
    not_me = taken_over(app, visit)
    with app.app_context(), unit_of_work():
        person = db.session.get_one(Person, cast.northfirth.people["rep"])
        actions.change_password(person, PASSWORD + " new", "")
        actions.change_password(person, PASSWORD, "")
    at(NOW + timedelta(minutes=5))
    theirs = taken_over(app, visit, "second@address.test")
    assert visit("").post(not_me).status_code == 302
    assert address_of(app, cast) == REP
    assert [visit("").get(path).status_code for path in (not_me, theirs)] == [404, 404]


def test_the_way_back_ends_after_a_week_and_when_the_address_is_somebody_elses(
    app: Flask, visit: Any, cast: Cast, at: Any
) -> None:
    not_me = taken_over(app, visit)
    at(NOW + timedelta(days=7, minutes=1))
    assert visit("").get(not_me).status_code == 404
    at(NOW + timedelta(days=6))
    with app.app_context(), unit_of_work():
        db.session.get_one(Person, cast.northfirth.people["clerk"]).email = REP
    assert visit("").post(not_me).status_code == 409
    assert address_of(app, cast) == "thief@address.test"
