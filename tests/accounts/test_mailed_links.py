"""Mailed links die with what they rest on: password, address and second factor; and with nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pyotp
import pytest
from flask import Flask, current_app
from sqlalchemy import select, update

from portal.accounts import actions, mailed_links, queries, rules, second_factor
from portal.accounts.models import MailedLink, Person
from portal.boards.models import Board
from portal.boards.people.actions import give_role
from portal.check_in.actions import check_in_of
from portal.core import clock
from portal.infra.database import db
from portal.infra.links import token_for
from portal.infra.sealed import keys_of, rotate_batch, seal
from portal.infra.unit_of_work import unit_of_work
from portal.meetings.queries import meeting_by_id
from portal.notifications import outbox
from portal.notifications.mailer import send_next
from portal.notifications.models import Email
from tests.accounts.test_pages import latest_link
from tests.cast import NOW, Cast, anywhere
from tests.visitor import text_of

REP = "rep@northfirth.test"
SECRET = pyotp.random_base32()
ANY_SESSION: Any = SimpleNamespace()
PAGES = {
    rules.INVITATION: "/invitation/",
    rules.RESET: "/reset/",
    rules.SIGN_IN: "/sign-in/link/",
    rules.NEW_EMAIL: "/new-email/",
}


def links_of(app: Flask, person_id: Any) -> dict[str, str]:
    """The address of a new link of each purpose, as they would stand in emails."""
    with app.app_context(), unit_of_work():
        person = db.session.get_one(Person, person_id)
        made = {purpose: mailed_links.new_link(person, purpose) for purpose in PAGES}
        made[rules.NEW_EMAIL].new_email = "later@address.test"
        return {purpose: PAGES[purpose] + token_for(purpose, one.id, one.fingerprint) for purpose, one in made.items()}


def answers(visit: Any, links: dict[str, str]) -> dict[str, int]:
    """How each link answers a stranger who opens it and then presses its button."""
    stranger = visit("")
    opened = {purpose: stranger.get(path).status_code for purpose, path in links.items()}
    for purpose, path in links.items():
        assert opened[purpose] == 200 or stranger.post(path, {"password": "heron ladder quay"}).status_code == 404
    return opened


def own_links(app: Flask, cast: Cast) -> dict[str, str]:
    """The check-in and the calendar of the rep: they show nothing by which anybody signs in."""
    rep = cast.northfirth.people["rep"]
    with app.app_context(), unit_of_work():
        one = check_in_of(meeting_by_id(cast.northfirth.things["meeting_id"]), rep)
        check_in, calendar = token_for("check-in", one.id, str(one.generation)), token_for("calendar", rep, "1")
    return {"check-in": f"/check-in/{check_in}", "calendar": f"/calendar/{calendar}.ics"}


def set_up_factor(person: Person, secret: str = "") -> list[str]:
    """An authenticator with its recovery codes."""
    secret = secret or pyotp.random_base32()
    offered, code = seal(f"offer.{person.id}", secret), pyotp.TOTP(secret).at(clock.now())
    codes = second_factor.set_up(person, ANY_SESSION, offered, code)
    assert codes
    return codes


def change_address(person: Person) -> None:
    actions.ask_to_change_email(person, "New@Address.test")
    db.session.flush()
    link = db.session.scalars(select(MailedLink).where(MailedLink.new_email == "new@address.test")).one()
    actions.change_email(link)


CHANGES: dict[str, tuple[Callable[[Person], Any] | None, Callable[[Person], Any]]] = {
    "a new password": (None, lambda person: actions.change_password(person, "heron ladder quay seven", "")),
    "a new address": (None, change_address),
    "an address changed by a hand in the database": (None, lambda person: setattr(person, "email", "x@hand.test")),
    "a factor set up": (None, set_up_factor),
    "a factor replaced": (set_up_factor, set_up_factor),
    "new recovery codes for the same authenticator": (
        lambda person: set_up_factor(person, SECRET),
        lambda person: set_up_factor(person, SECRET),
    ),
    "a factor cleared": (set_up_factor, second_factor.clear),
}


@pytest.mark.same_anywhere
@pytest.mark.parametrize("what", CHANGES)
def test_every_unused_link_dies_when_how_somebody_signs_in_changes(
    app: Flask, visit: Any, cast: Cast, at: Any, what: str
) -> None:
    before, change = CHANGES[what]
    rep = cast.northfirth.people["rep"]
    with app.app_context(), unit_of_work():
        if before:
            before(db.session.get_one(Person, rep))
    links, others = links_of(app, rep), own_links(app, cast)
    assert set(answers(visit, links | others).values()) == {200}
    at(NOW + timedelta(minutes=1))
    with app.app_context(), unit_of_work():
        change(db.session.get_one(Person, rep))
    assert answers(visit, links) == dict.fromkeys(PAGES, 404)
    assert answers(visit, others) == {"check-in": 200, "calendar": 200}
    assert set(answers(visit, links_of(app, rep)).values()) == {200}, "new ones work"


def use_code(person: Person, _codes: list[str]) -> None:
    assert second_factor.pass_with(person, ANY_SESSION, pyotp.TOTP(person.totp).at(clock.now()))


def use_recovery_code(person: Person, codes: list[str]) -> None:
    assert second_factor.pass_with(person, ANY_SESSION, codes[0])


def seal_under_a_new_key(person: Person, _codes: list[str]) -> None:
    current_app.extensions["field keys"] = {"newer": b"n" * 32, **keys_of(current_app.config["PORTAL"])}
    before = person.sealed_totp
    while rotate_batch():
        db.session.flush()
    assert person.sealed_totp != before


def close_and_open_again(person: Person, _codes: list[str]) -> None:
    actions.disable(person)
    actions.enable(person)


def give_another_role(person: Person, _codes: list[str]) -> None:
    give_role(db.session.scalars(select(Board).where(Board.key == "northfirth")).one(), person, "clerk")


UNCHANGED: dict[str, Callable[[Person, list[str]], Any]] = {
    "sealed under a new key": seal_under_a_new_key,
    "preferences": lambda person, _: actions.set_preferences(person, "daily", 4),
    "a role": give_another_role,
    "a name": lambda person, _: setattr(person, "name", "Morag Sinclair-Reid"),
    "signed in": lambda person, _: actions.begin_session(person),
    "signed out everywhere": lambda person, _: actions.sign_out_everywhere(person.id),
    "a code used": use_code,
    "a recovery code used": use_recovery_code,
    "another link asked for": lambda person, _: actions.mail_link("reset", seal(actions.MAIL_LINK, person.email)),
    "a new address asked for, and not confirmed": lambda person, _: actions.ask_to_change_email(person, "new@new.test"),
    "closed and opened again": close_and_open_again,
}


@pytest.fixture
def _forget_keys(app: Flask) -> Any:
    yield
    app.extensions.pop("field keys", None)


@pytest.mark.usefixtures("_forget_keys")
@pytest.mark.parametrize("what", UNCHANGED)
def test_nothing_dies_when_nothing_of_it_has_changed(app: Flask, visit: Any, cast: Cast, at: Any, what: str) -> None:
    rep = cast.northfirth.people["rep"]
    with app.app_context(), unit_of_work():
        codes = set_up_factor(db.session.get_one(Person, rep))
    links = links_of(app, rep)
    at(NOW + timedelta(minutes=1))
    with app.app_context(), unit_of_work():
        UNCHANGED[what](db.session.get_one(Person, rep), codes)
    if "new address" in what:  # of these there is one at a time
        del links[rules.NEW_EMAIL]
    assert set(answers(visit, links).values()) == {200}


def test_an_invitation_dies_when_the_address_of_somebody_who_has_not_joined_changes(app: Flask, visit: Any) -> None:
    typed = {"name": "Una New", "email": "una@new.test", "role": "officer"}
    visit("northfirth.admin").post("/boards/northfirth/people/new", typed)
    path = latest_link(app, "invitation")
    assert visit("").get(path).status_code == 200
    with app.app_context(), unit_of_work():
        db.session.execute(update(Person).where(Person.email == "una@new.test").values(email="una@right.test"))
    assert visit("").get(path).status_code == 404


def ask_to_change(visitor: Any, email: str) -> Any:
    return visitor.post("/account/email", {"email": email})


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


def emails(app: Flask, template: str) -> list[Email]:
    with app.app_context():
        statement = select(Email).where(Email.template == template).order_by(Email.asked_at, Email.id)
        return list(db.session.scalars(anywhere(statement)))


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


def send_all(app: Flask) -> None:
    with app.app_context():
        while send_next():
            pass


ASKS: dict[str, Callable[[Person], Any]] = {
    "sign-in-link": lambda person: actions.mail_link("sign-in", seal(actions.MAIL_LINK, person.email)),
    "reset-password": lambda person: actions.mail_link("reset", seal(actions.MAIL_LINK, person.email)),
    "confirm-new-email": lambda person: actions.ask_to_change_email(person, "new@new.test"),
    "invitation": lambda person: (setattr(person, "joined_at", None), actions.invite_again(person, None)),
}


@pytest.mark.same_anywhere
@pytest.mark.parametrize("template", ASKS)
@pytest.mark.parametrize("changes", [True, False])
def test_an_email_that_waits_is_not_sent_once_its_link_is_dead(
    app: Flask, visit: Any, cast: Cast, template: str, changes: bool
) -> None:
    rep = cast.northfirth.people["rep"]
    with app.app_context(), unit_of_work():
        ASKS[template](db.session.get_one(Person, rep))
    with app.app_context(), unit_of_work():
        if changes:
            set_up_factor(db.session.get_one(Person, rep))
    send_all(app)
    assert [one.status for one in emails(app, template)] == ["expired" if changes else "sent"]


def test_an_email_about_a_second_change_of_address_takes_the_place_of_the_first(app: Flask, visit: Any) -> None:
    rep = visit("northfirth.rep")
    for address in ("mistyped@address.test", "right@address.test"):
        ask_to_change(rep, address)
    send_all(app)
    found = {one.to_address: one.status for one in emails(app, "confirm-new-email")}
    assert found == {"mistyped@address.test": "expired", "right@address.test": "sent"}


def test_a_link_made_before_a_change_and_mailed_after_it_would_open_nothing(
    app: Flask, visit: Any, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even if such an email went: what stands in it is dead."""
    rep = cast.northfirth.people["rep"]
    with app.app_context(), unit_of_work():
        ASKS["reset-password"](db.session.get_one(Person, rep))
    with app.app_context(), unit_of_work():
        change_address(db.session.get_one(Person, rep))
    monkeypatch.setattr(outbox, "has_dead_link", lambda _email: False)
    send_all(app)
    assert [one.status for one in emails(app, "reset-password")] == ["sent"]
    assert visit("").get(latest_link(app, "reset-password")).status_code == 404


