"""Where somebody is signed in: they see it, end it, and a new second step ends what was begun without it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pyotp
import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts import second_factor
from portal.accounts.models import Person, SignedInSession
from portal.accounts.queries import key_of
from portal.accounts.sessions.rules import UNKNOWN, browser_words
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from tests.cast import NOW, PASSWORD, Cast
from tests.visitor import text_of

PAGE = "/account/sessions"
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/19.0 Mobile/15E148 Safari/604.1"
)
EDGE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 "
    "Safari/537.36 Edg/142.0.0.0"
)


def marks(page: Any) -> list[str]:
    """What stands for each other session on the page."""
    from lxml import html

    found = html.fromstring(page.text).xpath("//*[@name='session']/@value")
    return [one for one in found if one != "others"]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (PHONE, "Safari on iPhone"),
        (EDGE, "Edge on Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
        (
            "Mozilla/5.0 (Linux; Android 15) SamsungBrowser/28.0 Chrome/130.0 Mobile Safari/537.36",
            "Samsung Internet on Android",
        ),
        ("A reader of Windows", "A browser on Windows"),
        ("", UNKNOWN),
        ("curl/8.0", UNKNOWN),
        ("<b>" * 10_000, UNKNOWN),
    ],
)
def test_a_browser_is_called_what_its_owner_knows_it_by(said: str, words: str) -> None:
    assert browser_words(said) == words


def test_the_browser_is_named_from_what_it_says_at_sign_in(app: Flask, visit: Any, cast: Cast) -> None:
    phone = visit("")
    with app.app_context():
        email = db.session.get_one(Person, cast.northfirth.people["rep"]).email
    typed = {"email": email, "password": PASSWORD}
    assert phone.post("/sign-in", typed, headers={"User-Agent": PHONE}).status_code == 302
    page = text_of(visit("northfirth.rep").get(PAGE))
    assert "Safari on iPhone Signed in" in page
    assert f"{UNKNOWN} This browser Signed in" in page
    assert page.count("In use now.") == 1
    assert "Last used around" in page


def test_one_of_them_is_ended_from_another(visit: Any) -> None:
    here, there = visit("northfirth.rep"), visit("northfirth.rep")
    [mark] = marks(here.get(PAGE))
    assert there.get("/").status_code == 200
    done = text_of(here.post(PAGE, {"session": mark}, follow_redirects=True))
    assert "You are signed out there" in done
    assert there.get("/account").status_code == 302
    assert here.get("/account").status_code == 200


def test_all_others_are_ended_at_once_and_this_one_stays(visit: Any) -> None:
    here, one, two = visit("northfirth.rep"), visit("northfirth.rep"), visit("northfirth.rep")
    here.post(PAGE, {"session": "others"})
    assert [who.get("/account").status_code for who in (here, one, two)] == [200, 302, 302]
    assert "Sign out everywhere else" not in text_of(here.get(PAGE))


def test_nobody_ends_the_session_of_somebody_else(visit: Any) -> None:
    other = visit("northfirth.officer")
    rep = visit("northfirth.rep")
    visit("northfirth.rep")
    [of_rep] = marks(rep.get(PAGE))
    assert "signed out there already" in text_of(other.post(PAGE, {"session": of_rep}, follow_redirects=True))
    assert len(marks(rep.get(PAGE))) == 1


def test_sessions_that_are_over_are_not_listed(app: Flask, visit: Any, at: Any) -> None:
    visit("northfirth.rep")
    at(NOW + timedelta(days=8))
    assert marks(visit("northfirth.rep").get(PAGE)) == []


def test_no_page_holds_the_key_of_a_session(app: Flask, visit: Any, cast: Cast) -> None:
    here = visit("northfirth.rep")
    visit("northfirth.rep")
    page = here.get(PAGE).text
    with app.app_context():
        keys = db.session.scalars(select(SignedInSession.key).order_by(SignedInSession.key)).all()
    assert keys
    assert not [key for key in keys if key in page or key[:16] in page]


def test_a_new_second_step_ends_what_was_begun_without_it(app: Flask, visit: Any, cast: Cast) -> None:
    here, stolen = visit("northfirth.rep"), visit("northfirth.rep")
    with here.client.session_transaction() as cookie:
        secret = cookie["_user_id"]
    with app.app_context(), unit_of_work():
        person = db.session.get_one(Person, cast.northfirth.people["rep"])
        live = db.session.get_one(SignedInSession, key_of(secret))
        sealed, readable, _ = second_factor.offer(person)
        code = pyotp.TOTP(readable.replace(" ", "")).at(NOW)
        assert second_factor.set_up(person, live, sealed, code)
    assert here.get("/account").status_code == 200
    assert stolen.get("/account").status_code == 302
    with app.app_context():
        others = select(SignedInSession.ended_at).where(SignedInSession.person_id == person.id)
        ended = db.session.scalars(others.where(SignedInSession.key != live.key).order_by(SignedInSession.key)).all()
    assert ended == [NOW]
