"""Getting in and out: invitations, passwords, links, sessions, and what strangers learn (nothing)."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import func, select

from portal.accounts import actions, passwords
from portal.accounts.models import MailedLink, Person, SignedInSession
from portal.core import clock
from portal.infra.database import db
from portal.notifications.models import Email
from portal.notifications.render import words_of
from portal.scheduler.run import work_once
from tests.cast import NOW, PASSWORD, Cast, anywhere
from tests.visitor import text_of

EMAIL = "rep@northfirth.test"


def latest_link(app: Flask, template: str) -> str:
    """The path of the link in the newest email of a kind, as its reader gets it."""
    with app.app_context():
        while work_once():
            pass
        statement = anywhere(select(Email).where(Email.template == template).order_by(Email.asked_at.desc(), Email.id))
        email = db.session.scalars(statement.limit(1)).one()
        found = re.search(r"http://localhost(/\S+)", words_of(email).text)
    assert found
    return found[1]


def count(app: Flask, model: Any, *where: Any) -> int:
    with app.app_context():
        return db.session.scalar(anywhere(select(func.count()).select_from(model).where(*where))) or 0


def sign_in(visitor: Any, password: str = PASSWORD, email: str = EMAIL, **options: Any) -> Any:
    return visitor.post(options.pop("path", "/sign-in"), {"email": email, "password": password}, **options)


def test_signing_in_and_out_and_a_copied_cookie_is_dead(visit: Any) -> None:
    visitor = visit("")
    assert sign_in(visitor).headers["Location"] == "/"
    assert "Hello " in visitor.get("/").text
    stolen = visitor.client.get_cookie("session").value
    visitor.token = ""
    assert "You’ve signed out." in text_of(visitor.post("/sign-out", follow_redirects=True))
    thief = visit("")
    thief.client.set_cookie("session", stolen)
    assert thief.client.get("/account").status_code == 302


@pytest.mark.parametrize("target", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_next_leads_only_to_own_paths(visit: Any, target: str) -> None:
    assert sign_in(visit(""), path=f"/sign-in?next={target}").headers["Location"] == "/"


def test_next_brings_people_back(visit: Any, things: dict[str, Any]) -> None:
    path = f"/meetings/{things['meeting_id']}"
    visitor = visit("")
    assert visitor.get(path).headers["Location"] == f"/sign-in?next={path}"
    assert sign_in(visitor, path=f"/sign-in?next={path}").headers["Location"] == path


def test_a_wrong_password_and_an_unknown_address_look_alike(visit: Any) -> None:
    known = text_of(sign_in(visit(""), "wrong"))
    unknown = text_of(sign_in(visit(""), "wrong", "nobody@elsewhere.test"))
    assert known.replace(EMAIL, "") == unknown.replace("nobody@elsewhere.test", "")
    assert "do not match" in known


@pytest.mark.usefixtures("hashed_as_served")
def test_an_unknown_address_costs_the_same_work(app: Flask, work: Any) -> None:
    """Strangers learn nothing from the time it takes: a whole password hash either way."""
    passwords.hash_of_nothing()
    began = time.process_time()
    assert actions.check_password("nobody@elsewhere.test", "wrong", "") is None
    took, began = time.process_time() - began, time.process_time()
    PasswordHasher().hash("x")
    assert took > (time.process_time() - began) * 0.7


def test_ten_guesses_reach_the_password_and_the_eleventh_does_not(visit: Any, at: Any) -> None:
    stranger = visit("")
    for _ in range(10):
        assert sign_in(stranger, "wrong").status_code == 200
    assert sign_in(stranger, PASSWORD).status_code == 429
    at(NOW + timedelta(minutes=5, seconds=1))
    assert sign_in(stranger, PASSWORD).status_code == 302


def test_strangers_cannot_lock_out_a_browser_that_signed_in_before(visit: Any) -> None:
    own = visit("")
    sign_in(own)
    own.post("/sign-out")
    own.token = ""
    stranger = visit("")
    for _ in range(11):
        sign_in(stranger, "wrong")
    assert sign_in(stranger).status_code == 429
    assert sign_in(own).status_code == 302


def test_the_mailed_link_works_when_guesses_are_used_up(app: Flask, visit: Any) -> None:
    stranger = visit("")
    for _ in range(11):
        sign_in(stranger, "wrong")
    stranger.post("/sign-in/by-email", {"email": EMAIL})
    path = latest_link(app, "sign-in-link")
    assert "Select the button" in stranger.get(path).text
    assert stranger.post(path).status_code == 302
    assert "Hello " in stranger.get("/").text


def test_a_mailed_link_works_once_and_a_get_uses_nothing(app: Flask, visit: Any) -> None:
    visit("").post("/sign-in/by-email", {"email": EMAIL})
    path = latest_link(app, "sign-in-link")
    for _ in range(3):
        assert visit("").get(path).status_code == 200
    assert visit("").post(path).status_code == 302
    assert visit("").post(path).status_code == 404


def asked_for(visitor: Any, path: str, email: str) -> Any:
    """The page that whoever asks for a link comes to."""
    answer = visitor.post(path, {"email": email})
    return visitor.get(answer.headers["Location"]) if answer.status_code == 302 else answer


def test_asking_for_a_link_says_the_same_for_known_and_unknown(visit: Any) -> None:
    for path in ("/forgotten-password", "/sign-in/by-email"):
        known = text_of(asked_for(visit(""), path, EMAIL))
        unknown = text_of(asked_for(visit(""), path, "who@elsewhere.test"))
        assert known == unknown
        assert "If there is an account with that address" in known


def test_a_new_password_ends_every_session_and_every_link(app: Flask, visit: Any) -> None:
    elsewhere, stranger = visit("northfirth.rep"), visit("")
    stranger.post("/forgotten-password", {"email": EMAIL})
    first = latest_link(app, "reset-password")
    stranger.post("/sign-in/by-email", {"email": EMAIL})
    other = latest_link(app, "sign-in-link")
    assert "Use at least 12 characters" in text_of(stranger.post(first, {"password": "short"}))
    assert "easy to guess" in text_of(stranger.post(first, {"password": "northfirth carers"}))
    assert stranger.post(first, {"password": "seven heron ladder quay"}).status_code == 302
    assert elsewhere.client.get("/account").status_code == 302
    assert visit("").get(other).status_code == 404
    assert sign_in(visit(""), "seven heron ladder quay").status_code == 302


def test_an_invitation_becomes_an_account(app: Flask, visit: Any) -> None:
    admin = visit("northfirth.admin")
    typed = {"name": "Una New", "email": "Una@New.test", "role": "officer"}
    assert admin.post("/boards/northfirth/people/new", typed).status_code == 302
    path = latest_link(app, "invitation")
    guest = visit("")
    assert "Hello Una." in text_of(guest.get(path))
    assert guest.post(path, {"password": "heron ladder quay seven"}).status_code == 302
    assert guest.client.get("/").location == "/boards/northfirth/desk"
    assert visit("").get(path).status_code == 404


def test_inviting_the_same_person_twice_invites_once(app: Flask, visit: Any) -> None:
    admin = visit("northfirth.admin")
    typed = {"name": "Una New", "email": "una@new.test", "role": "officer"}
    for _ in range(2):
        admin.post("/boards/northfirth/people/new", typed)
    assert count(app, Email, Email.template == "invitation") == 1
    assert count(app, Person, Person.email == "una@new.test") == 1


def test_a_session_ends_when_idle_and_after_its_longest_time(visit: Any, at: Any) -> None:
    visitor = visit("northfirth.rep")
    at(NOW + timedelta(hours=11))
    assert visitor.client.get("/account").status_code == 200
    at(NOW + timedelta(hours=22))
    assert visitor.client.get("/account").status_code == 200
    at(NOW + timedelta(hours=34, minutes=1))
    assert visitor.client.get("/account").status_code == 302


def test_a_session_ends_after_a_week_however_busy(visit: Any, at: Any) -> None:
    visitor = visit("northfirth.rep")
    for hours in range(6, 7 * 24, 6):
        at(NOW + timedelta(hours=hours))
        assert visitor.client.get("/account").status_code == 200
    at(NOW + timedelta(days=7, seconds=1))
    assert visitor.client.get("/account").status_code == 302


def test_a_changed_role_ends_the_session(visit: Any, things: dict[str, Any]) -> None:
    approver = visit("northfirth.approver")
    assert approver.client.get("/").status_code == 200
    visit("northfirth.admin").post(f"/boards/northfirth/roles/{things['role_id']}/end")
    assert approver.client.get("/account").status_code == 302


def test_sign_out_everywhere(app: Flask, visit: Any, cast: Cast) -> None:
    one, other = visit("northfirth.rep"), visit("northfirth.rep")
    one.post("/sign-out-everywhere")
    assert other.client.get("/account").status_code == 302
    alive = (SignedInSession.person_id == cast.northfirth.people["rep"], SignedInSession.ended_at.is_(None))
    assert count(app, SignedInSession, *alive) == 0


NEW = "heron ladder quay seven"


def test_a_new_password_needs_the_present_one_also_right_after_signing_in(visit: Any) -> None:
    visitor = visit("")
    sign_in(visitor, PASSWORD)
    visitor.token = ""
    for typed, said in (
        ({}, "Enter your current password"),
        ({"present_password": ""}, "Enter your current password"),
        ({"present_password": "wrong"}, "That is not your password"),
        ({"present_password": NEW}, "That is not your password"),
    ):
        assert said in text_of(visitor.post("/account/security", {"password": NEW, **typed}))
    assert sign_in(visit(""), NEW).status_code == 200
    assert visitor.post("/account/security", {"password": NEW, "present_password": PASSWORD}).status_code == 302
    assert visitor.get("/account").status_code == 200
    assert sign_in(visit(""), NEW).status_code == 302


def test_a_new_address_needs_the_password_also_right_after_signing_in(app: Flask, visit: Any) -> None:
    visitor = visit("")
    sign_in(visitor, PASSWORD)
    visitor.token = ""
    for typed, said in (({}, "Enter your password"), ({"present_password": "wrong"}, "That is not your password")):
        assert said in text_of(visitor.post("/account/email", {"email": "new@address.test", **typed}))
    assert count(app, MailedLink, MailedLink.purpose == "new-email") == 0


@pytest.mark.parametrize("path", ["/account/security", "/account/email"])
def test_guesses_at_the_present_password_are_counted(visit: Any, path: str) -> None:
    """Somebody at a computer that was left signed in tries no more of them than at the door."""
    visitor = visit("northfirth.rep")
    typed = {"email": "new@address.test", "password": NEW, "present_password": "wrong"}
    assert [visitor.post(path, typed).status_code for _ in range(11)][-2:] == [200, 429]


def test_a_new_email_address_is_confirmed_there_and_told_to_the_old_one(app: Flask, visit: Any, cast: Cast) -> None:
    visitor = visit("northfirth.rep")
    visitor.post("/account/email", {"email": "new@address.test", "present_password": PASSWORD})
    path = latest_link(app, "confirm-new-email")
    with app.app_context():
        sent = db.session.scalars(anywhere(select(Email).where(Email.template == "confirm-new-email"))).one()
        assert sent.to_address == "new@address.test"
    visit("").post(path)
    with app.app_context():
        told = db.session.scalars(anywhere(select(Email).where(Email.template == "email-changed"))).one()
        assert told.to_address == EMAIL
        assert db.session.get_one(Person, cast.northfirth.people["rep"]).email == "new@address.test"
    assert visitor.client.get("/account").status_code == 302


def test_a_disabled_person_cannot_sign_in(visit: Any) -> None:
    assert sign_in(visit(""), PASSWORD, "disabled@northfirth.test").status_code == 200


@pytest.mark.parametrize("path", ["/sign-in", "/forgotten-password", "/sign-in/by-email"])
@pytest.mark.parametrize(
    "email",
    ["", "not an address", "a@b", "x" * 5000 + "@y.test", "ä@ö.test", "a@b.test\r\nBcc: c@d.test"],
)
def test_a_broken_address_is_said_plainly(visit: Any, path: str, email: str) -> None:
    page = visit("").post(path, {"email": email, "password": "x"})
    assert page.status_code == 200
    assert "Error: " in page.text


def test_unsafe_posts_without_a_token_change_nothing(app: Flask, visit: Any) -> None:
    before = count(app, SignedInSession)
    response = visit("").client.post("/sign-in", data={"email": EMAIL, "password": PASSWORD})
    assert response.status_code == 400
    assert count(app, SignedInSession) == before


def test_preferences_are_kept(app: Flask, visit: Any, cast: Cast) -> None:
    rep = visit("northfirth.rep")
    assert "whole number from 1 to 20" in text_of(
        rep.post("/account/notifications", {"emails_wanted": "daily", "minutes_per_page": "many"})
    )
    rep.post("/account/notifications", {"emails_wanted": "daily", "minutes_per_page": "4"})
    with app.app_context():
        person = db.session.get_one(Person, cast.northfirth.people["rep"])
        assert (person.emails_wanted, person.minutes_per_page) == ("daily", 4)
    assert clock.now() == NOW
