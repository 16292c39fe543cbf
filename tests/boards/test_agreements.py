"""Accounts are shared: changing one takes an administrator of every board where the person has a role."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts.models import Person
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.notifications.mailer import send_next
from portal.notifications.models import Email
from tests.cast import NOW, Cast, anywhere
from tests.visitor import text_of


@pytest.fixture
def with_factors(app: Flask, cast: Cast, rolled_back: Any) -> None:
    with app.app_context(), unit_of_work():
        for name in ("both", "northfirth.clerk", "northfirth.admin"):
            db.session.get_one(Person, cast.person(name)).totp = "SECRET"


def path(cast: Cast, board: str, name: str) -> str:
    return f"/boards/{board}/people/{cast.person(name)}/account"


def person(app: Flask, cast: Cast, name: str) -> Person:
    with app.app_context():
        return db.session.get_one(Person, cast.person(name))


def told(app: Flask, template: str) -> list[Any]:
    with app.app_context():
        return list(db.session.scalars(anywhere(select(Email.person_id).where(Email.template == template))))


def test_on_one_board_its_administrator_is_enough(app: Flask, visit: Any, cast: Cast, with_factors: None) -> None:
    admin = visit("northfirth.admin")
    where = path(cast, "northfirth", "northfirth.clerk")
    assert "Lost phone and codes" in text_of(admin.get(where))
    assert admin.post(where, {"what": "clear-factor"}).status_code == 302
    assert not person(app, cast, "northfirth.clerk").has_factor
    assert told(app, "factor-cleared") == [cast.person("northfirth.clerk")]
    trail = text_of(admin.get("/boards/northfirth/audit"))
    assert "Reset someone’s two-step sign-in: CANARYNORTH Clerk" in trail
    assert "Agreed to change an account: " not in trail


def test_on_two_boards_both_must_agree(app: Flask, visit: Any, cast: Cast, with_factors: None) -> None:
    visit("northfirth.admin").post(path(cast, "northfirth", "both"), {"what": "clear-factor"})
    assert person(app, cast, "both").has_factor
    assert told(app, "agreement-asked") == [cast.southmoor.people["admin"]]
    assert "You agreed Waiting for 1 other board" in text_of(
        visit("northfirth.admin").get(path(cast, "northfirth", "both"))
    )
    visit("northfirth.admin").post(path(cast, "northfirth", "both"), {"what": "clear-factor"})
    assert person(app, cast, "both").has_factor, "agreeing twice for one board is not agreeing for two"
    visit("southmoor.admin").post(path(cast, "southmoor", "both"), {"what": "clear-factor"})
    assert not person(app, cast, "both").has_factor
    assert told(app, "factor-cleared") == [cast.person("both")]
    for board in ("northfirth", "southmoor"):
        trail = text_of(visit(f"{board}.admin").get(f"/boards/{board}/audit"))
        assert re.search(r"Agreed to change an account(?: \(2 times\))?: [^,]+, reset two-step sign-in", trail)


def test_an_agreement_lasts_a_week(app: Flask, visit: Any, cast: Cast, with_factors: None, at: Any) -> None:
    visit("northfirth.admin").post(path(cast, "northfirth", "both"), {"what": "clear-factor"})
    at(NOW + timedelta(days=7, minutes=1))
    visit("southmoor.admin").post(path(cast, "southmoor", "both"), {"what": "clear-factor"})
    assert person(app, cast, "both").has_factor


def test_nobody_agrees_to_a_change_of_their_own_account(app: Flask, visit: Any, cast: Cast, with_factors: None) -> None:
    admin = visit("northfirth.admin")
    where = path(cast, "northfirth", "northfirth.admin")
    assert "Only another administrator can sign you out of this board" in text_of(admin.get(where))
    admin.post(where, {"what": "clear-factor"})
    assert person(app, cast, "northfirth.admin").has_factor


def test_a_national_role_leaves_it_to_the_operator(app: Flask, visit: Any, cast: Cast, with_factors: None) -> None:
    from portal.boards.models import StaffRole

    with app.app_context(), unit_of_work():
        db.session.add(StaffRole(person_id=cast.person("northfirth.clerk"), role="coordinator", from_on=NOW.date()))
    admin = visit("northfirth.admin")
    response = admin.post(path(cast, "northfirth", "northfirth.clerk"), {"what": "clear-factor"}, follow_redirects=True)
    assert "Only the engineer who runs the portal can do this" in text_of(response)
    assert person(app, cast, "northfirth.clerk").has_factor


def test_an_account_is_closed_and_opened_again(app: Flask, visit: Any, cast: Cast) -> None:
    clerk, admin = visit("northfirth.clerk"), visit("northfirth.admin")
    where = path(cast, "northfirth", "northfirth.clerk")
    admin.post(where, {"what": "disable"})
    assert clerk.get("/").text.count("Sign in") > 0
    assert person(app, cast, "northfirth.clerk").disabled_at
    assert "Closed" in text_of(admin.get("/boards/northfirth/people"))
    with app.app_context():
        while send_next():
            pass
        closed = db.session.scalars(anywhere(select(Email.status).where(Email.template == "account-closed"))).all()
    assert closed == ["sent"]
    admin.post(where, {"what": "enable"})
    assert person(app, cast, "northfirth.clerk").disabled_at is None
    assert told(app, "account-opened") == [cast.person("northfirth.clerk")]


def test_what_makes_no_sense_changes_nothing(app: Flask, visit: Any, cast: Cast) -> None:
    admin = visit("northfirth.admin")
    where = path(cast, "northfirth", "northfirth.clerk")
    for what in ("enable", "clear-factor", "erase", ""):
        assert admin.post(where, {"what": what}).status_code == 200
    assert person(app, cast, "northfirth.clerk").disabled_at is None


def test_people_of_another_board_are_out_of_sight(visit: Any, cast: Cast) -> None:
    admin = visit("northfirth.admin")
    assert admin.get(path(cast, "northfirth", "southmoor.clerk")).status_code == 404
    assert admin.get(path(cast, "southmoor", "southmoor.clerk")).status_code == 404
    assert admin.get(path(cast, "northfirth", "nobody")).status_code == 404
