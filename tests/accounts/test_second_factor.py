"""The second factor: required of staff, each code once, nothing skips it, and losing it is survivable."""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta
from typing import Any

import pyotp
import pytest
from flask import Flask
from sqlalchemy import select, text

from portal.accounts.models import Person, RecoveryCode
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.notifications.models import Email
from tests.accounts.test_pages import latest_link
from tests.cast import NOW, PASSWORD, Cast, anywhere
from tests.visitor import text_of

pytestmark = pytest.mark.usefixtures("required_of_staff")
CLERK, REP = "clerk@northfirth.test", "rep@northfirth.test"


def type_password(visitor: Any, email: str = CLERK, password: str = PASSWORD) -> None:
    assert visitor.post("/sign-in", {"email": email, "password": password}).status_code == 302
    visitor.token = ""


def code_at(secret: str, moment: Any) -> str:
    return pyotp.TOTP(secret).at(moment)


def set_up(visitor: Any, path: str = "/sign-in/set-up-code") -> tuple[str, list[str]]:
    """Scan the picture, enter the code; the secret and the recovery codes."""
    page = visitor.get(path)
    secret = re.search(r"<strong>([A-Z2-7 ]+)</strong>", page.text)
    offered = re.search(r'name="offered"[^>]*value="([^"]+)"', page.text)
    assert secret
    assert offered
    plain = secret[1].replace(" ", "")
    done = visitor.post(path, {"offered": offered[1], "code": code_at(plain, NOW)})
    return plain, re.findall(r"<code>([0-9a-f-]+)</code>", done.text)


def test_staff_set_it_up_at_first_sign_in_and_nothing_opens_before(visit: Any, things: dict[str, Any]) -> None:
    clerk = visit("")
    type_password(clerk)
    for path in ("/account", f"/meetings/{things['meeting_id']}", "/boards/northfirth/people"):
        assert clerk.get(path).headers["Location"].startswith("/sign-in?next=")
    assert clerk.get("/").headers["Location"] == "/sign-in/code", "not the page of strangers, as after a wrong password"
    assert clerk.get("/sign-in").headers["Location"].startswith("/sign-in/code")
    assert clerk.get("/sign-in/code").headers["Location"].startswith("/sign-in/set-up-code")
    _, codes = set_up(clerk)
    assert len(codes) == 10
    assert "Hello " in clerk.get("/").text


def test_a_wrong_code_sets_up_nothing_and_keeps_the_picture(app: Flask, visit: Any, cast: Cast) -> None:
    clerk = visit("")
    type_password(clerk)
    page = clerk.get("/sign-in/set-up-code").text
    secret = re.search(r"<strong>([A-Z2-7 ]+)</strong>", page)
    offered = re.search(r'name="offered"[^>]*value="([^"]+)"', page)
    assert secret
    assert offered
    again = clerk.post("/sign-in/set-up-code", {"offered": offered[1], "code": "000000"})
    assert "That code is not right" in text_of(again)
    assert secret[1] in again.text
    spoilt = clerk.post("/sign-in/set-up-code", {"offered": "none:AAAA", "code": "000000"})
    assert spoilt.status_code == 200
    with app.app_context():
        assert not db.session.get_one(Person, cast.northfirth.people["clerk"]).has_factor


def test_a_code_works_once_and_the_next_one_lets_in(visit: Any, at: Any) -> None:
    first = visit("")
    type_password(first)
    secret, _ = set_up(first)
    second = visit("")
    type_password(second)
    replayed = second.post("/sign-in/code", {"code": code_at(secret, NOW)})
    assert "was used before" in text_of(replayed)
    later = NOW + timedelta(seconds=60)
    at(later)
    assert second.post("/sign-in/code", {"code": code_at(secret, later)}).status_code == 302
    assert "Hello " in second.get("/").text


def test_a_recovery_code_works_once_and_the_person_is_told(app: Flask, visit: Any) -> None:
    first = visit("")
    type_password(first)
    _, codes = set_up(first)
    for expected in (302, 200):
        visitor = visit("")
        type_password(visitor)
        assert visitor.post("/sign-in/code", {"code": codes[0].upper()}).status_code == expected
    with app.app_context():
        assert db.session.scalars(anywhere(select(Email).where(Email.template == "recovery-code-used"))).one()


