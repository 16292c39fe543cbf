"""Passkeys: both steps of signing in at once, for whoever keeps the key, at this portal and nowhere else."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import lxml.html
import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.accounts import second_factor
from portal.accounts.models import Passkey, Person
from portal.accounts.passkeys import asking, rules
from portal.accounts.passkeys.rules import site_at
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.notifications.models import Email
from tests.accounts.authenticator import PRESENT, Authenticator
from tests.accounts.test_pages import EMAIL, latest_link
from tests.accounts.test_second_factor import CLERK, set_up
from tests.cast import NOW, PASSWORD, Cast, anywhere
from tests.visitor import Visitor, text_of

MINE = "/account/passkeys"
BAD = "We could not sign you in with that passkey"


def options_of(visitor: Visitor, path: str) -> dict[str, Any]:
    """What the page asks the browser for."""
    [found] = lxml.html.fromstring(visitor.get(path).text).xpath("//form/@data-options")
    asked: dict[str, Any] = json.loads(found)
    return asked


def sign_in(visitor: Visitor, email: str = EMAIL) -> Visitor:
    assert visitor.post("/sign-in", {"email": email, "password": PASSWORD}).status_code == 302
    visitor.token = ""
    return visitor


def added(visitor: Visitor, key: Authenticator | None = None) -> Authenticator:
    key = key or Authenticator()
    done = visitor.post(MINE, {"credential": key.make(options_of(visitor, MINE))})
    assert "Passkey added" in text_of(visitor.get(done.headers["Location"]))
    return key


def use(visitor: Visitor, key: Authenticator, options: dict[str, Any] | None = None) -> Any:
    return visitor.post("/sign-in/passkey", {"credential": key.sign(options or options_of(visitor, "/sign-in"))})


def is_refused(visitor: Visitor, answer: Any) -> bool:
    return answer.headers["Location"].startswith("/sign-in") and BAD in text_of(visitor.get("/sign-in"))


def is_in(visitor: Visitor) -> bool:
    visitor.token = ""
    return visitor.get("/account").status_code == 200


def how_many(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(anywhere(select(func.count(Passkey.id)))) or 0


@pytest.fixture
def key(visit: Any) -> Authenticator:
    """A passkey of the rep."""
    return added(sign_in(visit("")))


def test_a_rep_adds_one_and_signs_in_with_it(visit: Any, key: Authenticator) -> None:
    visitor = visit("")
    assert use(visitor, key).status_code == 302
    assert is_in(visitor)
    page = text_of(visitor.get(MINE))
    assert "Last used" in page, "what changes the account is open at once: the passkey proved who it is"


def test_staff_have_done_both_steps_with_it(visit: Any, required_of_staff: None) -> None:
    clerk = sign_in(visit(""), CLERK)
    set_up(clerk)
    key = added(clerk)
    visitor = visit("")
    assert use(visitor, key).headers["Location"] == "/"
    assert is_in(visitor)
    assert visitor.get("/boards/northfirth/people").status_code == 200
    again = sign_in(visit(""), CLERK)
    assert again.get("/").headers["Location"].startswith("/sign-in/code"), "a password alone is one step, as before"


def test_its_owner_is_told_and_other_browsers_are_signed_out(app: Flask, cast: Cast, visit: Any) -> None:
    elsewhere, here = sign_in(visit("")), sign_in(visit(""))
    added(here)
    assert not is_in(elsewhere)
    assert is_in(here)
    with app.app_context():
        told = select(Email.person_id).where(Email.template == "passkey-added")
        assert db.session.scalars(anywhere(told)).all() == [cast.northfirth.people["rep"]]


def test_it_is_added_only_where_the_password_was_just_typed(app: Flask, visit: Any, at: Any) -> None:
    visitor = sign_in(visit(""))
    answer = Authenticator().make(options_of(visitor, MINE))
    at(NOW + timedelta(minutes=16))
    assert visitor.post(MINE, {"credential": answer}).headers["Location"].startswith("/account/prove")
    assert how_many(app) == 0
    visitor.post("/sign-in/by-email", {"email": EMAIL})


FORGERIES: dict[str, Callable[[Authenticator], Any]] = {
    "another site": lambda key: setattr(key, "origin", "https://portal.example.test"),
    "keys of another site": lambda key: setattr(key, "host", "example.test"),
    "nobody touched it": lambda key: setattr(key, "flags", 0x04),
    "its PIN was not asked for": lambda key: setattr(key, "flags", PRESENT),
    "another key": lambda key: setattr(key, "key", Authenticator().key),
    "a key that nobody has": lambda key: setattr(key, "credential_id", Authenticator().credential_id),
    "somebody else's": lambda key: setattr(key, "owner", b"0" * 16),
}


@pytest.mark.parametrize("forge", FORGERIES.values(), ids=FORGERIES)
def test_nothing_forged_signs_in(visit: Any, key: Authenticator, forge: Callable[[Authenticator], Any]) -> None:
    forge(key)
    visitor = visit("")
    assert is_refused(visitor, use(visitor, key))
    assert not is_in(visitor)


@pytest.mark.parametrize("forge", list(FORGERIES.values())[:4], ids=list(FORGERIES)[:4])
def test_nothing_forged_is_added(app: Flask, visit: Any, forge: Callable[[Authenticator], Any]) -> None:
    visitor, key = sign_in(visit("")), Authenticator()
    options = options_of(visitor, MINE)
    forge(key)
    assert "was not added" in text_of(
        visitor.get(visitor.post(MINE, {"credential": key.make(options)}).headers["Location"])
    )
    assert how_many(app) == 0


def test_an_answer_signs_in_once(visit: Any, key: Authenticator) -> None:
    """Also in the hands of somebody who has the cookies of that browser as they were."""
    visitor, thief = visit(""), visit("")
    options = options_of(visitor, "/sign-in")
    token = visitor.csrf_token()
    cookie = visitor.client.get_cookie("session").value
    answer = {"credential": key.sign(options), "csrf_token": token}
    assert visitor.client.post("/sign-in/passkey", data=answer).headers["Location"] == "/"
    assert is_in(visitor)
    thief.client.set_cookie("session", cookie)
    assert thief.client.post("/sign-in/passkey", data=answer).headers["Location"].startswith("/sign-in")
    assert not is_in(thief)


def test_a_challenge_is_of_one_browser_one_purpose_and_half_an_hour(visit: Any, at: Any, key: Authenticator) -> None:
    one, other = visit(""), visit("")
    options = options_of(one, "/sign-in")
    assert is_refused(other, use(other, key, options))
    adding = options_of(sign_in(one), MINE)
    visitor = visit("")
    assert is_refused(visitor, use(visitor, key, adding))
    late = options_of(visitor, "/sign-in")
    at(NOW + timedelta(minutes=30))
    assert is_refused(visitor, use(visitor, key, late))
    assert is_refused(visitor, use(visitor, key, {**late, "challenge": "AAAA"}))


def test_a_copy_of_a_key_that_counts_is_found_out(visit: Any) -> None:
    key = added(sign_in(visit("")), Authenticator(count=7))
    key.count = 8
    assert use(visit(""), key).headers["Location"] == "/"
    visitor = visit("")
    assert is_refused(visitor, use(visitor, key)), "the number was used"


@pytest.mark.parametrize(
    "answer", ["", "x", "{}", "[]", "null", '{"id": 1}', "[" * 5000, "0" * 30_000, '{"id":"\\u0000"}']
)
def test_what_is_no_answer_is_refused(app: Flask, visit: Any, answer: str) -> None:
    visitor = visit("")
    visitor.get("/sign-in")
    assert is_refused(visitor, visitor.post("/sign-in/passkey", {"credential": answer}))
    rep = sign_in(visit(""))
    assert rep.post(MINE, {"credential": answer}).status_code == 302
    assert how_many(app) == 0


def test_somebody_takes_their_own_away_and_nobody_elses(app: Flask, visit: Any, key: Authenticator) -> None:
    with app.app_context():
        mine = db.session.scalars(anywhere(select(Passkey))).one().id
    other = sign_in(visit(""), "mentor@northfirth.test")
    other.post("/account/passkeys/remove", {"passkey": str(mine)})
    assert how_many(app) == 1
    rep = sign_in(visit(""))
    assert "Passkey removed" in text_of(
        rep.get(rep.post("/account/passkeys/remove", {"passkey": str(mine)}).headers["Location"])
    )
    assert how_many(app) == 0
    visitor = visit("")
    assert is_refused(visitor, use(visitor, key))
    with app.app_context():
        assert db.session.scalar(anywhere(select(func.count(Email.id)).where(Email.template == "passkey-removed"))) == 1


def test_ten_are_enough(app: Flask, visit: Any, cast: Cast) -> None:
    rep = sign_in(visit(""))
    options = [options_of(rep, MINE)]
    with app.app_context(), unit_of_work():
        for n in range(rules.MOST):
            of = {"credential_id": f"k{n}", "public_key": b"", "sign_count": 0, "name": "A browser", "added_at": NOW}
            db.session.add(Passkey(person_id=cast.northfirth.people["rep"], **of))
    assert "You can have up to 10 passkeys" in text_of(rep.get(MINE))
    rep.post(MINE, {"credential": Authenticator().make(options[0])})
    assert how_many(app) == rules.MOST


def test_whose_two_step_sign_in_is_reset_has_no_passkey_any_more(app: Flask, cast: Cast, key: Authenticator) -> None:
    with app.app_context(), unit_of_work():
        second_factor.clear(db.session.get_one(Person, cast.northfirth.people["rep"]))
    assert how_many(app) == 0


def test_whoever_takes_their_address_back_has_no_passkey_of_a_stranger(
    app: Flask, visit: Any, key: Authenticator
) -> None:
    rep = sign_in(visit(""))
    rep.post("/account/email", {"email": "taken@elsewhere.test", "present_password": PASSWORD})
    assert visit("").post(latest_link(app, "confirm-new-email")).status_code == 302
    assert visit("").post(latest_link(app, "email-changed")).status_code == 302
    assert how_many(app) == 0


def test_a_closed_account_is_closed_to_passkeys(app: Flask, visit: Any, cast: Cast, key: Authenticator) -> None:
    with app.app_context(), unit_of_work():
        db.session.get_one(Person, cast.northfirth.people["rep"]).disabled_at = NOW
    visitor = visit("")
    assert is_refused(visitor, use(visitor, key))


def test_browsers_make_none_at_an_address_of_numbers() -> None:
    assert site_at("http://127.0.0.1:5000") is None
    assert site_at("http://[::1]:5000") is None
    assert site_at("https://portal.example.scot") == ("portal.example.scot", "https://portal.example.scot")
    assert site_at("http://localhost:5000") == ("localhost", "http://localhost:5000")


def test_the_button_is_offered_by_scripts_alone(visit: Any, app: Flask) -> None:
    [form] = lxml.html.fromstring(visit("").get("/sign-in").text).xpath("//form[@data-passkey]")
    assert form.get("hidden") is not None
    with app.test_request_context("/", base_url="http://127.0.0.1:5000"):
        assert asking.to_sign_in() == ""
