"""What the owner of an account is told: why they have to sign in again, and of many wrong passwords in a row."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portal.access.roles import APPROVER, CLERK, OFFICER
from portal.accounts import actions
from portal.accounts.models import Person
from portal.boards.models import StaffRole
from portal.boards.people.actions import end_role, give_role, let_begin
from portal.boards.queries import board_by_key
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.notifications.models import Email
from portal.notifications.render import words_of
from portal.scheduler.run import do_what_is_due
from tests.accounts.test_pages import EMAIL, sign_in
from tests.cast import NOW, Cast, anywhere
from tests.visitor import text_of

CHANGED, OUT = "Your roles changed. Sign in again.", "You have been signed out. Sign in again."


def rep(cast: Cast) -> Person:
    return db.session.get_one(Person, cast.northfirth.people["rep"])


def test_whose_roles_changed_reads_so_where_they_sign_in_again(app: Flask, visit: Any, cast: Cast, at: Any) -> None:
    own, other = visit("northfirth.rep"), visit("northfirth.officer")
    at(NOW + timedelta(hours=1))
    with app.app_context(), unit_of_work():
        give_role(board_by_key("northfirth"), rep(cast), CLERK)
    page = text_of(own.get("/account", follow_redirects=True))
    assert CHANGED in page
    assert OUT not in page
    assert CHANGED not in text_of(visit("").get("/sign-in"))
    assert other.get("/account").status_code == 200
    sign_in(own)
    with app.app_context(), unit_of_work():
        held = select(StaffRole).where(StaffRole.person_id == rep(cast).id, StaffRole.role == CLERK)
        end_role(db.session.scalars(held).one())
    assert CHANGED in text_of(own.get("/sign-in"))


def test_of_another_reason_no_role_is_said_to_have_changed(app: Flask, visit: Any, cast: Cast, at: Any) -> None:
    own = visit("northfirth.rep")
    at(NOW + timedelta(hours=1))  # their own roles were given before
    with app.app_context(), unit_of_work():
        give_role(board_by_key("northfirth"), db.session.get_one(Person, cast.northfirth.people["clerk"]), OFFICER)
        actions.change_password(rep(cast), "heron ladder quay", "")
    page = text_of(own.get("/account", follow_redirects=True))
    assert OUT in page
    assert CHANGED not in page
    at(NOW + timedelta(hours=4))
    assert OUT not in text_of(own.get("/sign-in")), "it is no news any more"


def test_whoever_signs_out_themselves_is_told_nothing(visit: Any) -> None:
    own = visit("northfirth.rep")
    own.post("/sign-out")
    assert OUT not in text_of(own.get("/sign-in"))


def told(app: Flask) -> list[Email]:
    with app.app_context():
        do_what_is_due()
        found = anywhere(select(Email).where(Email.template == "wrong-passwords").order_by(Email.asked_at))
        return list(db.session.scalars(found))


def wrong(visit: Any, at: Any, start: int, times: int, email: str = EMAIL) -> None:
    """So many wrong passwords, a minute after the other."""
    for number in range(start, start + times):
        at(NOW + timedelta(minutes=number))
        assert sign_in(visit(""), f"wrong {number}", email).status_code == 200


def test_the_owner_hears_once_of_ten_wrong_passwords_in_a_row(app: Flask, visit: Any, cast: Cast, at: Any) -> None:
    wrong(visit, at, 0, 9)
    assert told(app) == []
    wrong(visit, at, 9, 1)
    [email] = told(app)
    assert email.person_id == cast.northfirth.people["rep"]
    with app.app_context():
        said = words_of(email)
    assert "Ten wrong passwords were entered for your account" in said.subject
    assert "/forgotten-password" in said.text
    assert "/sign-in/by-email" in said.text
    wrong(visit, at, 10, 12)
    assert len(told(app)) == 1, "no more than one a day"
    at(NOW + timedelta(days=1, minutes=8))
    assert len(told(app)) == 1
    wrong(visit, at, 24 * 60 + 30, 10)
    assert len(told(app)) == 2


def test_whoever_got_in_between_has_no_ten_in_a_row(app: Flask, visit: Any, at: Any) -> None:
    wrong(visit, at, 0, 9)
    assert sign_in(visit("")).status_code == 302
    wrong(visit, at, 10, 9)
    assert told(app) == []


@pytest.mark.parametrize("email", ["who@else.test", "disabled@northfirth.test"])
def test_nobody_hears_of_an_address_that_is_no_account(app: Flask, visit: Any, at: Any, email: str) -> None:
    wrong(visit, at, 0, 11, email)
    assert told(app) == []


def test_who_is_signed_out_as_a_role_was_agreed_to_reads_why(app: Flask, visit: Any, cast: Cast, at: Any) -> None:
    own, person_id = visit("northfirth.admin"), cast.northfirth.people["admin"]
    at(NOW + timedelta(hours=1))
    typed = {"name": "CANARYNORTH Admin", "email": "admin@northfirth.test", "role": APPROVER}
    own.post("/boards/northfirth/people/new", typed)
    with app.app_context(), unit_of_work():
        waits = select(StaffRole).where(StaffRole.person_id == person_id, StaffRole.role == APPROVER)
        let_begin(db.session.scalars(anywhere(waits)).one(), None)
    assert CHANGED in text_of(own.get("/account", follow_redirects=True))
    with app.app_context():
        found = select(Email).where(Email.template == "role-given-or-ended", Email.person_id == person_id)
        email = db.session.scalars(anywhere(found.order_by(Email.asked_at.desc()))).first()
        assert email
        assert "If you were signed in, you may have to sign in again." in words_of(email).text