@pytest.mark.parametrize("joins", [True, False])
def test_an_invitation_whose_link_is_dead_is_not_sent_again_and_the_page_says_why(
    app: Flask, visit: Any, cast: Cast, at: Any, joins: bool
) -> None:
    with app.app_context(), unit_of_work():
        person = db.session.get_one(Person, cast.northfirth.people["rep"])
        person.joined_at = None
        actions.invite_again(person, cast.northfirth.id)
    if joins:
        assert visit("").post(latest_link(app, "invitation"), {"password": "heron ladder quay"}).status_code == 302
    else:
        at(NOW + timedelta(days=15))
    [email] = emails(app, "invitation")
    officer = visit("northfirth.officer")
    officer.post(f"/emails/{email.id}/send-again")
    assert len(emails(app, "invitation")) == 1
    said = "has already joined" if joins else "its link no longer works"
    assert said in text_of(officer.get("/boards/northfirth/emails"))


def test_the_mark_in_an_address_tells_nothing_of_what_it_is_made_from(app: Flask, visit: Any, cast: Cast) -> None:
    with app.app_context(), unit_of_work():
        person = db.session.get_one(Person, cast.northfirth.people["rep"])
        set_up_factor(person, SECRET)
        mark = queries.fingerprint_of(person)
    assert re.fullmatch("[0-9a-f]{16}", mark)