def test_a_new_password_and_a_mailed_link_do_not_skip_it(app: Flask, visit: Any) -> None:
    first = visit("")
    type_password(first)
    set_up(first)
    for path, template, form in (
        ("/sign-in/by-email", "sign-in-link", {}),
        ("/forgotten-password", "reset-password", {"password": "heron ladder quay seven"}),
    ):
        stranger = visit("")
        stranger.post(path, {"email": CLERK})
        assert stranger.post(latest_link(app, template), form).status_code == 302
        assert stranger.get("/account").headers["Location"].startswith("/sign-in")


def test_reps_are_not_asked_but_may_add_it(visit: Any, at: Any) -> None:
    rep = visit("")
    type_password(rep, REP)
    assert "Hello " in rep.get("/").text
    secret, codes = set_up(rep, "/account/second-factor")
    assert codes
    again = visit("")
    type_password(again, REP)
    assert again.get("/account").status_code == 302
    later = NOW + timedelta(seconds=90)
    at(later)
    again.post("/sign-in/code", {"code": code_at(secret, later)})
    assert again.get("/account").status_code == 200


def test_changing_it_needs_a_fresh_password(visit: Any, at: Any) -> None:
    rep = visit("")
    type_password(rep, REP)
    at(NOW + timedelta(minutes=16))
    assert rep.get("/account/second-factor").headers["Location"].startswith("/account/prove")


def test_codes_cannot_be_guessed(visit: Any) -> None:
    clerk = visit("")
    type_password(clerk)
    set_up(clerk)
    guesser = visit("")
    type_password(guesser)
    answers = [guesser.post("/sign-in/code", {"code": f"{n:06}"}).status_code for n in range(12)]
    assert answers[-1] == 429
    assert answers.count(200) <= 10


def test_the_operator_takes_it_away_and_the_person_is_told(app: Flask, visit: Any) -> None:
    clerk = visit("")
    type_password(clerk)
    set_up(clerk)
    done = app.test_cli_runner().invoke(args=["portal", "clear-second-factor", CLERK])
    assert "Cleared" in done.output
    assert clerk.get("/account").status_code == 302
    with app.app_context():
        assert db.session.scalars(anywhere(select(Email).where(Email.template == "factor-cleared"))).one()
    again = visit("")
    type_password(again)
    assert again.get("/sign-in/code").headers["Location"].startswith("/sign-in/set-up-code")


def test_whoever_is_awaiting_second_factor_can_stop(visit: Any) -> None:
    clerk = visit("")
    type_password(clerk)
    assert clerk.post("/sign-out").status_code == 302
    assert clerk.get("/sign-in").status_code == 200


def test_strangers_and_people_signed_in_have_no_business_there(visit: Any) -> None:
    for path in ("/sign-in/code", "/sign-in/set-up-code"):
        assert visit("").get(path).headers["Location"].startswith("/sign-in?next=")
        assert visit("northfirth.rep").get(path).headers["Location"] == "/"


def test_the_secret_is_sealed(app: Flask, visit: Any) -> None:
    clerk = visit("")
    type_password(clerk)
    secret, codes = set_up(clerk)
    with app.app_context():
        kept = str(db.session.execute(text("SELECT * FROM people ORDER BY id")).all())
        kept += str(db.session.execute(text("SELECT * FROM recovery_codes ORDER BY id")).all())
    assert secret not in kept
    assert codes[0] not in kept


def test_recovery_codes_are_kept_as_passwords_are(app: Flask, visit: Any) -> None:
    """Each under a salt of its own: whoever has the table cannot try all that there could be."""
    clerk = visit("")
    type_password(clerk)
    set_up(clerk)
    with app.app_context():
        kept = db.session.scalars(anywhere(select(RecoveryCode.key).order_by(RecoveryCode.id))).all()
    assert len(kept) == 10
    assert len({one.rsplit("$", 2)[1] for one in kept if one.startswith("$argon2id$")}) == 10


def test_recovery_codes_on_paper_from_before_still_work(app: Flask, visit: Any, cast: Cast) -> None:
    first = visit("")
    type_password(first)
    set_up(first)
    with app.app_context(), unit_of_work():
        key = hashlib.sha256(b"0123456789ab").hexdigest()
        db.session.add(RecoveryCode(person_id=cast.northfirth.people["clerk"], key=key))
    for expected in (302, 200):
        visitor = visit("")
        type_password(visitor)
        assert visitor.post("/sign-in/code", {"code": "012345-6789ab"}).status_code == expected
