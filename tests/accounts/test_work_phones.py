"""Work phone numbers: staff give their own, administrators one with a role, and they go with role and account."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts.actions import erase
from portal.accounts.models import Person
from portal.audit.models import AuditLine
from portal.boards.contacts.actions import remove_of_former_staff
from portal.boards.models import StaffRole
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from tests.cast import TODAY, Cast, anywhere
from tests.visitor import text_of

PAGE, PEOPLE = "/account/work-phone", "/boards/northfirth/people"
TYPED, SHOWN = "+44 (0)1632 960001", "01632 960 001"
STAFF = ("officer", "clerk", "approver", "admin")


def number_of(app: Flask, email: str) -> str:
    """That of whoever has an address; of several, the one whom the board invited last."""
    with app.app_context():
        found = select(Person.work_phone).where(Person.email == email).order_by(Person.invited_at, Person.id)
        return str(list(db.session.scalars(found))[-1])


def invite(visit: Any, email: str, number: str, role: str = "clerk") -> str:
    form = {"name": "Una New", "email": email, "role": role, "work_phone": number}
    return text_of(visit("northfirth.admin").post(f"{PEOPLE}/new", form, follow_redirects=True))


@pytest.mark.parametrize("role", STAFF)
def test_staff_give_their_own(app: Flask, visit: Any, role: str) -> None:
    someone = visit(f"northfirth.{role}")
    assert "Work phone Not given" in text_of(someone.get("/account"))
    assert someone.post(PAGE, {"work_phone": TYPED}).status_code == 302
    assert f"Work phone {SHOWN}" in text_of(someone.get("/account"))


def test_they_take_it_away(app: Flask, visit: Any) -> None:
    clerk = visit("northfirth.clerk")
    clerk.post(PAGE, {"work_phone": TYPED})
    assert "is removed" in text_of(clerk.post(PAGE, {"work_phone": " "}, follow_redirects=True))
    assert number_of(app, "clerk@northfirth.test") == ""


@pytest.mark.parametrize("role", ["rep", "depute", "mentor"])
def test_nobody_else_is_asked_for_one(visit: Any, role: str) -> None:
    someone = visit(f"northfirth.{role}")
    assert "Work phone" not in text_of(someone.get("/account"))
    assert someone.post(PAGE, {"work_phone": TYPED}).status_code == 403


@pytest.mark.parametrize("typed", ["4521", "ask for Ann", "01632 960 0012345", "<b>01632 960001</b>"])
def test_what_is_no_number_is_refused_and_stays_in_its_box(app: Flask, visit: Any, typed: str) -> None:
    page = visit("northfirth.clerk").post(PAGE, {"work_phone": typed})
    assert "Enter a phone number, like 01632 960 001" in text_of(page)
    assert "There is a problem" in text_of(page)
    assert number_of(app, "clerk@northfirth.test") == ""


def test_what_is_too_long_is_refused(visit: Any) -> None:
    page = visit("northfirth.clerk").post(PAGE, {"work_phone": "0" * 41})
    assert "Work phone must be 40 characters or fewer" in text_of(page)


def test_an_administrator_types_one_with_a_role(app: Flask, visit: Any) -> None:
    invite(visit, "una@new.test", TYPED)
    assert number_of(app, "una@new.test") == SHOWN


def test_an_administrator_can_leave_it_out(app: Flask, visit: Any) -> None:
    assert "is invited as clerk" in invite(visit, "una@new.test", "")
    assert number_of(app, "una@new.test") == ""


def test_a_wrong_number_invites_nobody(visit: Any) -> None:
    assert "Enter a phone number, like 01632 960 001" in invite(visit, "una@new.test", "1")
    assert "una@new.test" not in visit("northfirth.admin").get(PEOPLE).text


def test_a_depute_has_none(visit: Any) -> None:
    assert "Leave the work phone blank. A depute’s number is private" in invite(visit, "una@new.test", TYPED, "depute")


def test_an_administrator_changes_nobodys_own(app: Flask, visit: Any) -> None:
    visit("northfirth.clerk").post(PAGE, {"work_phone": "01632 960 777"})
    said = invite(visit, "clerk@northfirth.test", TYPED, "approver")
    assert "already has a work phone number, so we kept that one" in said
    assert number_of(app, "clerk@northfirth.test") == "01632 960 777"


def test_a_board_learns_nothing_of_a_number_given_elsewhere(app: Flask, visit: Any) -> None:
    visit("southmoor.clerk").post(PAGE, {"work_phone": "01632 960 777"})
    assert "already has" not in invite(visit, "clerk@southmoor.test", TYPED)
    assert "01632 960 777" not in visit("northfirth.admin").get(PEOPLE).text


def accepts(visit: Any, app: Flask, who: str) -> None:
    with app.app_context():
        offer = db.session.scalars(select(Person).where(Person.offered_to_id.is_not(None))).one()
        answer = {"accept": str(offer.id)}
    assert visit(who).post("/account/invitations", answer).status_code == 302


def test_what_a_board_typed_is_theirs_once_they_accept(app: Flask, visit: Any) -> None:
    invite(visit, "clerk@southmoor.test", TYPED)
    accepts(visit, app, "southmoor.clerk")
    assert number_of(app, "clerk@southmoor.test") == SHOWN


def test_whoever_accepts_keeps_their_own(app: Flask, visit: Any) -> None:
    visit("southmoor.clerk").post(PAGE, {"work_phone": "01632 960 777"})
    invite(visit, "clerk@southmoor.test", TYPED)
    accepts(visit, app, "southmoor.clerk")
    assert number_of(app, "clerk@southmoor.test") == "01632 960 777"


def test_an_accepted_offer_keeps_no_number(app: Flask, visit: Any) -> None:
    invite(visit, "clerk@southmoor.test", TYPED)
    accepts(visit, app, "southmoor.clerk")
    with app.app_context():
        offer = db.session.scalars(select(Person).where(Person.offered_to_id.is_not(None))).one()
        assert offer.work_phone == ""


def test_the_trail_says_that_it_changed_and_not_what_it_is(app: Flask, visit: Any) -> None:
    visit("northfirth.clerk").post(PAGE, {"work_phone": TYPED})
    invite(visit, "una@new.test", "01632 960 002")
    with app.app_context():
        changed = select(AuditLine).where(AuditLine.event == "WorkPhoneChanged")
        lines = db.session.scalars(anywhere(changed.order_by(AuditLine.happened_at, AuditLine.id))).all()
        said = " ".join(str(vars(line)) for line in lines)
    assert len(lines) == 2
    assert "960 00" not in said
    assert "163296000" not in said


def test_saving_the_same_number_again_is_no_change(app: Flask, visit: Any) -> None:
    for _ in range(2):
        visit("northfirth.clerk").post(PAGE, {"work_phone": TYPED})
    with app.app_context():
        changed = select(AuditLine).where(AuditLine.event == "WorkPhoneChanged")
        lines = db.session.scalars(anywhere(changed.order_by(AuditLine.happened_at, AuditLine.id))).all()
    assert len(lines) == 1


def test_it_is_in_the_download_of_whose_it_is(visit: Any) -> None:
    visit("northfirth.clerk").post(PAGE, {"work_phone": TYPED})
    assert f'"work_phone": "{SHOWN}"' in visit("northfirth.clerk").get("/account/data.json").text


def test_it_goes_with_the_account(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    visit("northfirth.clerk").post(PAGE, {"work_phone": TYPED})
    with app.app_context(), unit_of_work():
        erase(db.session.get_one(Person, cast.northfirth.people["clerk"]))
    with app.app_context():
        assert db.session.get_one(Person, cast.northfirth.people["clerk"]).work_phone == ""


def after_the_chore(app: Flask, visit: Any, cast: Cast, last_day: Any) -> str:
    """The number of a clerk whose role has a last day, once numbers that nobody may see any more are removed."""
    clerk = cast.northfirth.people["clerk"]
    visit("northfirth.clerk").post(PAGE, {"work_phone": TYPED})
    with app.app_context(), unit_of_work():
        held = select(StaffRole).where(StaffRole.person_id == clerk, StaffRole.role == "clerk")
        db.session.scalars(held).one().until_on = last_day
        db.session.flush()
        remove_of_former_staff()
        db.session.expire_all()
        return db.session.get_one(Person, clerk).work_phone


def test_it_goes_with_the_last_role(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    assert after_the_chore(app, visit, cast, TODAY - timedelta(days=1)) == ""


def test_it_stays_until_the_last_day_is_over(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    assert after_the_chore(app, visit, cast, TODAY) == SHOWN
